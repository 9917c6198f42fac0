"""The page that says what changed."""
