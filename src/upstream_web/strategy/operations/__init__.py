"""What changes the strategy and the delivery plan."""
