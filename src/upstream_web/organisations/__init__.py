"""Organisations, their people and what these may do."""
