"""What is done to indicators and quarters."""
