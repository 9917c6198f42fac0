"""Migrations of the strategy and the delivery plan."""
