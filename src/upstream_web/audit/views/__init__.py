"""Pages that read the trail."""
