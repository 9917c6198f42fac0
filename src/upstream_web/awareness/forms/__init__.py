"""Forms of education and awareness."""
