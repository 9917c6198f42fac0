"""What changes records and what hangs on them."""
