"""Measures: numbers defined in reviewed files, calculated for any area, period and breakdown that the data carry."""

from upstream.measures.calculator import EVERYWHERE, calculate, find_definition
from upstream.measures.comparisons import (
    ChangeFromBefore,
    Comparison,
    compare_districts,
    compare_forces,
    compare_previous,
)
from upstream.measures.definition import Interval, Kind, MeasureDefinition, Polarity
from upstream.measures.loading import DefinitionIncomplete, load_definitions, overdue
from upstream.measures.result import FeedUsed, MeasureQuery, MeasureResult, Provenance, Status

__all__ = [
    "EVERYWHERE",
    "ChangeFromBefore",
    "Comparison",
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
    "compare_districts",
    "compare_forces",
    "compare_previous",
    "find_definition",
    "load_definitions",
    "overdue",
]
