"""The kinds of record of the performance framework."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.performance import quarter_page, queries, scorecard
from upstream_web.performance.forms import IndicatorForm
from upstream_web.performance.indicator_page import page_context
from upstream_web.performance.models import (
    Annotation,
    Baseline,
    Commentary,
    Frequency,
    Indicator,
    IndicatorState,
    Level,
    QualityMark,
    Quarter,
    Rebase,
    Source,
    Target,
    TypedValue,
)
from upstream_web.records import history
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Register, enter

REVIEW_AHEAD_DAYS = 60


def _priorities() -> list[tuple[str, str]]:
    found = Indicator.objects.present().values_list("priority_number", "priority_name").distinct()
    return [(str(number), name) for number, name in sorted(set(found))]


def _state_tag(indicator: Indicator) -> Tag:
    return Tag("done" if indicator.is_adopted else "", indicator.get_state_display())


class Indicators(Register[Indicator]):
    """The indicators; their list is the scorecard unless one searches or filters."""

    model = Indicator
    noun, plural = "indicator", "indicators"
    area, section = "act", "performance"
    see, change = Permission.INDICATOR_VIEW, Permission.INDICATOR_CHANGE
    form = IndicatorForm
    related = ("lead_body",)
    order = ("priority_number", "pk")
    searched = ("title", "question", "priority_name", "measure", "lead_role")
    page_template = "performance/indicator.html"
    list_template = "performance/scorecard.html"
    empty = "An indicator is a measure of the catalogue, or a number typed in, with a target and somebody who leads."
    columns = (
        Column("title", "Indicator", value=lambda record: record, sort=("title",)),
        Column("priority_name", "Priority", sort=("priority_number",), quiet=True),
        Column("level", "Level", value="get_level_display", sort=("level",)),
        Column("source", "Values", value="get_source_display", sort=("source",), quiet=True),
        Column("frequency", "How often", value="get_frequency_display", sort=("frequency",)),
        Column("lead", "Lead", value="lead_words", sort=("lead_role",)),
        Column("review_on", "Next review", sort=("review_on",)),
        Column("state", "State", value=_state_tag),
        Column("key", "Short name", only_exported=True),
        Column("question", "Question", only_exported=True),
        Column("measure", "Measure", only_exported=True),
        Column("unit", "Unit", only_exported=True),
        Column("good", "What good looks like", only_exported=True),
    )  # fmt: skip
    filters = (
        Filter("priority", "Priority", _priorities, lookup="priority_number"),
        Filter("level", "Level", Level.choices),
        Filter("source", "Values", Source.choices),
        Filter("frequency", "How often", Frequency.choices),
        Filter("state", "State", IndicatorState.choices),
    )

    @property
    def title(self) -> str:
        """The heading of the front page."""
        return "Performance"

    def lede(self, records: Any) -> str:
        """Say the framework in a sentence."""
        return ""

    def list_context(self, person: Any) -> dict[str, Any]:
        """Give the scorecard, and what waits."""
        on = timezone.localdate()
        found = queries.results(on, person)
        return {
            "groups": scorecard.groups_of(found),
            "sentence": scorecard.sentence_of(found),
            "retired": Indicator.objects.visible_to(person, self.see).filter(
                state=IndicatorState.RETIRED, removed_at=None
            ),
            "due": queries.entries_for(person, on),
            "to_check": queries.waiting_for_check(person),
            "newest_freeze": queries.latest_freezes().first(),
        }

    def context(self, record: Indicator, person: Any) -> dict[str, Any]:
        """Give everything about one indicator."""
        return page_context(record, person)

    def facts(self, record: Indicator) -> list[tuple[str, Any]]:
        """Say what it is."""
        rows: list[tuple[str, Any]] = [
            (
                "Priority",
                f"{record.priority_number}. {record.priority_name}" if record.priority_number else record.priority_name,
            ),
            ("Level", record.get_level_display()),
            ("State", record.get_state_display()),
            ("Retired because", record.retired_because),
            ("Direction", record.get_polarity_display()),
            ("How often", record.get_frequency_display()),
            ("Lead", record.lead_words),
            ("Lead, who signs in", str(record.lead) if record.lead else ""),
            ("Adopted", record.adopted_on),
            ("Next review", record.review_on),
        ]
        return [(label, value) for label, value in rows if value not in ("", None)]

    def acts(self, record: Indicator, person: Any) -> list[Act]:
        """Offer typing values in, commenting and retiring, to those who may."""
        if record.removed_at:
            return []
        found = []
        if record.is_adopted and may(person, Permission.INDICATOR_REPORT, about=record):
            found.append(Act("Comment", reverse("commentary-new", args=[record.pk])))
            if record.is_typed:
                found.append(Act("Type in values", f"{reverse('value-entry')}?indicator={record.pk}"))
        if may(person, Permission.INDICATOR_CHANGE, about=record):
            word = "Retire" if record.is_adopted else "Take up again"
            found.append(Act(word, reverse("indicator-retire", args=[record.pk])))
        return found

    def now(self, record: Indicator) -> str:
        """Say whether the number moved: its newest value, what that tells, and what was wanted."""
        result = next((each for each in queries.results(timezone.localdate()) if each.pk == record.pk), None)
        if result is None:
            return record.get_state_display()
        line = scorecard.line_of(result)
        told = [f"{line.value} ({line.when})" if line.value else "", result.signal.label,
                f"wanted: {line.target_words}" if line.target_words else ""]  # fmt: skip
        return "; ".join(each for each in told if each)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the reviews of indicators and the days by which values are due."""
        for indicator in queries.adopted(person).filter(review_on__range=(since, until)):
            yield Dated(indicator, indicator.review_on, f"Review of the indicator: {indicator}", "soon", what="review")
        for entry in queries.due_entries(timezone.localdate(), queries.adopted(person)):
            if since <= entry.due_on <= until:
                title = f"Value due: {entry.indicator}, {entry.period.label}"
                yield Dated(entry.indicator, entry.due_on, title, "soon", what=f"value-{entry.period.label}")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give values to type in or to check, and signals to comment on, to those who report on them."""
        for entry in queries.entries_for(person, on):
            state = "late" if entry.is_late(on) else "soon"
            yield Dated(entry.indicator, entry.due_on, f"Type in {entry.indicator}, {entry.period.label}", state,
                        what=f"value-{entry.period.label}")  # fmt: skip
        for value in queries.waiting_for_check(person):
            yield Dated(value.indicator, timezone.localdate(value.entered_at), f"Check {value}", "soon", what="check")
        silent = queries.without_commentary(on, person)
        asked = Indicator.objects.select_related("lead_body").in_bulk([result.pk for result in silent])
        for result in silent:
            indicator = asked[result.pk]
            if indicator.lead_id == person.pk or may(person, Permission.INDICATOR_CHANGE, about=indicator):
                yield Dated(indicator, on, f"Comment on {indicator}", "soon", result.signal.label, what="comment")
        if may(person, Permission.INDICATOR_CHANGE):
            ahead = on + timedelta(days=REVIEW_AHEAD_DAYS)
            for indicator in queries.adopted(person).filter(review_on__lte=ahead):
                state = "late" if indicator.review_on < on else "soon"
                yield Dated(indicator, indicator.review_on, f"Review the indicator {indicator}", state, what="review")


class Quarters(Register[Quarter]):
    """The quarters that were frozen; frozen by an operation of their own, and never removed."""

    model = Quarter
    noun, plural = "quarter", "quarters"
    area, section = "act", "performance"
    see = Permission.INDICATOR_VIEW
    order = ("-starts_on",)
    searched = ()
    page_template = "performance/quarter.html"
    list_template = "performance/quarters.html"
    can_be_removed = False
    in_search = False
    columns = (
        Column("starts_on", "Quarter", value=lambda record: record, sort=("starts_on",)),
        Column("label", "Short name"),
    )

    def crumbs(self, record: Quarter | None = None) -> list[tuple[str, str]]:
        """Stand beneath the framework."""
        return [("Performance", reverse("indicator-list")), ("Quarters", self.address())]

    def facts(self, record: Quarter) -> list[tuple[str, Any]]:
        """Say when it was frozen."""
        latest = record.latest
        rows = [("Short name", record.label), ("Last day", record.ends_on)]
        return [*rows, ("Version in force", latest.number), ("Frozen", timezone.localdate(latest.frozen_at)),
                ("By", latest.frozen_by), ("Build", latest.build)] if latest else rows  # fmt: skip

    def context(self, record: Quarter, person: Any) -> dict[str, Any]:
        """Give what was frozen and what has changed since."""
        return quarter_page.page_context(record, person)

    def list_context(self, person: Any) -> dict[str, Any]:
        """Give every quarter that is over, frozen or not."""
        return {"quarters": quarter_page.quarters_to_show(timezone.localdate())}


INDICATORS = enter(Indicators())
QUARTERS = enter(Quarters())

# These have no list of their own; they stand on the page of their indicator, and keep their history too.
for _part in (Annotation, Baseline, Commentary, QualityMark, Rebase, Target, TypedValue):
    history.follow(_part)
