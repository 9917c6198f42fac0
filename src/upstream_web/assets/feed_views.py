"""How a feed stands, in the form that pages show: a tag, a strip of months, a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from upstream.ingestion import Receipt
from upstream.sources import Source
from upstream.store import FeedHealth
from upstream_web.core.month_strip import MonthState, MonthStrip, months_between
from upstream_web.core.words import month_words, short_day_words, span_words

TAGS = {
    "on time": ("done", "On time"),
    "late": ("late", "Late"),
    "refused": ("late", "Refused"),
    "never received": ("unknown", "Never received"),
    "complete": ("", "Complete"),
}
FREQUENCIES = ("daily", "weekly", "monthly", "quarterly", "yearly")
MONTHS_ON_A_LIST = 24


@dataclass(frozen=True)
class FeedView:
    """One feed as a list or its own page shows it."""

    name: str
    title: str
    source: Source
    state: str
    tag: tuple[str, str]
    strip: MonthStrip
    missing_words: str
    sentence: str
    rows: int
    receipts: int
    last_receipt: Receipt | None
    last_held: date | None
    due_on: date | None
    comes_again: bool

    @property
    def order(self) -> tuple[int, int, str]:
        """Where it stands in a list: what comes most often first, then what reaches furthest."""
        rank = FREQUENCIES.index(self.source.frequency) if self.comes_again else len(FREQUENCIES)
        return rank, -(self.last_held or date.min).toordinal(), self.title

    @property
    def needs_a_look(self) -> bool:
        """Whether somebody should do something about it."""
        return self.state in ("late", "refused")


def spans(months: Iterable[date]) -> list[tuple[date, date]]:
    """Join months that follow each other into spans."""
    found: list[tuple[date, date]] = []
    for month in sorted(set(months)):
        if found and months_between(found[-1][1], month)[1:] == [month]:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found


def span_list(months: Iterable[date]) -> str:
    """Say months as spans: `May to December 2024 and March 2025`."""
    said = [span_words(*span) for span in spans(months)]
    return " and ".join((", ".join(said[:-1]), said[-1])) if len(said) > 1 else "".join(said)


def _held_months(health: FeedHealth) -> set[date]:
    whole = [item for item in health.held if item.whole] or list(health.held)
    return {month for item in whole for month in months_between(item.start, item.end)}


def _is_overdue(month: date, lag_days: int | None, today: date) -> bool:
    month_end = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return today > month_end + timedelta(days=(lag_days or 0) + 31)


def year_states(health: FeedHealth, today: date) -> tuple[tuple[date, MonthState], ...]:
    """Say the same of the years of a feed that comes by the year; the year after the last held may be due."""
    starts = {item.start.replace(month=1, day=1) for item in health.held}
    if not starts:
        return ()
    first, last = min(starts).year, max(starts).year
    states = [
        (date(year, 1, 1), MonthState.RECEIVED if date(year, 1, 1) in starts else MonthState.MISSING)
        for year in range(first, last + 1)
    ]
    if health.due_on is not None and today <= health.due_on:
        states.append((date(last + 1, 1, 1), MonthState.DUE))
    return tuple(states)


def month_states(health: FeedHealth, today: date) -> tuple[tuple[date, MonthState], ...]:
    """Say of each month from the first held whether it came, is missing, was refused or is due.

    Only monthly feeds have months that are due: a yearly one is late as a whole.
    """
    held = _held_months(health)
    if not held:
        return ()
    last = max(held)
    states = {
        month: MonthState.RECEIVED if month in held else MonthState.MISSING for month in months_between(min(held), last)
    }
    if health.source.frequency == "monthly":
        for month in months_between(last, today)[1:]:
            if _is_overdue(month, health.source.lag_days, today):
                states[month] = MonthState.MISSING
            else:
                states[month] = MonthState.DUE
                break
    refused = health.last_receipt if health.state == "refused" else None
    if refused is not None and refused.first_period is not None:
        states[refused.first_period.replace(day=1)] = MonthState.REFUSED
    return tuple(sorted(states.items()))


def _sentence(health: FeedHealth) -> str:
    last, receipt = health.last_held, health.last_receipt
    if health.state == "never received":
        return "No file has been received."
    if health.state == "refused" and receipt is not None:
        return f"{receipt.file_name} was refused on {short_day_words(receipt.loaded_at)}."
    if last is None:
        return f"{health.rows:,} rows; not divided into periods."
    said = f"{health.rows:,} rows, the latest for {month_words(last)}."
    if health.due_on is None:
        return said
    if health.state == "late":
        return f"{said} The next was due by {short_day_words(health.due_on)}."
    return f"{said} The next is due by {short_day_words(health.due_on)}."


def feed_view(health: FeedHealth, today: date, *, months: int | None = None) -> FeedView:
    """Prepare one feed for a page; `months` keeps only the latest so many in the strip."""
    source = health.source
    by_year = source.frequency == "yearly"
    states = year_states(health, today) if by_year else month_states(health, today)
    missing = [month for month, state in states if state == MonthState.MISSING]
    shown = states[-months:] if months else states
    return FeedView(
        name=health.feed,
        title=source.title,
        source=source,
        state=health.state,
        tag=TAGS[health.state],
        strip=MonthStrip(source.title, shown, by_year),
        missing_words=", ".join(str(day.year) for day in missing) if by_year else span_list(missing),
        sentence=_sentence(health),
        rows=health.rows,
        receipts=health.receipts,
        last_receipt=health.last_receipt,
        last_held=health.last_held,
        due_on=health.due_on,
        comes_again=source.frequency in FREQUENCIES,
    )
