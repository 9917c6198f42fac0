"""Read and check definitions of measures: reviewed files, ours and the partnership's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from upstream.exceptions import InputRefused
from upstream.measures.calculations import CALCULATIONS
from upstream.measures.definition import Interval, Kind, MeasureDefinition, Polarity
from upstream.measures.periods import PERIODS
from upstream.partnership import Partnership

LEVELS = ("lsoa21", "msoa21", "ward", "district", "csp", "upper_tier", "force", "partnership", "region", "country")
TEXTS = (
    "name",
    "title",
    "short_title",
    "theme",
    "why",
    "numerator",
    "denominator",
    "is_not",
    "unit",
    "polarity_note",
    "source",
    "calculation",
    "author",
    "checked_by",
)
LISTS = ("feeds", "caveats", "levels", "periods")
CHOICES: dict[str, type[Kind] | type[Polarity] | type[Interval]] = {
    "kind": Kind,
    "polarity": Polarity,
    "interval": Interval,
}
OPTIONAL: dict[str, Any] = {
    "parameters": {},
    "breakdowns": [],
    "tags": [],
    "version": 1,
    "interval": "none",
    "events": "",
}
NUMBERS = ("multiplier", "decimals", "version")
DATES = ("reviewed_on", "review_due_on")
FIELDS = {*TEXTS, *LISTS, *CHOICES, *OPTIONAL, *NUMBERS, *DATES}


class DefinitionIncomplete(InputRefused):
    """A definition of a measure lacks something or contradicts itself; the message lists every fault."""


def load_definitions(partnership: Partnership | None = None) -> dict[str, MeasureDefinition]:
    """Read every definition by name: those that come with the library, then the partnership's own.

    The partnership's are the files `measures/*.toml` in its folder; one that bears the name of ours takes
    its place. Raises `DefinitionIncomplete` with all faults of all files.
    """
    definitions = dict(_built_in())
    if partnership is not None:
        definitions |= _read_folder(partnership.folder / "measures")
    return definitions


def overdue(definitions: Mapping[str, MeasureDefinition], *, on: date) -> list[MeasureDefinition]:
    """List the definitions whose review was due before `on`, the longest overdue first."""
    late = (definition for definition in definitions.values() if definition.review_due_on < on)
    return sorted(late, key=lambda definition: (definition.review_due_on, definition.name))


@cache
def _built_in() -> dict[str, MeasureDefinition]:
    return _read_folder(Path(str(files("upstream.measures") / "definitions")))


def _read_folder(folder: Path) -> dict[str, MeasureDefinition]:
    found: dict[str, MeasureDefinition] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        for entry in _entries(path, faults):
            name = entry.get("name", "without a name")
            own = [f"{path.name}, {name}: {fault}" for fault in find_faults(entry)]
            if name in found:
                own.append(f"{path.name}: {name} is defined twice in this folder")
            faults += own
            if not own:
                found[name] = _make(entry)
    if faults:
        raise DefinitionIncomplete(
            f"{len(faults)} faults in definitions of measures: {'; '.join(faults)}.",
            do="Mend them; docs/how-to/add-a-measure.md says what each entry means.",
        )
    return found


def _entries(path: Path, faults: list[str]) -> Iterator[dict[str, Any]]:
    """Give each `[[measure]]` of a file, completed from its `[common]` table."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{path.name} is not TOML: {error}")
        return
    if not document.get("measure"):
        faults.append(f"{path.name} holds no [[measure]]")
    for entry in document.get("measure", ()):
        yield OPTIONAL | document.get("common", {}) | entry


def find_faults(entry: Mapping[str, Any]) -> list[str]:
    """List what is missing, misspelt or contradictory in one definition; an empty list means that it is sound."""
    faults = [f"{name} should be text" for name in TEXTS if not _is_text(entry.get(name))]
    faults += [f"{name} should be a list of text, not empty" for name in LISTS if not _is_list(entry.get(name))]
    faults += [f"{name} should be a number" for name in NUMBERS if not isinstance(entry.get(name), int | float)]
    faults += [f"{name} should be a date such as 2026-07-01" for name in DATES if not isinstance(entry.get(name), date)]
    faults += [f"{name} is not known; is it misspelt?" for name in entry if name not in FIELDS]
    for name, choice in CHOICES.items():
        options = [member.value for member in choice]
        if entry.get(name) not in options:
            faults.append(f"{name} should be one of {', '.join(options)}")
    return faults or _find_contradictions(entry)


def _find_contradictions(entry: Mapping[str, Any]) -> list[str]:
    """Look at a definition whose entries all have the right form."""
    faults = []
    if entry["author"] == entry["checked_by"]:
        faults.append("checked_by should be someone other than the author")
    if entry["review_due_on"] <= entry["reviewed_on"]:
        faults.append("review_due_on should be later than reviewed_on")
    if entry["multiplier"] <= 0:
        faults.append("multiplier should be above zero")
    if entry["calculation"] not in CALCULATIONS:
        faults.append(f"calculation should be one of {', '.join(sorted(CALCULATIONS))}")
    for name, allowed in (("levels", LEVELS), ("periods", PERIODS)):
        wrong = [item for item in entry[name] if item not in allowed]
        if wrong:
            faults.append(f"{name} holds {', '.join(wrong)}; expected some of {', '.join(allowed)}")
    return faults


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_text(item) for item in value)


def _make(entry: dict[str, Any]) -> MeasureDefinition:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    for name, choice in CHOICES.items():
        values[name] = choice(entry[name])
    return MeasureDefinition(**values)
