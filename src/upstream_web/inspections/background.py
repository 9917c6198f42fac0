"""Work about inspections that takes longer than a page may."""
