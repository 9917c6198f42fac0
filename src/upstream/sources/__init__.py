"""Contracts for feeds: one TOML a feed says what the supplier sends and what becomes of every column."""

from upstream.sources.catalogue import get_source, load_sources
from upstream.sources.contract import Field, Output, Source, Wide
from upstream.sources.reader import ContractIncomplete, read_source

__all__ = [
    "ContractIncomplete",
    "Field",
    "Output",
    "Source",
    "Wide",
    "get_source",
    "load_sources",
    "read_source",
]
