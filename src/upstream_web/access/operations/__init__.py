"""What changes people's records."""
