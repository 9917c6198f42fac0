"""Pages of plan updates."""
