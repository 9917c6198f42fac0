"""Inspections and reviews: their reports, our responses, what they ask of us until it is closed, and their practice."""
