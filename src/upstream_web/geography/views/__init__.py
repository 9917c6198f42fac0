"""Pages of areas."""
