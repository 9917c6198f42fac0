"""Police forces of England and Wales under the names that different publishers give them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from upstream.codes.reading import FOLDER, UnknownCode, plain


@dataclass(frozen=True)
class PoliceForce:
    """One force.

    `slug` is its name in file names of data.police.uk, `police_uk_name` that in the column “Reported by”,
    `area_code` and `area_name` those of its area at the Office for National Statistics (the British Transport
    Police have no area). `other_names` are spellings of other feeds.
    """

    slug: str
    police_uk_name: str
    area_code: str
    area_name: str
    region: str
    other_names: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which a feed may mean this force."""
        return (self.slug, self.police_uk_name, self.area_code, self.area_name, *self.other_names)


@cache
def police_forces() -> tuple[PoliceForce, ...]:
    """List the 43 territorial forces and the British Transport Police, in order of slug."""
    with (FOLDER / "police_forces.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_force(row) for row in csv.DictReader(file))


def police_force(name: str) -> PoliceForce:
    """Find a force by any of its names, slugs or codes; raises `UnknownCode` naming the nearest.

    >>> police_force("Devon and Cornwall").area_code
    'E23000035'
    """
    try:
        return _by_name()[_key(name)]
    except KeyError:
        near = [force.slug for force in police_forces() if _key(name)[:4] == force.slug[:4]]
        raise UnknownCode(
            f"“{name}” is not a police force of England or Wales.",
            expected="a name such as " + ", ".join(near or ["cleveland", "Staffordshire Police", "E23000013"]),
        ) from None


def _key(name: str) -> str:
    return plain(name).replace("&", "and").replace(" ", "-")


@cache
def _by_name() -> dict[str, PoliceForce]:
    return {_key(name): force for force in police_forces() for name in force.names if name}


def _force(row: dict[str, str]) -> PoliceForce:
    others = tuple(name for name in row["other_names"].split("|") if name)
    return PoliceForce(row["slug"], row["police_uk_name"], row["area_code"], row["area_name"], row["region"], others)
