"""What happened since a moment: files, builds and assessments, from the records that the library keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from upstream.ingestion import Receipt
from upstream_web.access.models import User
from upstream_web.assets import queries as assets
from upstream_web.core.words import count_words
from upstream_web.reports import queries as reports

SPANS = {"7": timedelta(days=7), "30": timedelta(days=30)}
FIRST_VISIT = timedelta(days=30)
MOST_OF_A_KIND = 3


@dataclass(frozen=True)
class Since:
    """From when on changes are shown, and the words for it."""

    key: str
    moment: datetime
    is_first_visit: bool


@dataclass(frozen=True)
class Change:
    """One thing that happened."""

    title: str
    address: str
    about: str
    at: datetime


def since_when(user: User, asked: str, now: datetime) -> Since:
    """Choose the moment: the visit before this one, or as many days ago as asked."""
    if asked in SPANS:
        return Since(asked, now - SPANS[asked], False)
    before = user.visit_before_at
    return Since("visit", before or now - FIRST_VISIT, before is None)


def changes_since(moment: datetime) -> list[Change]:
    """Give what happened after `moment`, newest first; many files at once are told as one."""
    receipts = assets.receipts_since(moment)
    loaded = [receipt for receipt in receipts if receipt.outcome == "landed"]
    refused = [receipt for receipt in receipts if receipt.outcome == "refused"]
    found = [*_assessments(moment), *_builds(moment), *_loads(loaded), *_refusals(refused)]
    return sorted(found, key=lambda change: change.at, reverse=True)


def _assessments(moment: datetime) -> list[Change]:
    return [
        Change(
            f"{version.title}, version {version.id}",
            reverse("assessment", args=[version.id]),
            f"Written from build {version.build} by {version.made_by}",
            version.made_at,
        )
        for version in reports.versions()[:MOST_OF_A_KIND]
        if version.made_at > moment
    ]


def _builds(moment: datetime) -> list[Change]:
    made = [build for build in assets.builds() if build.built_at > moment]
    if not made:
        return []
    newest, more = made[0], len(made) - 1
    about = f"From {count_words(len(newest.feeds), 'feed')}"
    about += f"; {count_words(more, 'more build')} before it" if more else ""
    return [Change(f"Build {newest.id}", reverse("build", args=[newest.id]), about, newest.built_at)]


def _rows(receipts: Sequence[Receipt]) -> str:
    taken, refused = sum(one.rows_taken for one in receipts), sum(one.rows_refused for one in receipts)
    return f"{taken:,} rows taken, {refused:,} refused" if refused else f"{taken:,} rows taken, none refused"


def _loads(receipts: Sequence[Receipt]) -> list[Change]:
    by_feed: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        by_feed.setdefault(receipt.feed, []).append(receipt)
    if len(by_feed) > MOST_OF_A_KIND:
        title = f"{count_words(len(receipts), 'file')} of {count_words(len(by_feed), 'feed')} loaded"
        return [Change(title, reverse("feed-list"), _rows(receipts), receipts[0].loaded_at)]
    return [
        Change(
            f"{assets.get_source(feed).title}: {count_words(len(those), 'file')} loaded",
            reverse("receipt", args=[feed, those[0].id]) if len(those) == 1 else reverse("feed", args=[feed]),
            _rows(those),
            those[0].loaded_at,
        )
        for feed, those in by_feed.items()
    ]


def _refusals(receipts: Sequence[Receipt]) -> list[Change]:
    return [
        Change(
            f"{receipt.file_name} was refused",
            reverse("receipt", args=[receipt.feed, receipt.id]),
            f"{count_words(receipt.rows_refused, 'faulty row')} of {receipt.rows_read:,}",
            receipt.loaded_at,
        )
        for receipt in receipts[:MOST_OF_A_KIND]
    ]
