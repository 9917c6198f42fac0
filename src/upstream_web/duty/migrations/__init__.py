"""Steps of the tables of governance."""
