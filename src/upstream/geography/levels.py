"""The levels of areas, from the smallest up, and what people call them."""

from __future__ import annotations

from dataclasses import dataclass

from upstream.exceptions import WrongUse


@dataclass(frozen=True)
class Level:
    """One level: its name in tables, what one area of it is called, and what it is in a sentence."""

    name: str
    singular: str
    plural: str
    about: str


class UnknownLevel(WrongUse):
    """No level of areas has that name."""


LEVELS: tuple[Level, ...] = (
    Level("lsoa21", "neighbourhood", "neighbourhoods", "lower-layer area of the 2021 census, about 1,650 residents"),
    Level("msoa21", "middle area", "middle areas", "middle-layer area of the 2021 census, about 8,000 residents"),
    Level("ward", "ward", "wards", "electoral ward; neighbourhoods are counted in the ward that fits best"),
    Level("district", "district", "districts", "district, borough or unitary council"),
    Level("csp", "community safety partnership", "community safety partnerships", "area of one such partnership"),
    Level("upper_tier", "upper-tier authority", "upper-tier authorities", "county or unitary council"),
    Level("force", "police force area", "police force areas", "area of one police force"),
    Level("partnership", "partnership", "partnerships", "the whole area of this partnership"),
    Level("lsoa11", "neighbourhood of 2011", "neighbourhoods of 2011", "lower-layer area of the 2011 census"),
    Level("msoa11", "middle area of 2011", "middle areas of 2011", "middle-layer area of the 2011 census"),
    Level("region", "region", "regions", "region of England"),
    Level("country", "country", "countries", "England or Wales"),
)
LEVEL_NAMES: tuple[str, ...] = tuple(level.name for level in LEVELS)
ROLLED_UP = ("lsoa21", "msoa21", "ward", "district", "csp", "upper_tier", "force", "partnership")


def level(name: str) -> Level:
    """Find a level by its name in tables; raises `UnknownLevel`."""
    for item in LEVELS:
        if item.name == name:
            return item
    raise UnknownLevel(f"“{name}” is not a level of areas.", expected="one of " + ", ".join(LEVEL_NAMES))
