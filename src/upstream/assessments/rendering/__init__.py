"""Renderers: one document, four forms."""
