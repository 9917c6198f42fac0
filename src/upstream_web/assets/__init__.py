"""Feeds, receipts and builds."""
