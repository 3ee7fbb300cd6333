"""The window's own small parts; each knows nothing of the diary."""
