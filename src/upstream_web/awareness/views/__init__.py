"""Pages of education and awareness."""
