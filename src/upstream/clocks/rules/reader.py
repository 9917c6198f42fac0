"""Reads rules from TOML, ours and a partnership's own, and says everything that is wrong with them at once."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from upstream.clocks.calendars import DIVISIONS, BankHoliday, Calendar
from upstream.clocks.rules.rule import Basis, ClockRule, LandsOn, Unit
from upstream.exceptions import InputRefused, WrongUse

BUILT_IN = Path(__file__).parent
Entry = dict[str, Any]

TEXTS = ("name", "title", "why", "source", "starts", "stops", "done")
FLAGS = ("inclusive", "backwards", "recurs")
NUMBERS = ("length", "earliest_length", "soon", "escalate_after")
CHOICES: dict[str, type[Unit] | type[Basis] | type[LandsOn]] = {"unit": Unit, "basis": Basis, "lands_on": LandsOn}
COUNTING = ("length", "unit", "inclusive", "backwards", "earliest_length", "lands_on")
KNOWN = {field.name for field in fields(ClockRule)} - {"subject"}
DEFAULTS: Entry = {
    field.name: list(field.default) if isinstance(field.default, tuple) else field.default
    for field in fields(ClockRule)
    if field.default is not MISSING and field.name in KNOWN
} | {"calendar": ""}


class ClockRuleIncomplete(InputRefused):
    """A rule of a clock lacks something or contradicts itself; the message lists every fault of every file."""


class UnknownClock(WrongUse):
    """No rule has that name; the message gives the nearest names."""


def load_rules(folder: Path | None = None, *, bank_holidays: str = "england-and-wales") -> dict[str, ClockRule]:
    """Read every rule by name: those that come with the library, then those of a partnership.

    `folder` is the partnership's; its files `clocks/*.toml` add rules, or say of one of ours what is different.
    `bank_holidays` is the division in its settings. Raises `ClockRuleIncomplete` with all faults of all files.

    >>> load_rules()["inspection_response"].limit
    '56 days'
    """
    paths = (*_files(BUILT_IN), *(_files(folder / "clocks") if folder else ()))
    return dict(_load(tuple((str(path), path.stat().st_mtime_ns) for path in paths), bank_holidays))


def get_rule(rules: Mapping[str, ClockRule], name: str) -> ClockRule:
    """Find the rule called `name`; raises `UnknownClock` with the nearest names."""
    if name in rules:
        return rules[name]
    near = difflib.get_close_matches(name, rules, n=3, cutoff=0.4)
    raise UnknownClock(
        f"There is no clock called “{name}”.",
        expected=f"Nearest names: {', '.join(near)}." if near else "",
        do="`upstream clocks` lists all of them; docs/how-to/add-a-clock.md says how to add one.",
    )


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


@lru_cache(maxsize=16)
def _load(stamps: tuple[tuple[str, int], ...], bank_holidays: str) -> dict[str, ClockRule]:
    faults: list[str] = []
    documents = {Path(path): _read(Path(path), faults) for path, _ in stamps}
    entries: dict[str, Entry] = {}
    for path, document in documents.items():
        own = path.parent != BUILT_IN
        for name, entry in _entries(path, document, faults).items():
            faults += _faults_of_change(path, name, entry, entries.get(name), own=own)
            entries[name] = entries.get(name, {"subject": path.stem}) | entry
    faults += [f"{name}: {fault}" for name, entry in entries.items() for fault in find_faults(entry)]
    calendar = Calendar(bank_holidays)
    if not faults:
        calendar = _calendar(bank_holidays, documents, faults)
    if faults:
        raise ClockRuleIncomplete(
            f"{len(faults)} faults in rules of clocks: {'; '.join(faults)}.",
            do="Mend them; docs/how-to/add-a-clock.md says what each entry means.",
        )
    return {name: _make(entry, calendar) for name, entry in entries.items()}


def _read(path: Path, faults: list[str]) -> Entry:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{path.name} is not TOML: {error}")
        return {}
    faults += [f"{path.name}: {key} is not known" for key in document if key not in ("clock", "bank_holiday")]
    return document


def _entries(path: Path, document: Entry, faults: list[str]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in document.get("clock", ()):
        name = str(entry.get("name", "without a name"))
        if name in found:
            faults.append(f"{path.name}: {name} is written twice")
        found[name] = entry
    return found


def _faults_of_change(path: Path, name: str, entry: Entry, ours: Entry | None, *, own: bool) -> list[str]:
    """Look at an entry that changes an earlier one: what the law counts may change only on a law's word."""
    if ours is None:
        return []
    if not own:
        return [f"{path.name}: {name} is already in {ours['subject']}.toml"]
    changed = [key for key in COUNTING if key in entry and entry[key] != ours.get(key, DEFAULTS.get(key))]
    if ours.get("basis") == Basis.LAW and changed and not {"why", "source"} <= entry.keys():
        return [f"{path.name}: {name} is law; who changes its {', '.join(changed)} also gives why and source"]
    return []


def find_faults(entry: Mapping[str, Any]) -> list[str]:
    """List what is missing, misspelt or contradictory in one rule; an empty list means that it is sound."""
    rule = DEFAULTS | dict(entry)
    faults = [f"{key} is not known; is it misspelt?" for key in entry if key not in KNOWN | {"subject"}]
    faults += [f"{key} should be text" for key in TEXTS if not _is_text(rule.get(key))]
    faults += [f"{key} should be true or false" for key in FLAGS if not isinstance(rule[key], bool)]
    faults += [f"{key} should be a whole number, not negative" for key in NUMBERS if not _is_whole(rule.get(key))]
    for key, choice in CHOICES.items():
        options = [member.value for member in choice]
        if rule.get(key) not in options:
            faults.append(f"{key} should be one of {', '.join(options)}")
    if not isinstance(rule["remind"], list) or not all(_is_whole(item) for item in rule["remind"]):
        faults.append("remind should be a list of whole numbers, such as [14, 7, 1]")
    if not isinstance(rule["pauses"], list) or not all(_is_text(item) for item in rule["pauses"]):
        faults.append("pauses should be a list of reasons")
    if rule["calendar"] and rule["calendar"] not in DIVISIONS:
        faults.append(f"calendar should be one of {', '.join(DIVISIONS)}")
    return faults or _find_contradictions(rule)


def _find_contradictions(rule: Entry) -> list[str]:
    """Look at a rule whose entries all have the right form."""
    unit = Unit(rule["unit"])
    checks = {
        "length should be at least 1": rule["length"] < 1,
        "earliest_length should be less than length": 0 < rule["length"] <= rule["earliest_length"],
        "a clock that counts backwards cannot be paused": rule["backwards"] and rule["pauses"],
        "a clock that recurs counts forwards, and its first day is not day 1": rule["recurs"]
        and (rule["backwards"] or rule["inclusive"]),
        "hours have no first day, do not count backwards and do not recur": unit is Unit.HOURS
        and (rule["inclusive"] or rule["backwards"] or rule["recurs"]),
        "hours and working days end where they end: leave out lands_on": unit in (Unit.HOURS, Unit.WORKING_DAYS)
        and rule["lands_on"] != LandsOn.ANY_DAY,
        "escalate_to and escalate_after go together": bool(rule["escalate_to"]) != bool(rule["escalate_after"]),
    }
    return [fault for fault, found in checks.items() if found]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _calendar(division: str, documents: Mapping[Path, Entry], faults: list[str]) -> Calendar:
    """Make the partnership's calendar: its division's days, and the proclamations that its own files add."""
    added, removed = [], []
    for path, document in documents.items():
        for item in document.get("bank_holiday", ()):
            if not isinstance(item.get("day"), date) or not _is_text(item.get("name")):
                faults.append(f"{path.name}: a bank_holiday needs a day such as 2027-06-07 and a name")
                continue
            added.append(BankHoliday(item["day"], item["name"]))
            removed += [item["in_place_of"]] if "in_place_of" in item else []
    return Calendar(division, tuple(sorted(added)), tuple(sorted(removed)))


def _make(entry: Entry, calendar: Calendar) -> ClockRule:
    values: Entry = {
        key: tuple(value) if isinstance(value, list) else value for key, value in (DEFAULTS | entry).items()
    }
    values |= {key: choice(values[key]) for key, choice in CHOICES.items()}
    values["calendar"] = Calendar(values["calendar"]) if values["calendar"] else calendar
    values["remind"] = tuple(sorted(values["remind"], reverse=True))
    values["soon"] = values["soon"] or max(values["remind"], default=0)
    return ClockRule(**values)
