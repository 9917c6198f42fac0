"""Steps of the tables of commissioning."""
