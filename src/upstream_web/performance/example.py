"""Loads the performance framework of a worked example from its folder, as it came about month by month."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from upstream.measures.periods import add_months
from upstream_web.access.models import User
from upstream_web.organisations.models import Organisation
from upstream_web.performance.counted import all_counted
from upstream_web.performance.models import (
    Annotation,
    Baseline,
    Commentary,
    Indicator,
    QualityMark,
    Rebase,
    Target,
)
from upstream_web.performance.operations import indicators, quarters, values
from upstream_web.performance.operations.values import Entry
from upstream_web.performance.periods import period_of
from upstream_web.records.operations import keeping, links
from upstream_web.records.register import find_register

FOLDER = "performance"
PARTS: tuple[tuple[str, type[Any]], ...] = (
    ("target", Target),
    ("baseline", Baseline),
    ("commentary", Commentary),
    ("annotation", Annotation),
    ("rebase", Rebase),
    ("quality", QualityMark),
)
TYPED_DAYS_AFTER = 12
CHECKED_DAYS_AFTER = 15
LOOKED_AT = "Asked again of whoever keeps the record: it is right."  # where a value is odd and nothing else is told
STEP = {"month": 1, "quarter": 3, "year": 12}
Told = Mapping[str, Any]


def load(folder: Path, *, by: str = "set-up", at: datetime) -> int:
    """Load indicators with their parts, values and frozen quarters where there are none yet; gives how many.

    Each thing is written by its own operation at the day on which it happened.
    """
    path = folder / FOLDER / "indicators.toml"
    if Indicator.objects.exists() or not path.is_file():
        return 0
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    with transaction.atomic():
        made = [_indicator(each, told, by=by) for each in told["indicator"]]
        for indicator, each in zip(made, told["indicator"], strict=True):
            _parts(indicator, each, by=by)
            if indicator.is_typed:
                _values(indicator, each, told["people"], until=at)
            _link(indicator, each.get("tells_of", []), by=by, at=at)
        _freeze(told.get("quarter", []), by=told["people"]["freezes"])
        for indicator, each in zip(made, told["indicator"], strict=True):
            if "retired" in each:
                _retire(indicator, each["retired"], by=by)
    return len(made)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=timezone.get_default_timezone())


def _indicator(told: Told, whole: Told, *, by: str) -> Indicator:
    fields = {field.name for field in Indicator._meta.concrete_fields}
    own = {name: value for name, value in told.items() if name in fields}
    number = own["priority_number"]
    if key := _told_by_records(told.get("told_by", "")):
        own.update(source="records", counted=key, typed_as="", numerator_words="", denominator_words="")
    indicator = Indicator(
        **own,
        priority_name=whole["priorities"][str(number)],
        lead_body=_body(whole["bodies"].get(told["body"], told["body"])),
        lead=User.objects.filter(username=told.get("lead_user", "")).first(),
    )
    return keeping.make(record=indicator, by=by, at=_at(indicator.adopted_on))


def _told_by_records(title: str) -> str:
    """Give the key of the share of that title; empty where the records that tell it are not kept here too."""
    return next((share.key for share in all_counted().values() if share.title == title), "") if title else ""


def _body(key: str) -> Organisation:
    """Give the organisation of that key, or whichever comes first where the example has no such."""
    return Organisation.objects.filter(key=key).first() or Organisation.objects.order_by("name")[0]


def _parts(indicator: Indicator, told: Told, *, by: str) -> None:
    for name, model in PARTS:
        for each in told.get(name, []):
            on = each.get("on")
            record = model(indicator=indicator, **{field: value for field, value in each.items() if field != "on"})
            if name == "target":
                record.points = [[day.isoformat(), float(value)] for day, value in each.get("points", [])]
            keeping.make(record=record, by=by, at=_at(on or indicator.adopted_on))


def _values(indicator: Indicator, told: Told, people: Told, *, until: datetime) -> None:
    """Type in one value a period from `first` on, and check each some days later; `x` stands for none."""
    for start, given in _periods(indicator, told):
        period = period_of(indicator.frequency, start)
        typed_at = _at(period.end + timedelta(days=TYPED_DAYS_AFTER))
        if given == "x" or typed_at > until:
            continue
        first, second = given if isinstance(given, list) else (given, None)
        entry = Entry(indicator, start, first, second, told["from"], told.get("explains") or LOOKED_AT)
        (value,) = values.enter(entries=[entry], by=people["types"], at=typed_at)
        checked_at = _at(period.end + timedelta(days=CHECKED_DAYS_AFTER))
        if start.strftime("%Y-%m") not in told.get("unchecked", []) and checked_at <= until:
            values.check(value=value, words="", by=people["checks"], at=checked_at)


def _periods(indicator: Indicator, told: Told) -> Iterator[tuple[date, Any]]:
    for place, given in enumerate(told.get("values", [])):
        yield add_months(told["first"], place * STEP[indicator.frequency]), given


def _link(indicator: Indicator, titles: list[str], *, by: str, at: datetime) -> None:
    """Say which priority and which actions it measures, where the strategy is kept here too."""
    priorities, actions = find_register("priority"), find_register("action")
    if priorities is None or actions is None:
        return
    newest = priorities.records().filter(removed_at=None, number=indicator.priority_number).order_by("-pk")[:1]
    for measured in (*newest, *actions.records().filter(title__in=titles)):
        links.make(relation="measures", start=indicator, end=measured, by=by, at=at)


def _freeze(told: list[Told], *, by: str) -> None:
    for each in told:
        quarters.freeze(starts_on=each["starts_on"], reason=each.get("reason", ""), by=by, at=_at(each["on"]))


def _retire(indicator: Indicator, told: Told, *, by: str) -> None:
    indicators.retire(indicator=indicator, reason=told["because"], by=by, at=_at(told["on"]))
