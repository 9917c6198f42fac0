"""The reads of feeds, receipts and builds that pages and other parts may use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from upstream import ingestion, store
from upstream.exceptions import UnknownFeed
from upstream.ingestion import Receipt, UnknownReceipt
from upstream.sources import Source, load_sources
from upstream.store import Build, FeedHealth
from upstream_web.assets.feed_views import MONTHS_ON_A_LIST, FeedView, feed_view
from upstream_web.core.models import Job
from upstream_web.core.workbench import get_partnership, kept_for_build

RECEIPTS = (
    "SELECT feed, any_value(title), count(*), sum(rows_taken), sum(rows_refused), min(first_period), max(last_period), "
    "max(loaded_at) FROM feed_receipt GROUP BY feed ORDER BY feed"
)
NOTES = "SELECT what, rows FROM conversion_note ORDER BY rows DESC"


@dataclass(frozen=True)
class FeedInBuild:
    """What one feed gave to a build."""

    feed: str
    title: str
    receipts: int
    rows_taken: int
    rows_refused: int
    first_period: date | None
    last_period: date | None


@dataclass(frozen=True)
class BuildContents:
    """What a build was made from, and what was done on the way."""

    feeds: tuple[FeedInBuild, ...]
    notes: tuple[tuple[str, int], ...]

    @property
    def rows(self) -> int:
        """Rows taken from all feeds."""
        return sum(feed.rows_taken for feed in self.feeds)


def _ledger_changed_at() -> int:
    try:
        return get_partnership().data.ledger.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _health(today: date) -> list[FeedHealth]:
    return kept_for_build(
        "feed health", lambda: store.feed_health(get_partnership(), today=today), _ledger_changed_at(), today
    )


def feeds(today: date, *, months: int | None = MONTHS_ON_A_LIST) -> list[FeedView]:
    """Give every feed: those that come most often first, reference data last."""
    views = [feed_view(health, today, months=months) for health in _health(today)]
    return sorted(views, key=lambda view: view.order)


def get_feed(name: str, today: date) -> FeedView:
    """Give one feed with all its months; raises `UnknownFeed`."""
    source = get_source(name)
    health = next(health for health in _health(today) if health.feed == source.name)
    return feed_view(health, today)


def get_source(name: str) -> Source:
    """Give the contract of a feed; raises `UnknownFeed`."""
    sources = load_sources(get_partnership())
    if name not in sources:
        raise UnknownFeed(f"There is no feed called {name}.", do="Choose one from the list of feeds.")
    return sources[name]


def receipts_of(feed: str) -> list[Receipt]:
    """Give the receipts of a feed, newest first."""
    return ingestion.receipts(get_partnership(), feed)


def receipts_since(moment: datetime) -> list[Receipt]:
    """Give what was loaded or refused after `moment`, newest first."""
    key = _ledger_changed_at()
    found = kept_for_build("receipts", lambda: ingestion.receipts(get_partnership()), key)
    return [receipt for receipt in found if receipt.loaded_at > moment]


def get_receipt(feed: str, receipt_id: str) -> Receipt:
    """Give one receipt of a feed; raises `UnknownReceipt`."""
    get_source(feed)
    for receipt in receipts_of(feed):
        if receipt.id == receipt_id:
            return receipt
    raise UnknownReceipt(f"The feed {feed} has no receipt {receipt_id}.", do="Choose one from the page of the feed.")


def builds() -> list[Build]:
    """Give the builds that are kept, newest first."""
    return store.list_builds(get_partnership())


def get_kept_build(build_id: str) -> Build:
    """Give one build; raises `UnknownBuild`."""
    return store.get_build(get_partnership(), build_id)


def build_contents(build: Build) -> BuildContents:
    """Say what a build was made from; a build never changes, so this is read once a process."""
    return kept_for_build("contents of a build", lambda: _read_contents(build), build.id)


def _read_contents(build: Build) -> BuildContents:
    connection = build.connect()
    rows = connection.execute(RECEIPTS).fetchall()
    found = tuple(FeedInBuild(feed, title, n, int(taken or 0), int(refused or 0), first, last)
                  for feed, title, n, taken, refused, first, last, _ in rows)  # fmt: skip
    notes = tuple((str(what), int(count)) for what, count in connection.execute(NOTES).fetchall())
    return BuildContents(found, notes)


def find_job(kind: str, *, by: str) -> Job | None:
    """Give the unfinished background work of a kind that somebody asked for, if there is any."""
    return Job.objects.open().filter(kind=kind, queued_by=by).order_by("queued_at").first()
