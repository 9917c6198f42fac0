"""What changes plan updates."""
