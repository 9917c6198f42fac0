"""Pages about the programming interface."""
