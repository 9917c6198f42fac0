"""What is done about inspections, each with one line in the trail."""
