"""What is done to the records of education and awareness."""
