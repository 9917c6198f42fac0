"""What a self-evaluation asks, as data: themes with their criteria, and the scale on which each is judged.

Those of this folder come with the software; a partnership puts its own in `evaluations/` of its folder.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from upstream.exceptions import InputRefused


class FrameworkRefused(InputRefused):
    """A framework of a self-evaluation says something impossible."""


@dataclass(frozen=True)
class Level:
    """One step of the scale; `gap`: whoever chooses it says what is missing, who puts it right and by when."""

    key: str
    title: str
    asks: str
    gap: bool = False


@dataclass(frozen=True)
class Criterion:
    """One question."""

    key: str
    title: str
    asks: str


@dataclass(frozen=True)
class Theme:
    """Criteria that belong together."""

    key: str
    title: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Framework:
    """One edition of what is asked, and after which source."""

    key: str
    title: str
    edition: str
    source: str
    levels: tuple[Level, ...]
    themes: tuple[Theme, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion in order."""
        return tuple(each for theme in self.themes for each in theme.criteria)

    def level(self, key: str) -> Level | None:
        """Give a step of the scale; None for none, or for one that is no longer kept."""
        return next((each for each in self.levels if each.key == key), None)

    def rank(self, key: str) -> int | None:
        """Give how far from the best a level is; None where it is not on the scale."""
        return next((place for place, each in enumerate(self.levels) if each.key == key), None)


def read_framework(told: dict[str, Any]) -> Framework:
    """Read one framework; raises `FrameworkRefused` with every fault."""
    themes = tuple(
        Theme(each["key"], each["title"], tuple(Criterion(**one) for one in each["criterion"]))
        for each in told.pop("theme", ())
    )
    levels = tuple(Level(**each) for each in told.pop("level", ()))
    found = Framework(**told, levels=levels, themes=themes)
    keys = [each.key for each in found.criteria]
    faults = [f"The criterion {key!r} stands twice." for key in sorted({key for key in keys if keys.count(key) > 1})]
    if len({each.key for each in levels}) < max(2, len(levels)):
        faults.append("A scale has at least two levels, each once.")
    if not keys:
        faults.append("It asks nothing.")
    if faults:
        raise FrameworkRefused(f"{found.title}: {' '.join(faults)}", do="Put it right in the partnership’s folder.")
    return found


@lru_cache(maxsize=4)
def _frameworks(partnership_folder: str) -> dict[str, Framework]:
    own = Path(partnership_folder) / "evaluations"
    paths = [*sorted(Path(__file__).parent.glob("*.toml")), *sorted(own.glob("*.toml"))]
    read = [read_framework(tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths]
    return {each.key: each for each in read}


def frameworks() -> dict[str, Framework]:
    """Give every framework by its key."""
    return _frameworks(str(settings.PARTNERSHIP_FOLDER))


def framework_choices() -> list[tuple[str, str]]:
    """Give the frameworks as a form offers them."""
    return [(each.key, f"{each.title}, edition {each.edition}") for each in frameworks().values()]
