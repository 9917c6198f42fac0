"""The plan update to the panel: drafted from the plan's records, edited by a person, published."""
