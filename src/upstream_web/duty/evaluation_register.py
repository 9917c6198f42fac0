"""Rounds of self-evaluation, and the judgements in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import short_day_words
from upstream_web.duty import evaluations
from upstream_web.duty.body_register import DutyRegister
from upstream_web.duty.evaluation_forms import JudgementForm, RoundForm
from upstream_web.duty.models import EvaluationRound, Judgement, RoundState
from upstream_web.duty.operations import evaluations as operations
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.papers import papers_of
from upstream_web.records.register import Act, Dated, Neighbour

SOON = timedelta(days=30)


def narrow_to_gaps(judgements: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Keep the judgements whose gap is open, or those whose gap was closed."""
    return evaluations.open_gaps(judgements) if value == "open" else judgements.exclude(gap_closed_on=None)


def round_tag(made: EvaluationRound) -> Tag:
    """Say where a round stands."""
    if made.signed_on:
        return Tag("done", f"Signed off {short_day_words(made.signed_on)}")
    if made.due_on < timezone.localdate():
        return Tag("late", f"{made.get_state_display()}, late since {short_day_words(made.due_on)}")
    return Tag("due" if made.state == RoundState.MODERATED else "", made.get_state_display())


class EvaluationRounds(DutyRegister):
    """Self-evaluations, a round a year."""

    model = EvaluationRound
    noun, plural = "self-evaluation", "self-evaluations"
    form = RoundForm
    searched = ("summary", "moderation")
    order = ("-year",)
    page_template = "duty/evaluation.html"
    empty = (
        "A round asks of each criterion how good we are and what shows it; a second person moderates, another signs."
    )
    columns = (
        Column("title", "Self-evaluation", value=str, sort=("year",)),
        Column("state", "State", value=round_tag, sort=("state",)),
        Column("due_on", "To be signed by", sort=("due_on",)),
        Column("moderated_by", "Moderated by"),
        Column("signed_by", "Signed off by"),
    )
    filters = (Filter("state", "State", RoundState.choices),)

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how the last round stands."""
        last = records.order_by("-year").first()
        return f"{last}: {evaluations.sentence(last, evaluations.rows(last))}" if last else ""

    def facts(self, record: EvaluationRound) -> list[tuple[str, Any]]:
        """Say where it stands and after what it asks."""
        framework = evaluations.framework_of(record)
        found = [
            ("State", round_tag(record)), ("Begun", record.begun_on), ("To be signed by", record.due_on),
            ("Edition", framework.edition), ("After", framework.source), ("Moderated", record.moderated_on),
            ("Moderated by", record.moderated_by), ("Signed off", record.signed_on), ("By", record.signed_by),
            ("Corrects", record.corrects),
        ]  # fmt: skip
        return [(label, value) for label, value in found if value]

    def context(self, record: EvaluationRound, person: Any) -> dict[str, Any]:
        """Give every criterion by theme beside the round before."""
        by_theme = evaluations.rows(record)
        every = [row for _, those in by_theme for row in those]
        return {
            "by_theme": by_theme,
            "said": evaluations.sentence(record, by_theme),
            "before": evaluations.previous(record),
            "gaps": [row for row in every if row.judgement.gap],
            "strong": [row for row in every if row.judgement.strengths],
            "today": timezone.localdate(),
            "kept_papers": list(papers_of(record)),
            "may_judge": record.state == RoundState.OPEN and self.may_change(person, record),
        }

    def can_change(self, record: EvaluationRound) -> str:
        """What is moderated or signed is opened again first."""
        return "" if record.state == RoundState.OPEN else f"{record.get_state_display()}. Open it again to change it."

    def make(self, record: EvaluationRound, *, by: Any, at: datetime) -> EvaluationRound:
        """Begin it with a place for each criterion."""
        return operations.begin(made=record, by=by, at=at)

    def acts(self, record: EvaluationRound, person: Any) -> list[Act]:
        """Offer what comes next."""
        if record.removed_at:
            return []
        keeps = self.may_change(person, record)
        again = [Act("Open again", reverse("duty-evaluation-open-again", args=[record.pk]))] if keeps else []
        if record.state == RoundState.OPEN:
            judged = {each.judged_by for each in record.judgements.all()}
            if person.get_username() in judged or not may(person, Permission.RECORD_COMMENT, about=record):
                return []
            return [Act("Moderate", reverse("duty-evaluation-moderate", args=[record.pk]))]
        signs = may(person, Permission.RETURN_SIGN, about=record) and record.moderated_by != person.get_username()
        if record.state == RoundState.MODERATED and signs:
            sign = reverse("duty-evaluation-sign", args=[record.pk])
            return [Act("Sign off and freeze", sign, is_main=True, posts=True), *again]
        return again

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days by which rounds are to be signed."""
        seen: Any = self.visible_to(person)
        for each in seen.present().filter(signed_on=None, due_on__range=(since, until)):
            kind = "late" if each.due_on < timezone.localdate() else "soon"
            yield Dated(each, each.due_on, f"{each} signed off", kind, each.get_state_display(), "due")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give moderated rounds to those who sign, others due within a month to those who keep the duty."""
        signs, keeps = may(person, Permission.RETURN_SIGN), may(person, Permission.DUTY_CHANGE)
        seen: Any = self.visible_to(person)
        for each in seen.present().filter(signed_on=None, due_on__lte=on + SOON):
            may_sign = signs and each.moderated_by != person.get_username()
            if may_sign if each.state == RoundState.MODERATED else keeps:
                kind = "late" if each.due_on < on else "soon"
                yield Dated(each, each.due_on, str(each), kind, each.get_state_display(), "due")

    def neighbours(self, record: EvaluationRound) -> Iterable[Neighbour]:
        """Give the round before."""
        before = evaluations.previous(record)
        if before is not None:
            yield Neighbour(before, "comes after", False)


class Judgements(DutyRegister):
    """Judgements, criterion by criterion."""

    model = Judgement
    noun, plural = "judgement", "judgements"
    form = JudgementForm
    searched = ("title", "why", "strengths", "gap", "gap_owner")
    related = ("round", "gap_body")
    order = ("-round__year", "place")
    page_template = "duty/judgement.html"
    can_be_made = can_be_removed = False
    empty = "Begin a self-evaluation; each criterion then has its place here."
    columns = (
        Column("title", "Criterion", sort=("title",)),
        Column("round", "Round", sort=("round__year",)),
        Column("level", "Judgement", value=lambda each: judgement_tag(each), sort=("level",)),
        Column("gap", "What is missing"),
        Column("gap_owner", "Who puts it right", sort=("gap_owner",)),
        Column("gap_due_on", "By", sort=("gap_due_on",)),
        Column("gap_closed_on", "Closed", sort=("gap_closed_on",)),
    )
    filters = (Filter("closed", "Gap", (("open", "Open"), ("closed", "Closed")), narrow=narrow_to_gaps),)

    def crumbs(self, record: Any = None) -> list[tuple[str, str]]:
        """Below its round."""
        if record is None:
            return super().crumbs(record)
        rounds = ("Self-evaluations", reverse("duty-evaluation-list"))
        return [("Duty", reverse("duty")), rounds, (str(record.round), record.round.get_absolute_url())]

    def facts(self, record: Judgement) -> list[tuple[str, Any]]:
        """Say how it is judged and who puts a gap right."""
        found = [
            ("Judgement", judgement_tag(record)), ("Round", record.round), ("Judged by", record.judged_by),
            ("Who puts it right", record.gap_owner), ("Body", record.gap_body), ("By", record.gap_due_on),
            ("Gap closed", record.gap_closed_on), ("Closed by", record.gap_closed_by),
        ]  # fmt: skip
        return [(label, value) for label, value in found if value]

    def context(self, record: Judgement, person: Any) -> dict[str, Any]:
        """Give what is asked and the scale."""
        framework = evaluations.framework_of(record.round)
        asked = next((each for each in framework.criteria if each.key == record.criterion), None)
        return {"asked": asked, "scale": framework.levels}

    def can_change(self, record: Judgement) -> str:
        """Judged while its round is open."""
        return EvaluationRounds().can_change(record.round)

    def change_record(self, record: Judgement, fields: list[str], *, by: Any, at: datetime) -> Judgement:
        """Judge it."""
        return operations.judge(judgement=record, by=by, at=at)

    def acts(self, record: Judgement, person: Any) -> list[Act]:
        """Offer to close an open gap, and to open a closed one again."""
        if not record.gap or not self.may_change(person, record):
            return []
        if record.has_open_gap:
            return [Act("Close the gap", reverse("duty-judgement-close-gap", args=[record.pk]), is_main=True)]
        return [Act("Open the gap again", reverse("duty-judgement-open-gap", args=[record.pk]))]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days by which gaps are to be closed."""
        seen: Any = self.visible_to(person)
        for each in evaluations.open_gaps(seen.present()).filter(gap_due_on__range=(since, until)):
            kind = "late" if each.gap_due_on < timezone.localdate() else "soon"
            yield Dated(each, each.gap_due_on, f"Gap closed: {each.title}", kind, what="gap")

    def neighbours(self, record: Judgement) -> Iterable[Neighbour]:
        """Give its round."""
        yield Neighbour(record.round, "belongs to", True)


def judgement_tag(each: Judgement) -> Tag:
    """Say how a criterion is judged."""
    level = evaluations.framework_of(each.round).level(each.level)
    if level is None:
        return Tag("unknown", "Not judged")
    return Tag("late" if level.gap else "done", level.title)
