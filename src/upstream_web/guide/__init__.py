"""Help, accessibility, privacy and words."""
