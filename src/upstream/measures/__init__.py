"""Measures: numbers defined in reviewed files, calculated for any area, period and breakdown that the data carry."""

from upstream.measures.calculator import EVERYWHERE, calculate, find_definition
from upstream.measures.definition import Interval, Kind, MeasureDefinition, Polarity
from upstream.measures.loading import DefinitionIncomplete, load_definitions, overdue
from upstream.measures.result import FeedUsed, MeasureQuery, MeasureResult, Provenance, Status

__all__ = [
    "EVERYWHERE",
    "DefinitionIncomplete",
    "FeedUsed",
    "Interval",
    "Kind",
    "MeasureDefinition",
    "MeasureQuery",
    "MeasureResult",
    "Polarity",
    "Provenance",
    "Status",
    "calculate",
    "find_definition",
    "load_definitions",
    "overdue",
]
