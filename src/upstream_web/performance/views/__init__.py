"""Pages of the performance framework."""
