"""Reviews, the latest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream.clocks import Stand
from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import capital, short_day_words
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour, Register
from upstream_web.reviews import clocks, codes, queries
from upstream_web.reviews.forms import IncidentReviewForm
from upstream_web.reviews.models import IncidentReview, ReviewAction, ReviewPart, ReviewStep
from upstream_web.reviews.operations import reviews
from upstream_web.reviews.policies import missing_before_closure

SOON = timedelta(days=14)
STAGES = (("under way", "Under way"), ("follow-up", "Followed up"), ("closed", "Closed"))


class ReviewRegister(Register[Any]):
    """What all kinds of record of reviews share."""

    area, section = "account", "reviews"
    see, change = Permission.REVIEW_VIEW, Permission.REVIEW_CHANGE

    def crumbs(self, record: Any = None) -> list[tuple[str, str]]:
        """Below the review where there is one."""
        if record is not None and record.pk:
            return [("Incident reviews", reverse("incident-review-list")), (str(record.review), review_address(record))]
        return [("Incident reviews", reverse("incident-review-list")), (self.title, self.address())]

    def can_change(self, record: Any) -> str:
        """Nothing changes under a review that is closed."""
        return "The review is closed. Open it again first." if record.review.closed_on else ""


def review_address(record: Any) -> str:
    """Give the address of the review under which something stands."""
    return str(record.review.get_absolute_url())


def stage_tag(review: IncidentReview) -> Tag:
    """Say where a review stands, and whether something of it is late."""
    today = timezone.localdate()
    if review.closed_on:
        return Tag("done", f"Closed {short_day_words(review.closed_on)}")
    late = [step.due_on for step in review.steps.all() if step.is_open and step.due_on and step.due_on < today]
    if late:
        return Tag("late", f"Late since {short_day_words(min(late))}")
    return Tag("due" if review.learning_agreed_on else "", "Followed up" if review.learning_agreed_on else "Under way")


def by_stage(records: QuerySet[IncidentReview], value: str) -> QuerySet[IncidentReview]:
    """Narrow to those at a stage."""
    if value == "closed":
        return records.exclude(closed_on=None)
    return records.filter(closed_on=None, learning_agreed_on__isnull=value == "under way")


def next_step(review: IncidentReview) -> str:
    """Say what comes next, and by when."""
    step = next((each for each in review.steps.all() if each.is_open), None)
    if step is None or review.closed_on:
        return ""
    return f"{step.title} by {short_day_words(step.due_on)}" if step.due_on else str(step.title)


class IncidentReviews(Register[IncidentReview]):
    """Reviews after serious incidents."""

    model = IncidentReview
    noun, plural = "incident review", "incident reviews"
    area, section = "account", "reviews"
    see, change = Permission.REVIEW_VIEW, Permission.REVIEW_CHANGE
    form = IncidentReviewForm
    searched = ("title", "area", "scope", "commissioned_by__name")
    related = ("commissioned_by", "lead")
    order = ("-aware_on",)
    list_template = "reviews/review_list.html"
    page_template = "reviews/review.html"
    empty = "A review begins with its kind and the day on which you became aware; its steps and clocks follow."
    columns = (
        Column("title", "Review", sort=("title",)),
        Column("sort", "Kind", value="sort_words", sort=("sort",)),
        Column("commissioned_by", "Commissioned by", sort=("commissioned_by__name",)),
        Column("aware_on", "Became aware", sort=("aware_on",)),
        Column("stage", "State", value=stage_tag, sort=("closed_on", "learning_agreed_on")),
        Column("next", "Next", value=next_step),
        Column("area", "Area", sort=("area",), quiet=True),
        Column("publication", "Published", value="get_publication_display", only_exported=True),
    )
    filters = (
        Filter("stage", "State", STAGES, narrow=by_stage),
        Filter("sort", "Kind", codes.kind_choices),
    )

    def records(self) -> QuerySet[Any]:
        """With their steps."""
        return super().records().prefetch_related("steps")

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how those stand that are asked for; the list holds only what the person may see."""
        found = list(records)
        if not found:
            return ""
        stages = [each.stage for each in found]
        late = sum(stage_tag(each).kind == "late" for each in found)
        said = f"{stages.count('under way')} under way, {stages.count('follow-up')} followed up"
        return f"{said}, {stages.count('closed')} closed; {late or 'none'} with a step that is late."

    def list_context(self, person: Any) -> dict[str, Any]:
        """Give what keeps coming back."""
        rows = queries.themes_across(person)
        return {"themes_said": queries.themes_sentence(rows, queries.reviews(person).count())}

    def facts(self, record: IncidentReview) -> list[tuple[str, Any]]:
        """Say what kind, of what, under whom."""
        kind = codes.kinds().get(record.sort)
        chair = (
            f"{record.chair_role}{', independent' if record.chair_is_independent else ''}" if record.chair_role else ""
        )
        rows = [
            ("State", stage_tag(record)), ("Kind", record.sort_words), ("Law", kind.law if kind else ""),
            ("Incident", record.happened_on), ("Area", record.area), ("Became aware", record.aware_on),
            ("Commissioned by", record.commissioned_by), ("Chair", chair),
            ("Kept by", record.lead.name if record.lead else ""),
            ("Open to", "named people only" if record.restricted else "those who read reviews"),
            ("Learning agreed", record.learning_agreed_on), ("Closed", record.closed_on),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: IncidentReview, person: Any) -> dict[str, Any]:
        """Give everything that stands under it: it is seen by those who see the review."""
        today = timezone.localdate()
        kept: Any = record
        brief = getattr(record, "draft", None)
        brief = brief if brief is not None and brief.removed_at is None else None
        clock = clocks.brief_clock(record, brief.issued_on if brief else None, today)
        actions = list(kept.actions.present().select_related("body").prefetch_related("rechecks"))
        return {
            "review_kind": codes.kinds().get(record.sort),
            "steps_with_clocks": [step_row(step, today) for step in kept.steps.present()],
            "parts": [(part, part_tag(part, today)) for part in kept.parts.present().select_related("body")],
            "points": list(kept.learning.present()),
            "actions": [(action, action_tag(action, today), _rechecks(action)) for action in actions],
            "left": [] if record.closed_on else missing_before_closure(record),
            "readers": list(kept.readers.present().select_related("person")),
            "brief": brief,
            "brief_clock": clock,
            "brief_look": clocks.look(clock) if clock else "",
            "may_keep": self.may_change(person, record) and not record.removed_at and not record.closed_on,
        }

    def can_change(self, record: IncidentReview) -> str:
        """A closed review is opened again first."""
        return "Closed. Open it again first, and say why." if record.closed_on else ""

    def make(self, record: IncidentReview, *, by: Any, at: datetime) -> IncidentReview:
        """Begin it with its steps."""
        return reviews.begin(review=record, by=by, at=at)

    def change_record(self, record: IncidentReview, fields: list[str], *, by: Any, at: datetime) -> IncidentReview:
        """Count its steps again."""
        return reviews.change(review=record, fields=fields, by=by, at=at)

    def acts(self, record: IncidentReview, person: Any) -> list[Act]:
        """Offer what comes next."""
        if record.removed_at or not self.may_change(person, record):
            return []
        if record.closed_on:
            return [Act("Open again", reverse("review-open-again", args=[record.pk]))]
        found = (
            [] if record.learning_agreed_on else [Act("Agree the learning", reverse("review-agree", args=[record.pk]))]
        )
        found.append(Act("Decide on publication", reverse("review-publication", args=[record.pk])))
        if not record.learning_agreed_on:
            return found
        is_ready = not missing_before_closure(record)
        return [Act("Close", reverse("review-close", args=[record.pk]), is_main=is_ready), *found]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the last days of steps whose clocks run."""
        today = timezone.localdate()
        for step in queries.open_steps(person).filter(due_on__range=(since, until)):
            yield _dated(step, today)

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the steps due within two weeks, to whoever keeps the review or may change it."""
        for step in queries.open_steps(person).filter(due_on__lte=on + SOON):
            if step.review.lead_id == person.pk or may(person, Permission.REVIEW_CHANGE, about=step.review):
                yield _dated(step, on)

    def neighbours(self, record: IncidentReview) -> Iterable[Neighbour]:
        """Give the body that commissioned it, what it found and what follows."""
        kept: Any = record
        yield Neighbour(record.commissioned_by, "was commissioned by", False)
        for point in kept.learning.present():
            yield Neighbour(point, "found", True)
        for action in kept.actions.present().filter(point=None):
            yield Neighbour(action, "is followed up by", True)


def _dated(step: ReviewStep, on: date) -> Dated:
    assert step.due_on is not None  # those without a last day are left out
    kind = "late" if step.due_on < on else "soon"
    return Dated(step.review, step.due_on, str(step), kind, what=f"step-{step.key}")


StepRow = tuple[ReviewStep, Stand | None, str, Tag]


def step_row(step: ReviewStep, on: date) -> StepRow:
    """Give a step with its clock, how that looks, and its state as a tag."""
    clock = clocks.step_clock(step, on)
    if step.left_out:
        tag = Tag("", "Left out")
    elif step.done_on:
        late = step.due_on is not None and step.done_on > step.due_on
        tag = Tag("done", f"Done {short_day_words(step.done_on)}{', late' if late else ''}")
    elif step.due_on is None:
        tag = Tag("", "Counts once the step before is done" if step.begins else "To be done")
    else:
        tag = Tag("late" if step.due_on < on else "due", clock.words if clock else "")
    return step, clock, clocks.look(clock) if clock else "", tag


def part_tag(part: ReviewPart, on: date) -> Tag:
    """Say whether a contribution was given."""
    if part.given_on:
        return Tag("done", f"Given {short_day_words(part.given_on)}{', late' if part.given_on > part.owed_on else ''}")
    return Tag("late", f"Not given since {short_day_words(part.owed_on)}") if part.owed_on < on else Tag("", "Asked")


def action_tag(action: ReviewAction, on: date) -> Tag:
    """Say how an action stands; one that did not last says so."""
    if action.done_on:
        return Tag("done", f"Done {short_day_words(action.done_on)}")
    again = "Open again, " if action.not_lasting else ""
    if action.due_on < on:
        return Tag("late", capital(f"{again}late since {short_day_words(action.due_on)}"))
    return Tag("due" if action.not_lasting else "", capital(f"{again}due {short_day_words(action.due_on)}"))


def _rechecks(action: Any) -> list[Any]:
    return [each for each in action.rechecks.all() if each.removed_at is None]
