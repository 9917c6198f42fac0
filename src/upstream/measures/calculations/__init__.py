"""The calculations that definitions of measures call by name: each an Ibis expression on the tables of a build."""

from upstream.measures.calculations import crime, people, places, recorded, schools, searches, wounds
from upstream.measures.calculations.register import CALCULATIONS, Calculation, Counted, Cut, Scope, Tables

__all__ = [
    "CALCULATIONS",
    "Calculation",
    "Counted",
    "Cut",
    "Scope",
    "Tables",
    "crime",
    "people",
    "places",
    "recorded",
    "schools",
    "searches",
    "wounds",
]
