"""What changes organisations."""
