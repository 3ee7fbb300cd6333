"""What the Symptoms page is made of: the score grid, trends, notes, and the fixed safety texts."""
