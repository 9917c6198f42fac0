"""The colours, sizes and type of every drawing: the site's design tokens as one Python table.

The names are those of the style sheet without the leading dashes; a test holds the two together.
"""

from __future__ import annotations

from typing import Any

FONT_FAMILY = "IBM Plex Sans"
SYSTEM_FONT = "Liberation Sans"
FONT_STACK = f'{FONT_FAMILY}, "Segoe UI", "Helvetica Neue", Arial, "{SYSTEM_FONT}", sans-serif'

TOKENS: dict[str, str] = {
    "ink": "#14222b",
    "ink-2": "#42525c",
    "ink-3": "#5b6a73",
    "paper": "#ffffff",
    "tint": "#f3f6f6",
    "tint-2": "#e5edec",
    "rule": "#d3dbdd",
    "rule-2": "#aebac0",
    "control": "#6a7982",
    "brand": "#0c3a44",
    "on-brand-2": "#c5dcdc",
    "concern": "#b1440a",
    "concern-tint": "#fcf0e7",
    "improve": "#1b5fa6",
    "improve-tint": "#e9f1f9",
    "notice": "#14222b",
    "notice-tint": "#e9eef0",
    "done": "#17604f",
    "done-tint": "#e8f3ef",
    "ordinary": "#5b6a73",
    "unknown": "#82909a",
    "unknown-tint": "#f1f3f4",
    "chart-1": "#0f6076",
    "chart-2": "#b1440a",
    "chart-3": "#69489b",
    "chart-4": "#7b6a1d",
    "chart-quiet": "#86959d",
    "chart-band": "#e4eced",
    "chart-limit": "#80929a",
    "chart-mean": "#5b6a73",
    "chart-interval": "#5b93a2",
    "chart-grid": "#e3e8ea",
    "chart-axis": "#7c8a92",
    "map-seq-1": "#eaf2ea",
    "map-seq-2": "#b5d8ce",
    "map-seq-3": "#80bbb7",
    "map-seq-4": "#4594a1",
    "map-seq-5": "#1f6782",
    "map-seq-6": "#0f3652",
    "map-div-1": "#9a3b06",
    "map-div-2": "#d0773a",
    "map-div-3": "#f0c49a",
    "map-div-4": "#eceef0",
    "map-div-5": "#b9d2ea",
    "map-div-6": "#6a9fd0",
    "map-div-7": "#1b5fa6",
    "map-edge": "#ffffff",
    "map-boundary": "#14222b",
    "map-suppressed": "#dfe3e5",
    "map-selected": "#ffc53d",
}

SERIES = ("chart-1", "chart-2", "chart-3", "chart-4")
SEQUENTIAL = tuple(f"map-seq-{step}" for step in range(1, 7))
DIVERGING = tuple(f"map-div-{step}" for step in range(7, 0, -1))  # from far below to far above

TEXT_PX = 12
LABEL_PX = 13
REGULAR = 400
STRONG = 600


def colour(token: str) -> str:
    """Give the colour of a token; a name that is not a token fails at once."""
    return TOKENS[token]


def config() -> dict[str, Any]:
    """Give the Vega-Lite configuration that every drawing shares.

    Marks carry no ARIA roles of their own: the figure has one text alternative and a table beside it.
    """
    return {
        "aria": False,
        "background": TOKENS["paper"],
        "font": FONT_STACK,
        "view": {"stroke": None},
        "text": {"font": FONT_STACK, "fontSize": TEXT_PX, "color": TOKENS["ink-3"], "baseline": "alphabetic"},
        "legend": {"disable": True},
    }
