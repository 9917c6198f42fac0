"""The levels of areas as pages offer them; what they are called is the library's business."""

from __future__ import annotations

from collections.abc import Iterable

from upstream.geography.levels import Level
from upstream.geography.levels import level as library_level

WIDEST_FIRST = (
    "partnership",
    "force",
    "upper_tier",
    "csp",
    "region",
    "country",
    "district",
    "ward",
    "msoa21",
    "lsoa21",
)
SMALLEST_FIRST = ("lsoa21", "msoa21", "ward", "district", "upper_tier")
WITH_PAGES = ("lsoa21", "msoa21", "ward", "district")
CENSUS_NAMES = {"lsoa21": "LSOA 2021", "msoa21": "MSOA 2021"}


def level_named(key: str) -> Level:
    """Give a level with its words."""
    return library_level(key)


def choice_words(key: str) -> str:
    """Name a level in a list of choices, with the census name that analysts look for."""
    name = level_named(key).singular.capitalize()
    return f"{name} ({CENSUS_NAMES[key]})" if key in CENSUS_NAMES else name


def counted(key: str, count: int) -> str:
    """Say how many areas of a level: "697 neighbourhoods"."""
    level = level_named(key)
    return f"{count:,} {level.singular if count == 1 else level.plural}"


def widest(levels: Iterable[str]) -> str:
    """Give the widest of some levels, our own area before a region or the country."""
    held = set(levels)
    return next((key for key in WIDEST_FIRST if key in held), "")
