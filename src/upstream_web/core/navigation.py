"""The three areas of the product and the sections of each, as far as they exist."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    """One link of the row of sections: `needs` names the permission without which it is not shown."""

    key: str
    label: str
    route: str
    needs: str = ""


@dataclass(frozen=True)
class Area:
    """One of Know, Act and Account, with its sections."""

    key: str
    label: str
    sections: tuple[Entry, ...]


HOME = Area("home", "Home", (Entry("today", "Today", "today"), Entry("notices", "Notices", "notice-list")))
KNOW = Area(
    "know",
    "Know",
    (
        Entry("measures", "Measures", "measure-list", "MEASURE_VIEW"),
        Entry("areas", "Areas", "area-list", "AREA_VIEW"),
        Entry("assessments", "Needs assessment", "assessment-list", "ASSESSMENT_VIEW"),
        Entry("feeds", "Feeds", "feed-list", "FEED_VIEW"),
        Entry("builds", "Builds", "build-list", "BUILD_VIEW"),
    ),
)
ACT = Area(
    "act",
    "Act",
    (
        Entry("plan", "Delivery plan", "action-list", "PLAN_VIEW"),
        Entry("strategy", "Strategy", "strategy-list", "PLAN_VIEW"),
        Entry("performance", "Performance", "indicator-list", "INDICATOR_VIEW"),
        Entry("meetings", "Meetings", "meeting-list", "MEETING_VIEW"),
        Entry("risks", "Risks", "risk-list", "RISK_VIEW"),
        Entry("clocks", "Time limits", "clock-list", "PLAN_VIEW"),
        Entry("awareness", "Education", "awareness", "AWARENESS_VIEW"),
        Entry("funds", "Funds", "fund-list", "FUND_VIEW"),
    ),
)
ACCOUNT = Area(
    "account",
    "Account",
    (
        Entry("inspections", "Inspections", "inspection-list", "INSPECTION_VIEW"),
        Entry("practice", "Practice", "practice-list", "PRACTICE_VIEW"),
        Entry("duty", "Duty", "duty", "DUTY_VIEW"),
        Entry("reviews", "Incident reviews", "incident-review-list", "REVIEW_VIEW"),
        Entry("learning-briefs", "Learning briefs", "learning-brief-list", "PLAN_VIEW"),
        Entry("panel-updates", "Panel updates", "panel-update-list", "PANEL_UPDATE_VIEW"),
        Entry("trail", "Trust and audit", "trail-list", "TRAIL_VIEW"),
        Entry("people", "People and access", "organisation-list", "ORGANISATION_VIEW"),
    ),
)
AREAS: tuple[Area, ...] = (KNOW, ACT, ACCOUNT)


@dataclass(frozen=True)
class Link:
    """An entry with its address."""

    key: str
    label: str
    address: str
    needs: str


@dataclass(frozen=True)
class AreaLinks:
    """An area with the links of its sections; a person is shown those that they may open."""

    key: str
    label: str
    sections: tuple[Link, ...]


@cache  # addresses do not change while the site runs, and are asked for several times by every page
def _links(entries: tuple[Entry, ...]) -> tuple[Link, ...]:
    found = []
    for entry in entries:
        try:
            found.append(Link(entry.key, entry.label, reverse(entry.route), entry.needs))
        except NoReverseMatch:  # the part of the site is not installed
            continue
    return tuple(found)


def areas() -> list[AreaLinks]:
    """Give the areas of the masthead with their sections."""
    return [AreaLinks(area.key, area.label, _links(area.sections)) for area in AREAS]


def sections_of(area_key: str) -> AreaLinks:
    """Give one area with its sections; home for a key that is no area's."""
    area = next((area for area in AREAS if area.key == area_key), HOME)
    return AreaLinks(area.key, area.label, _links(area.sections))
