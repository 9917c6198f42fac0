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
from upstream.measures.sentences import Said, State
from upstream.measures.summary import Highest, Reading, Series, Summary, summarise

__all__ = [
    "EVERYWHERE",
    "ChangeFromBefore",
    "Comparison",
    "DefinitionIncomplete",
    "FeedUsed",
    "Highest",
    "Interval",
    "Kind",
    "MeasureDefinition",
    "MeasureQuery",
    "MeasureResult",
    "Polarity",
    "Provenance",
    "Reading",
    "Said",
    "Series",
    "State",
    "Status",
    "Summary",
    "calculate",
    "compare_districts",
    "compare_forces",
    "compare_previous",
    "find_definition",
    "load_definitions",
    "overdue",
    "summarise",
]
