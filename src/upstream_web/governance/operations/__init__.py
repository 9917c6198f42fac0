"""What is done in governance, each act one operation."""
