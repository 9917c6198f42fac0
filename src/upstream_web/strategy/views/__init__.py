"""Pages of the strategy and the delivery plan."""
