"""Funds, rounds, grants and contracts, and what was had for the money."""
