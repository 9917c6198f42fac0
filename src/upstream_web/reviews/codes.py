"""What a partnership may settle about reviews, as data: kinds with steps, themes, the checklist of a brief."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from upstream.exceptions import InputRefused

HERE = Path(__file__).parent
AWARE = "aware"
STATUSES = ("in force", "piloted", "not in force", "local")


class ReviewKindRefused(InputRefused):
    """A kind of review says something impossible."""


@dataclass(frozen=True)
class Step:
    """One step of a kind of review; `begins` is what its clock counts from: "aware" or the key of an earlier step."""

    key: str
    title: str
    clock: str = ""
    begins: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of review: under which law, who commissions it, whether it is in force, its steps."""

    key: str
    title: str
    law: str
    commissioned_by: str
    status: str
    steps: tuple[Step, ...]
    source: str
    note: str = ""


@dataclass(frozen=True)
class Theme:
    """What learning points of many reviews may have in common."""

    key: str
    title: str
    asks: str


@dataclass(frozen=True)
class Check:
    """One thing that a second person confirms before a brief goes out."""

    key: str
    asks: str


def read_kind(told: Mapping[str, Any]) -> Kind:
    """Read one kind; raises `ReviewKindRefused` with every fault."""
    steps = tuple(_step(each) for each in told["step"])
    kind = Kind(**{name: value for name, value in told.items() if name != "step"}, steps=steps)
    known, faults = [AWARE], []
    for step in steps:
        if step.begins and step.begins not in known:
            faults.append(f"{step.key}: it counts from {step.begins!r}, which is no earlier step.")
        if bool(step.clock) != bool(step.begins):
            faults.append(f"{step.key}: a clock and what it counts from are said together.")
        known.append(step.key)
    faults += [f"The step {key!r} stands twice." for key in sorted({key for key in known if known.count(key) > 1})]
    if kind.status not in STATUSES:
        faults.append(f"{kind.status!r} is none of {', '.join(STATUSES)}.")
    if faults:
        raise ReviewKindRefused(f"{kind.title}: {' '.join(faults)}", do="Put it right in reviews/kinds.toml.")
    return kind


def _step(told: Mapping[str, Any]) -> Step:
    return Step(told["key"], told["title"], told.get("clock", ""), told.get("from", ""))


@lru_cache(maxsize=16)
def _tables(name: str, partnership_folder: str) -> dict[str, dict[str, Any]]:
    """Read the entries of our file and of the partnership's own by their keys; the partnership's count."""
    found: dict[str, dict[str, Any]] = {}
    for path in (HERE / f"{name}s.toml", Path(partnership_folder) / "reviews" / f"{name}s.toml"):
        if path.is_file():
            told = tomllib.loads(path.read_text(encoding="utf-8"))[name]
            found |= {each["key"]: each for each in told}
    return found


def kinds() -> dict[str, Kind]:
    """Give every kind of review by its key."""
    return {key: read_kind(told) for key, told in _tables("kind", str(settings.PARTNERSHIP_FOLDER)).items()}


def themes() -> dict[str, Theme]:
    """Give every theme by its key."""
    return {key: Theme(**told) for key, told in _tables("theme", str(settings.PARTNERSHIP_FOLDER)).items()}


def checklist() -> list[Check]:
    """Give what a second person confirms before a brief goes out."""
    told = tomllib.loads((HERE / "checklist.toml").read_text(encoding="utf-8"))["check"]
    return [Check(**each) for each in told]


def kind_title(key: str) -> str:
    """Give the title of a kind; its key where it is no longer kept."""
    found = kinds().get(key)
    return found.title if found else key


def theme_title(key: str) -> str:
    """Give the title of a theme; its key where it is no longer kept."""
    found = themes().get(key)
    return found.title if found else key


def kind_choices() -> list[tuple[str, str]]:
    """Give the kinds as a form offers them, with those that are not simply in force marked."""
    marks = {"piloted": " (piloted: check that it applies)", "not in force": " (not in force)"}
    return [(each.key, each.title + marks.get(each.status, "")) for each in kinds().values()]


def theme_choices() -> list[tuple[str, str]]:
    """Give the themes as a form offers them."""
    return [(each.key, each.title) for each in themes().values()]
