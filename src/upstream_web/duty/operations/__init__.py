"""What is done to the records of the duty."""
