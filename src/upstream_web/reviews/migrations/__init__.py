"""Steps of the tables of reviews."""
