"""The parts of the plan form."""
