"""Changes of the records, in order."""
