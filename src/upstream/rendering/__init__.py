"""What every document is made with: drawings of its figures, type, tables, and the marks of each form."""
