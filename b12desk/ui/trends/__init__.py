"""What the Trends page is made of: its choices and its four charts."""
