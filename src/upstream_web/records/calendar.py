"""Dates of records as a calendar that other programs subscribe to (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils import timezone
from icalendar import Calendar, Event

from upstream_web.core.workbench import get_partnership
from upstream_web.records.register import Dated, registers
from upstream_web.records.seeing import records_open_to

BACK, AHEAD = timedelta(days=90), timedelta(days=400)
FRESH_FOR = timedelta(hours=4)


def calendar_of(person: Any, *, at: datetime, site: str) -> tuple[bytes, int]:
    """Write the dates that a person may see, from three months back to a year ahead, and say how many there are."""
    today = timezone.localdate(at)
    name = get_partnership().config.name
    calendar = Calendar()
    calendar.add("prodid", "-//Upstream//Dates of the partnership//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", FRESH_FOR, parameters={"value": "DURATION"})
    seen: Counter[str] = Counter()
    for dated in _dates_open_to(person, today - BACK, today + AHEAD):
        calendar.add_component(_event(dated, seen, site))
    return calendar.to_ical(), sum(seen.values())


def _dates_open_to(person: Any, since: date, until: date) -> list[Dated]:
    """Give the dates of records whose pages open for the person, by the register's own answer for each record."""
    found = [dated for register in registers() for dated in register.dates(person, since, until)]
    seen = records_open_to(person, {(dated.record.kind, dated.record.pk) for dated in found})
    return [dated for dated in found if (dated.record.kind, dated.record.pk) in seen]


def _event(dated: Dated, seen: Counter[str], site: str) -> Event:
    record = dated.record
    name = f"{record.kind}-{record.pk}-{dated.what}"
    seen[name] += 1
    number = f"-{seen[name]}" if seen[name] > 1 else ""
    event = Event()
    event.add("uid", f"{_slug(name)}{number}@{urlsplit(site).hostname}")
    event.add("dtstamp", record.changed_at)
    event.add("last-modified", record.changed_at)
    event.add("sequence", record.version)
    event.add("dtstart", dated.on)  # a day without a time lasts the whole of it
    event.add("dtend", dated.on + timedelta(days=1))
    event.add("summary", dated.title)
    event.add("url", urljoin(site, record.get_absolute_url()))
    event.add("transp", "TRANSPARENT")
    if dated.words:
        event.add("description", dated.words)
    return event


def _slug(name: str) -> str:
    """Keep a name that is plain; hash one that is not, so that it stays the same and fits."""
    plain = name.replace("-", "").replace("_", "").isalnum() and len(name) < 80
    return name if plain else hashlib.sha256(name.encode()).hexdigest()[:32]
