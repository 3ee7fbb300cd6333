"""The diary file: the only room with SQL."""
