"""What only the pages of governance show."""
