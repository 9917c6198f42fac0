"""The three areas of the product and the sections of each, as far as they exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """One link of the masthead or of the row of sections beneath it."""

    key: str
    label: str
    route: str
    needs: str = ""


@dataclass(frozen=True)
class Area:
    """One of Know, Act and Account, with its sections."""

    key: str
    label: str
    route: str
    sections: tuple[Entry, ...]


HOME = Area("home", "Home", "today", (Entry("today", "Today", "today"),))
KNOW = Area(
    "know",
    "Know",
    "measure-list",
    (
        Entry("measures", "Measures", "measure-list", "MEASURE_VIEW"),
        Entry("areas", "Areas", "area-list", "AREA_VIEW"),
        Entry("assessments", "Needs assessment", "assessment-list", "ASSESSMENT_VIEW"),
        Entry("feeds", "Feeds", "feed-list", "FEED_VIEW"),
        Entry("builds", "Builds", "build-list", "BUILD_VIEW"),
    ),
)
AREAS: tuple[Area, ...] = (KNOW,)
ALL_AREAS: tuple[Area, ...] = (HOME, *AREAS)


@dataclass(frozen=True)
class Link:
    """An entry with its address."""

    key: str
    label: str
    address: str
    needs: str


def link_to(entry: Entry | Area) -> Link:
    """Give the entry with its address."""
    return Link(entry.key, entry.label, reverse(entry.route), getattr(entry, "needs", ""))


def area_links() -> list[Link]:
    """Give the links of the masthead."""
    return [link_to(area) for area in AREAS]


def section_links(area_key: str) -> list[Link]:
    """Give the links of the sections of one area; none for an unknown area."""
    sections = next((area.sections for area in ALL_AREAS if area.key == area_key), ())
    return [link_to(entry) for entry in sections]
