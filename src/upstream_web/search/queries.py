"""What can be found by its name: measures, areas, feeds and assessments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from upstream.geography.areas import find_areas, title_of
from upstream.geography.levels import level
from upstream.measures import load_definitions
from upstream.sources import load_sources
from upstream_web.core.workbench import find_build, get_partnership, kept_for_build
from upstream_web.reports import queries as reports

MOST_OF_A_KIND = 12


@dataclass(frozen=True)
class Found:
    """One thing found: its name, where it is, and a line about it. `searched` is what its words were looked for in."""

    title: str
    address: str
    about: str
    searched: str = ""


@dataclass(frozen=True)
class Group:
    """Things of one kind, best first."""

    name: str
    needs: str
    found: tuple[Found, ...]


def _matches(words: list[str], things: Iterable[Found]) -> tuple[Found, ...]:
    """Keep the things that hold every word, those that hold them in their title first."""
    kept = [thing for thing in things if all(word in thing.searched for word in words)]
    kept.sort(key=lambda thing: (sum(word not in thing.title.lower() for word in words), len(thing.title)))
    return tuple(kept[:MOST_OF_A_KIND])


def _measures() -> tuple[Found, ...]:
    definitions = load_definitions(get_partnership()).values()
    return tuple(
        Found(
            item.title,
            reverse("measure", args=[item.name]),
            f"{item.theme}. {item.unit}",
            " ".join((item.title, item.short_title, item.theme, item.name, item.why, *item.tags)).lower(),
        )
        for item in definitions
    )


def _feeds() -> tuple[Found, ...]:
    return tuple(
        Found(
            source.title,
            reverse("feed", args=[source.name]),
            f"From {source.supplier}, {source.frequency}",
            " ".join((source.title, source.name, source.supplier, source.about)).lower(),
        )
        for source in load_sources(get_partnership()).values()
    )


def _areas(words: str) -> tuple[Found, ...]:
    build = find_build()
    if build is None:
        return ()
    return tuple(
        Found(
            title_of(row["area_name"], row["local_name"]),
            reverse("area", args=[row["level"], row["area_code"]]),
            f"{level(row['level']).singular.capitalize()} {row['area_code']}",
        )
        for row in find_areas(build, words, limit=MOST_OF_A_KIND).iter_rows(named=True)
    )


def _assessments() -> tuple[Found, ...]:
    return tuple(
        Found(
            version.title,
            reverse("assessment", args=[version.id]),
            f"Version of {version.made_at.day} {version.made_at:%B %Y}, build {version.build}",
            f"needs assessment {version.title} {version.id}".lower(),
        )
        for version in reports.versions()
    )


def find(text: str) -> tuple[Group, ...]:
    """Find everything whose words hold all words of `text`; only groups with something in them."""
    words = text.lower().split()
    if not words:
        return ()
    groups = (
        Group("Measures", "MEASURE_VIEW", _matches(words, kept_for_build("search measures", _measures))),
        Group("Areas", "AREA_VIEW", _areas(text)),
        Group("Needs assessments", "ASSESSMENT_VIEW", _matches(words, _assessments())),
        Group("Feeds", "FEED_VIEW", _matches(words, kept_for_build("search feeds", _feeds))),
    )
    return tuple(group for group in groups if group.found)
