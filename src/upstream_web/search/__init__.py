"""Finding measures, areas, feeds and documents."""
