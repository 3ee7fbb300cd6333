"""Damaged and made-up files for every reader: `make fuzz`."""
