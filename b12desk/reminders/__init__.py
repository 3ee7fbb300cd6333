"""What to say when, what was said, and through which channel."""
