"""Template tags of the performance framework."""
