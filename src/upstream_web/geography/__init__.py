"""Areas: their pages, their outlines and their maps."""
