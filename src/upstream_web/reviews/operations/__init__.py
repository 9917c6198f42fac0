"""What is done to reviews."""
