"""The fourteen categories of crime and disorder of data.police.uk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from upstream.codes.reading import UnknownCode, plain, read_toml


@dataclass(frozen=True)
class CrimeType:
    """One category: its name in files, its slug in the programming interface, a short name for charts, its group."""

    name: str
    slug: str
    short_name: str
    group: str
    is_crime: bool


@cache
def police_uk_crime_types() -> tuple[CrimeType, ...]:
    """List the categories in order of name."""
    return tuple(CrimeType(**item) for item in read_toml("police_uk_crime_types.toml")["type"])


def police_uk_crime_type(name: str) -> CrimeType:
    """Find a category by its name or slug; raises `UnknownCode`.

    >>> police_uk_crime_type("violent-crime").short_name
    'Violence'
    """
    for item in police_uk_crime_types():
        if plain(name) in (plain(item.name), item.slug):
            return item
    raise UnknownCode(
        f"“{name}” is not a category of data.police.uk.",
        expected="one of " + ", ".join(item.name for item in police_uk_crime_types()),
    )
