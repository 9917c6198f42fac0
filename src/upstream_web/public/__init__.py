"""What everybody may read without signing in: what was published, never a record."""
