"""Pages about people and their access."""
