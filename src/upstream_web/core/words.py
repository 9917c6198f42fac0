"""Dates, numbers and spans as a person would say them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from upstream.charts.words import capital as capital

if TYPE_CHECKING:
    from upstream.store import Build

STREET_CRIME_COVERED = (
    "SELECT max(period_end) FROM coverage WHERE table_name = 'street_crime' OR feed = 'police_street'"
)
ANYTHING_COVERED = "SELECT max(period_end) FROM coverage"


def day_words(moment: date | datetime) -> str:
    """Say a day in full: `Thursday 12 February 2026`."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return f"{local:%A} {local.day} {local:%B %Y}"


def short_day_words(moment: date | datetime) -> str:
    """Say a day shortly: `12 Feb 2026`."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return f"{local.day} {local:%b %Y}"


def moment_words(moment: datetime) -> str:
    """Say a day and a time: `12 February 2026 at 09:30`."""
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B %Y} at {local:%H:%M}"


def month_words(day: date) -> str:
    """Say a month: `December 2025`."""
    return f"{day:%B %Y}"


def span_words(first: date, last: date) -> str:
    """Say a span of months as short as it can be: `May to December 2024`, `March 2024`."""
    if (first.year, first.month) == (last.year, last.month):
        return month_words(first)
    if first.year == last.year:
        return f"{first:%B} to {last:%B %Y}"
    return f"{month_words(first)} to {month_words(last)}"


def size_words(size_in_bytes: int) -> str:
    """Say the size of a file in the unit that suits it."""
    for unit, factor in (("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)):
        if size_in_bytes >= factor:
            return f"{size_in_bytes / factor:.1f} {unit}"
    return f"{size_in_bytes} bytes"


def count_words(count: int, singular: str, plural: str = "") -> str:
    """Say how many: `1 row`, `1,204 rows`."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def data_sentence(build: Build | None) -> str:
    """Say how far the figures of a build reach, for the foot of every page."""
    if build is None:
        return ""
    connection = build.connect()
    for question, what in ((STREET_CRIME_COVERED, "police figures"), (ANYTHING_COVERED, "figures")):
        row = connection.execute(question).fetchone()
        if row and row[0]:
            return f"{what} to {month_words(row[0])}"
    return ""
