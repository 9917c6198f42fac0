"""Forms of inspections: of records, and of the steps of the closure ladder."""
