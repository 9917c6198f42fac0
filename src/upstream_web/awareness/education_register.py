"""Packages, the settings in which they are taught, and who was reached."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.awareness import districts, queries
from upstream_web.awareness.base_register import AwarenessRegister, this_year
from upstream_web.awareness.coverage import whole_per_cent
from upstream_web.awareness.criteria import PACKAGE_CRITERIA
from upstream_web.awareness.forms.education import PackageForm, SettingForm
from upstream_web.awareness.models import (
    EvidenceRating,
    KeyStage,
    Package,
    PackageState,
    Phase,
    Session,
    Setting,
    Theme,
)
from upstream_web.awareness.pupils import Held, Pupils, pupils_of_setting
from upstream_web.core.words import count_words, short_day_words
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated

SOON = timedelta(days=60)
STATE_LOOKS = {PackageState.DRAFT: "open", PackageState.APPROVED: "done", PackageState.RETIRED: ""}


def package_tag(package: Package) -> Tag:
    """Say in which state a package is."""
    return Tag(STATE_LOOKS[PackageState(package.state)], package.get_state_display())


def rating_tag(package: Package) -> Tag:
    """Say what is known of whether it works."""
    look = {EvidenceRating.HARMFUL: "danger", EvidenceRating.NOT_RATED: "unknown"}
    rating = EvidenceRating(package.rating)
    return Tag(look.get(rating, ""), rating.label.split(":")[0])


def criteria_words(package: Package) -> str:
    """Say how many of the criteria it meets."""
    return f"{len(PACKAGE_CRITERIA) - len(package.unmet)} of {len(PACKAGE_CRITERIA)}"


def stage_words(package: Package) -> str:
    """Say for whom it is."""
    labels = [KeyStage(code).label.split(" (")[0] for code in package.key_stages.split()]
    return f"{', '.join(labels)}; {package.age_from} to {package.age_to} years"


class Packages(AwarenessRegister):
    """What is taught."""

    model = Package
    noun, plural = "package", "packages"
    form = PackageForm
    searched = ("title", "summary", "owner__name")
    related = ("owner",)
    order = ("title",)
    page_template = "awareness/package.html"
    empty = "Each is one lesson or programme, with its evidence and the criteria that it meets."
    columns = (
        Column("title", "Package", sort=("title",)),
        Column("theme", "About", value="get_theme_display", sort=("theme",)),
        Column("ages", "For", value=stage_words, sort=("age_from",)),
        Column("rating", "Evidence", value=rating_tag, sort=("rating",)),
        Column("criteria", "Criteria met", value=criteria_words),
        Column("owner", "Kept by", value="owner.said_shortly", sort=("owner__name",), quiet=True),
        Column("state", "State", value=package_tag, sort=("state",)),
        Column("edition", "Version", only_exported=True),
        Column("rating_source", "Evidence is written in", only_exported=True),
        Column("review_on", "Next review", only_exported=True),
    )
    filters = (
        Filter("state", "State", PackageState.choices),
        Filter("theme", "About", Theme.choices),
        Filter("stage", "For", KeyStage.choices, lookup="key_stages__contains"),
    )

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many can be used."""
        approved = records.filter(state=PackageState.APPROVED).count()
        late = queries.packages_to_review(timezone.localdate()).count()
        said = f"{count_words(approved, 'package')} of {records.count()} {'is' if approved == 1 else 'are'} approved"
        return f"{said}; the review of {late} is late." if late else f"{said}; no review is late."

    def facts(self, record: Package) -> list[tuple[str, Any]]:
        """Say what it is, for whom, and how well founded."""
        rows = [
            ("State", package_tag(record)), ("Why", record.state_words), ("About", record.get_theme_display()),
            ("What it is", record.get_sort_display()), ("For", stage_words(record)),
            ("Length", f"{count_words(record.lessons, 'lesson')} of {record.minutes} minutes"),
            ("Kept by", record.owner), ("Version", record.edition), ("Evidence", rating_tag(record)),
            ("Written in", record.rating_source), ("Criteria checked", record.checked_on),
            ("Next review", record.review_on),
            ("Entry", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Package, person: Any) -> dict[str, Any]:
        """Give the criteria, and what came of it this school year."""
        year, today, met = this_year(), timezone.localdate(), set(record.criteria.split())
        sessions = queries.sessions_in(year.since, today, person).filter(package=record)
        ever = queries.seen_by(Session, person).filter(package=record)
        return {
            "criteria": [(words, code in met) for code, words in PACKAGE_CRITERIA],
            "criteria_words": criteria_words(record), "year": year, "held": sessions.filter(state="held").count(),
            "answers": queries.understanding(ever).both, "quality": queries.quality(ever, today),
            "sessions_address": f"{reverse('education-session-list')}?package={record.pk}",
            "rating": EvidenceRating(record.rating).label,
        }  # fmt: skip

    def acts(self, record: Package, person: Any) -> list[Act]:
        """Approve a draft; retire what is in use."""
        if record.removed_at or not self.may_change(person, record):
            return []
        found = []
        if record.state != PackageState.APPROVED:
            found.append(Act("Approve", reverse("package-approve", args=[record.pk]), is_main=not record.unmet))
        if record.state != PackageState.RETIRED:
            found.append(Act("Retire", reverse("package-retire", args=[record.pk])))
        return found

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days of review."""
        there = self.there(person).filter(review_on__range=(since, until)).exclude(state="retired")
        for each in there:
            yield Dated(each, each.review_on, f"Review of the package {each}", what="review")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the reviews that are late or near, to those who keep the package."""
        for each in self.to_act_on(person).filter(review_on__lte=on + SOON).exclude(state="retired"):
            look = "late" if each.review_on < on else "soon"
            yield Dated(each, each.review_on, f"Review of the package {each}", look, what="review")


REACH = (("reached", "Reached this school year"), ("missed", "Not reached"), ("unknown", "Not known"))


def reach_tag(setting: Any) -> Tag:
    """Say whether a setting was reached in the school year."""
    if not setting.is_eligible:
        return Tag("", "Not to be reached")
    if setting.is_reached:
        return Tag("done", "Reached")
    return Tag("unknown", "Not reported") if setting.is_unreported else Tag("open", "Not reached")


def by_reach(records: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Narrow to settings that were reached this school year, were not, or nobody knows."""
    if value == "reached":
        return records.filter(is_reached=True)
    return records.filter(is_reached=False, is_eligible=True, closed_on=None, is_unreported=value == "unknown")


class Settings(AwarenessRegister):
    """Schools, colleges and other settings."""

    model = Setting
    noun, plural = "school or setting", "schools and settings"
    form = SettingForm
    searched = ("name", "urn", "needs")
    related = ("kept_by",)
    order = ("name",)
    page_template = "awareness/setting.html"
    empty = "Enter the schools, colleges and youth settings that you set out to reach."
    columns = (
        Column("name", "Setting", sort=("name",)),
        Column("phase", "What it is", value="get_phase_display", sort=("phase",)),
        Column("district", "District", value=lambda each: districts.name_of(each.district), sort=("district",)),
        Column("on_roll", "On roll", is_number=True, sort=("on_roll",)),
        Column("reach", "This school year", value=reach_tag),
        Column("lsoa", "Small area", only_exported=True),
        Column("roll_on", "Counted on", only_exported=True),
        Column("needs", "For", only_exported=True),
        Column("is_invented", "Invented", only_exported=True),
    )
    filters = (
        Filter("district", "District", districts.choices),
        Filter("phase", "What it is", Phase.choices),
        Filter("reach", "This school year", REACH, narrow=by_reach),
    )

    def records(self) -> QuerySet[Any]:
        """Give every setting, saying whether it was reached this school year."""
        return queries.with_reach(super().records(), this_year(), timezone.localdate())

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many were reached this school year."""
        there = records.filter(is_eligible=True, closed_on=None)
        reached = there.filter(is_reached=True).count()
        return f"{reached} of {there.count()} settings that we set out to reach were reached in {this_year().label}."

    def facts(self, record: Any) -> list[tuple[str, Any]]:
        """Say what it is and where."""
        rolled = f" on {short_day_words(record.roll_on)}" if record.roll_on else ""
        rows = [
            ("This school year", reach_tag(record)), ("What it is", record.get_phase_display()),
            ("District", districts.name_of(record.district)), ("Small area", record.lsoa),
            ("On roll", f"{record.on_roll:,}{rolled}" if record.on_roll is not None else Tag("unknown", "Not known")),
            ("For", record.needs), ("Number in the national register", record.urn), ("Closed", record.closed_on),
            ("Kept by", record.kept_by), ("Note", record.note),
            ("Entry", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Any, person: Any) -> dict[str, Any]:
        """Give its sessions by school year, and its pupils this year."""
        sessions = list(queries.seen_by(Session, person).filter(setting=record).select_related("package", "provider"))
        year = this_year()
        held = [
            Held(frozenset(each.year_groups.split()), each.pupils)
            for each in sessions
            if each.state == "held" and each.on >= year.since
        ]
        return {
            "sessions": sessions[:60], "year": year,
            "pupils_words": pupil_words(pupils_of_setting(held, record.on_roll)) if held else "",
        }  # fmt: skip


def pupil_words(found: Pupils) -> str:
    """Say contacts and pupils, which are two things."""
    contacts = count_words(found.contacts, "pupil contact")
    if found.at_most is None:
        said = f"at least {found.at_least:,} different pupils"
    elif found.at_least == found.at_most:
        said = count_words(found.at_least, "different pupil")
    else:
        said = f"between {found.at_least:,} and {found.at_most:,} different pupils"
    more = (
        f" {count_words(found.uncounted, 'session was', 'sessions were')} held without a count."
        if found.uncounted
        else ""
    )
    return f"{contacts}: {said}, since one who came twice counts twice as a contact.{more}"


def reach_words(row: queries.Reached) -> str:
    """Say how much of a district was reached."""
    return f"{row.reached} of {row.settings} ({whole_per_cent(row.share.value)})"
