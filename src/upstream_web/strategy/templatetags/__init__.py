"""Template tags of the strategy and the delivery plan."""
