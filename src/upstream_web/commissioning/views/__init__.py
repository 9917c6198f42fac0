"""Pages of commissioning beside those that every kind of record has."""
