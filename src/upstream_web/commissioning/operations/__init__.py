"""What is done to funds, agreements with providers, returns, payments and bids."""
