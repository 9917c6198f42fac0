"""Education, training of the workforce, campaigns, charters and activities."""
