"""Parts that templates use by name."""
