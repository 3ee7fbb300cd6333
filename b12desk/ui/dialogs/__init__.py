"""Forms that stand in the place of their page while one types."""
