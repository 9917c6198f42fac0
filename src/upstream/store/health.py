"""Health of every feed: what is held, what is missing between, when the next delivery is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from upstream.ingestion.receipt import Receipt
from upstream.partnership import Partnership
from upstream.sources import Source, load_sources
from upstream.sources.contract import Period
from upstream.store import ledger
from upstream.store.assembly import find_in_force

State = Literal["on time", "late", "refused", "never received", "complete"]

DAYS_BETWEEN = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 365}


@dataclass(frozen=True)
class Held:
    """One period of one supplier that is held, and by which receipt."""

    supplier: str
    start: date
    end: date
    rows: int
    whole: bool
    receipt: str


@dataclass(frozen=True)
class FeedHealth:
    """How one feed stands on a day.

    `missing` are first days of periods that lie between the first and the last held and are not held themselves,
    by supplier: unknown, never zero. `due_on` is when the next period should have come; feeds that come once have none.
    """

    feed: str
    source: Source
    state: State
    last_receipt: Receipt | None
    receipts: int
    held: tuple[Held, ...]
    missing: tuple[tuple[str, date], ...]
    rows: int
    due_on: date | None

    @property
    def first_held(self) -> date | None:
        """First day held."""
        return min((item.start for item in self.held), default=None)

    @property
    def last_held(self) -> date | None:
        """Last day held."""
        return max((item.end for item in self.held), default=None)


def feed_health(partnership: Partnership, *, today: date) -> list[FeedHealth]:
    """Tell how every feed stands, in the order of their names."""
    sources = load_sources(partnership)
    with ledger.open_ledger(partnership.data) as connection:
        in_force = find_in_force(connection)
    by_feed: dict[str, list[Receipt]] = {}
    for receipt in in_force.receipts.values():
        by_feed.setdefault(receipt.feed, []).append(receipt)
    held: dict[str, list[Held]] = {}
    for item in in_force.slices:
        feed = in_force.receipts[item.receipt].feed
        if item.start and item.end:
            held.setdefault(feed, []).append(
                Held(item.supplier, item.start, item.end, item.rows, item.whole, item.receipt)
            )
    counting = {item.receipt for item in in_force.slices}
    return [
        _health(source, by_feed.get(name, []), tuple(held.get(name, ())), counting, today)
        for name, source in sorted(sources.items())
    ]


def _health(
    source: Source, receipts: list[Receipt], held: tuple[Held, ...], counting: set[str], today: date
) -> FeedHealth:
    last = receipts[0] if receipts else None  # the ledger gives them newest first
    due = _due_on(source, held)
    return FeedHealth(
        feed=source.name,
        source=source,
        state=_state(source, receipts, counting, due, today),
        last_receipt=last,
        receipts=len(receipts),
        held=tuple(sorted(held, key=lambda item: (item.supplier, item.start))),
        missing=missing_periods(source.coverage.unit, held),
        rows=sum(receipt.rows_taken for receipt in receipts if receipt.id in counting),
        due_on=due,
    )


def _state(source: Source, receipts: list[Receipt], counting: set[str], due: date | None, today: date) -> State:
    if receipts and receipts[0].outcome == "refused":
        return "refused"
    if not any(receipt.id in counting for receipt in receipts):
        return "never received"
    if due is None:
        return "complete"
    return "late" if today > due else "on time"


def _due_on(source: Source, held: tuple[Held, ...]) -> date | None:
    """Day by which the period after the last one held should be here: its end, and the supplier’s usual lag."""
    days = DAYS_BETWEEN.get(source.frequency)
    if days is None or not held:
        return None
    last = max(item.end for item in held)
    return last + timedelta(days=days + (source.lag_days or 0))


def missing_periods(unit: Period, held: tuple[Held, ...]) -> tuple[tuple[str, date], ...]:
    """List what is missing between the first and last period of every supplier whose whole periods are held."""
    if unit not in (Period.MONTH, Period.YEAR, Period.SCHOOL_YEAR):
        return ()
    starts: dict[str, set[date]] = {}
    for item in held:
        if item.whole:
            starts.setdefault(item.supplier, set()).add(item.start)
    missing = []
    for supplier, known in sorted(starts.items()):
        day = min(known)
        while day < max(known):
            if day not in known:
                missing.append((supplier, day))
            day = _next_start(day, unit)
    return tuple(missing)


def _next_start(day: date, unit: Period) -> date:
    if unit is Period.MONTH:
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day.replace(year=day.year + 1)
