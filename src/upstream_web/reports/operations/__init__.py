"""What is made and kept of reports."""
