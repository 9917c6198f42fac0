"""Risks and issues as a register, with the heat map over its list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words, short_day_words
from upstream_web.governance import appetite, queries, timed
from upstream_web.governance.board_register import board_choices
from upstream_web.governance.forms import RiskForm
from upstream_web.governance.models import Impact, Likelihood, Response, Risk, RiskKind, RiskState
from upstream_web.governance.operations import risks
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour, Register, Timed

SOON = timedelta(days=14)
# The mark of a band beside its word, so that the map reads without colour.
BAND_MARKS = {"very high": "4", "high": "3", "moderate": "2", "low": "1"}
OUTSIDE = (("outside", "Outside appetite"), ("inside", "Within appetite"))


def appetite_tag(risk: Risk) -> Tag:
    """Say whether a risk lies within appetite."""
    if not risk.is_open:
        return Tag("", "Closed")
    return Tag("late", "Outside") if appetite.is_outside(risk) else Tag("done", "Within")


def score_words(score: int) -> str:
    """Say a score with its band."""
    return f"{score}, {appetite.band(score)}"


def review_tag(risk: Risk) -> Tag | date:
    """Give the day of the next review, as late once it has passed."""
    is_late = risk.is_open and risk.review_due_on < timezone.localdate()
    return Tag("late", f"Late since {risk.review_due_on:%-d %b %Y}") if is_late else risk.review_due_on


def by_appetite(records: QuerySet[Risk], value: str) -> QuerySet[Risk]:
    """Narrow to open risks outside, or within, the appetite of their category."""
    found = records.filter(state=RiskState.OPEN)
    outside = found.none()
    for category in appetite.categories():
        outside |= found.filter(category=category.key, score__gt=category.most)
    return outside if value == "outside" else found.exclude(pk__in=outside.values("pk"))


@dataclass(frozen=True)
class HeatCell:
    """One field of the heat map: its steps, and the open risks on it."""

    likelihood: int
    impact: int
    risks: tuple[Risk, ...]

    @property
    def score(self) -> int:
        """The score of the field."""
        return self.likelihood * self.impact

    @property
    def band(self) -> str:
        """The score in a word."""
        return appetite.band(self.score)

    @property
    def mark(self) -> str:
        """The band as a number from 1 to 4, which names its tint."""
        return BAND_MARKS[self.band]

    @property
    def query(self) -> str:
        """The list narrowed to the field."""
        return f"?at={self.likelihood}-{self.impact}"

    @property
    def words(self) -> str:
        """Say what stands on the field, for those who do not see the map."""
        return f"{count_words(len(self.risks), 'risk')}, score {self.score_words}"

    @property
    def score_words(self) -> str:
        """The score with its band."""
        return score_words(self.score)


def heat_map(found: Iterable[Risk]) -> list[tuple[str, list[HeatCell]]]:
    """Give the rows of the map, the likeliest above, each with its fields from least to gravest."""
    standing: dict[tuple[int, int], list[Risk]] = {}
    for risk in found:
        standing.setdefault((risk.likelihood, risk.impact), []).append(risk)
    return [
        (step.label, [HeatCell(step, impact, tuple(standing.get((step, impact), ()))) for impact in Impact])
        for step in reversed(Likelihood)
    ]


def _at(records: QuerySet[Risk], value: str) -> QuerySet[Risk]:
    likelihood, impact = value.split("-")
    return records.filter(state=RiskState.OPEN, likelihood=likelihood, impact=impact)


FIELDS = [(f"{a}-{b}", f"Likelihood {a}, impact {b}") for a in range(5, 0, -1) for b in range(5, 0, -1)]


class Risks(Register[Risk]):
    """The register of risks and issues."""

    model = Risk
    noun, plural = "risk", "risks"
    area, section = "act", "risks"
    see, change = Permission.RISK_VIEW, Permission.RISK_CHANGE
    form = RiskForm
    searched = ("title", "cause", "event", "effect", "owner_role", "owner_body__name")
    related = ("owner_body", "board", "owner")
    order = ("-state", "-score", "number")
    list_template = "governance/risk_list.html"
    page_template = "governance/risk.html"
    empty = "A risk says because of what it may happen, what may happen, and what that would mean."
    columns = (
        Column("title", "Risk", sort=("title",)),
        Column("sort", "What it is", value="get_sort_display", sort=("sort",)),
        Column("score", "Score", value=lambda each: score_words(each.score), sort=("score",)),
        Column("appetite", "Appetite", value=appetite_tag),
        Column("category", "Category", value=lambda each: appetite.category_of(each).title, sort=("category",)),
        Column("owner", "Owner", value="owner_role", sort=("owner_role",)),
        Column("review_due_on", "Next review", value=review_tag, sort=("review_due_on",)),
        Column("number", "Number", is_number=True, sort=("number",), only_exported=True),
        Column("cause", "Because of", only_exported=True),
        Column("event", "This may happen", only_exported=True),
        Column("effect", "Which would mean", only_exported=True),
        Column("before", "Score before controls", value="score_before", is_number=True, only_exported=True),
        Column("target", "Score to reach", value="score_target", is_number=True, only_exported=True),
        Column("why", "Why within or outside", value=appetite.reason, only_exported=True),
    )
    filters = (
        Filter("state", "State", RiskState.choices),
        Filter("sort", "What it is", RiskKind.choices),
        Filter("category", "Category", appetite.category_choices),
        Filter("appetite", "Appetite", OUTSIDE, narrow=by_appetite),
        Filter("board", "Board", board_choices),
        Filter("at", "On the map", FIELDS, narrow=_at),
    )

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many are open, outside appetite and late for review."""
        found = [risk for risk in records if risk.is_open]
        outside = sum(appetite.is_outside(risk) for risk in found)
        late = sum(risk.review_due_on < timezone.localdate() for risk in found)
        verb = "lies" if outside == 1 else "lie"
        said = f"{outside or 'None'} of {count_words(len(found), 'open risk')} {verb} outside appetite"
        return f"{said}; {count_words(late, 'review is', 'reviews are')} late." if late else f"{said}."

    def list_context(self, person: Any) -> dict[str, Any]:
        """Give the heat map of what is open."""
        found = list(queries.open_risks(person))
        return {
            "heat": heat_map(found),
            "impacts": [each.label for each in Impact],
            "outside": [risk for risk in found if appetite.is_outside(risk)],
            "categories": appetite.categories(),
        }

    def facts(self, record: Risk) -> list[tuple[str, Any]]:
        """Say whose it is and where it stands."""
        rows = [
            ("Number", record.number), ("What it is", record.get_sort_display()),
            ("Category", appetite.category_of(record).title), ("Owner", record.owner_role),
            ("Organisation", record.owner_body), ("Board", record.board),
            ("Response", Response(record.response).label), ("Raised", record.raised_on),
            ("Last review", record.reviewed_on), ("Next review", review_tag(record) if record.is_open else None),
            ("Closed", record.closed_on), ("Because", record.closed_because),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Risk, person: Any) -> dict[str, Any]:
        """Give scores, reviews, appetite and escalations."""
        return {
            "reason": appetite.reason(record),
            "is_outside": appetite.is_outside(record),
            "category": appetite.category_of(record),
            "steps": [
                ("Before controls", Likelihood(record.likelihood_before).label, Impact(record.impact_before).label,
                 score_words(record.score_before)),
                ("Now", Likelihood(record.likelihood).label, Impact(record.impact).label, score_words(record.score)),
                ("To reach", Likelihood(record.likelihood_target).label, Impact(record.impact_target).label,
                 score_words(record.score_target)),
            ],
            "reviews": list(record.reviews.present()),
            "scores": queries.scores_of(record),
            "escalations": list(queries.escalations_of("risk", record.pk, person)),
            "main_act": record.is_open,
        }  # fmt: skip

    def acts(self, record: Risk, person: Any) -> list[Act]:
        """Offer a review, an escalation and closing."""
        found = []
        if may(person, Permission.RISK_CHANGE, about=record):
            if record.is_open:
                found.append(Act("Review", reverse("risk-review", args=[record.pk]), is_main=True))
            found.append(Act("Close" if record.is_open else "Open again", reverse("risk-state", args=[record.pk])))
        if may(person, Permission.ESCALATION_CHANGE) and record.is_open:
            found.append(Act("Escalate", f"{reverse('escalation-new')}?kind=risk&key={record.pk}"))
        return found

    def make(self, record: Risk, *, by: Any, at: datetime) -> Risk:
        """Enter it under its number."""
        return risks.make(risk=record, by=by, at=at)

    def change_record(self, record: Risk, fields: list[str], *, by: Any, at: datetime) -> Risk:
        """Write what was changed."""
        return risks.change(risk=record, fields=fields, by=by, at=at)

    def can_change(self, record: Risk) -> str:
        """A closed risk is opened again first."""
        return "" if record.is_open else f"Closed: {record.closed_because}. Open it again to change it."

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the reviews that are due."""
        for risk in queries.open_risks(person).filter(review_due_on__range=(since, until)):
            kind = "late" if risk.review_due_on < timezone.localdate() else "soon"
            yield Dated(risk, risk.review_due_on, f"Review of the risk “{risk}”", kind, appetite.reason(risk))

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the reviews that the person may do, due within two weeks."""
        for risk in queries.risks_to_review(on + SOON, person):
            if may(person, Permission.RISK_CHANGE, about=risk):
                kind = "late" if risk.review_due_on < on else "soon"
                yield Dated(risk, risk.review_due_on, f"Review of the risk “{risk}”", kind)

    def neighbours(self, record: Risk) -> Iterable[Neighbour]:
        """Give the board that watches it and the escalations about it."""
        if record.board:
            yield Neighbour(record.board, "is watched by", True)
        for each in queries.escalations_of("risk", record.pk):
            yield Neighbour(each, "was taken further in", True)

    def now(self, record: Risk) -> str:
        """Say its score, what it should become, and the next look."""
        if not record.is_open:
            return f"{record.get_state_display()}: {record.closed_because}"
        scores = f"{record.score} now, {record.score_target} to reach"
        return f"{record.get_sort_display()}, {scores}; next look {short_day_words(record.review_due_on)}"

    def clocks(self, person: Any, since: date) -> Iterable[Timed]:
        """Give the reviews of open risks."""
        return timed.of_risks(person, since)
