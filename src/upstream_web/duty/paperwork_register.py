"""Agreements, the definition of serious violence, dates of assessment and strategy, requests and directions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words, short_day_words
from upstream_web.duty import clocks, queries, timed
from upstream_web.duty.body_register import DutyRegister
from upstream_web.duty.forms import AgreementForm, DateForm, DefinitionForm, NoticeForm
from upstream_web.duty.models import (
    Agreement,
    AgreementSort,
    DutyDate,
    DutyNotice,
    DutyPaper,
    NoticeSort,
    ViolenceDefinition,
)
from upstream_web.duty.operations import agreements
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Dated, Neighbour, Timed

SOON = timedelta(days=56)


def agreement_tag(each: Agreement) -> Tag:
    """Say whether it binds, and whether it was to be reviewed."""
    today = timezone.localdate()
    if each.from_on > today:
        return Tag("", "Not yet in force")
    if not each.is_in_force(today):
        return Tag("", "Ended")
    if each.review_on < today:
        return Tag("late", "Review overdue")
    return Tag("done", "In force")


def signed_words(each: Agreement) -> str:
    """Say how many signed."""
    places = [signature for signature in each.signatures.all() if signature.removed_at is None]
    return f"{sum(place.signed_on is not None for place in places)} of {len(places)}"


class Agreements(DutyRegister):
    """Partnership agreements, operating frameworks and information sharing agreements."""

    model = Agreement
    noun, plural = "agreement", "agreements"
    form = AgreementForm
    searched = ("title", "summary", "edition")
    order = ("-from_on",)
    page_template = "duty/agreement.html"
    empty = "An agreement has a place to sign for every specified authority and the local policing body."
    columns = (
        Column("title", "Agreement", sort=("title",)),
        Column("sort", "What it is", value="get_sort_display", sort=("sort",)),
        Column("edition", "Version"),
        Column("state", "State", value=agreement_tag),
        Column("signed", "Signed", value=signed_words),
        Column("from_on", "In force from", sort=("from_on",)),
        Column("review_on", "Review by", sort=("review_on",)),
    )
    filters = (Filter("sort", "What it is", AgreementSort.choices),)

    def records(self) -> QuerySet[Any]:
        """With the places to sign."""
        return super().records().prefetch_related("signatures")

    def context(self, record: Agreement, person: Any) -> dict[str, Any]:
        """Give the places to sign."""
        return {
            "tag": agreement_tag(record),
            "signed": signed_words(record),
            "signatures": record.signatures.present().select_related("body__organisation"),
            "may_sign": may(person, Permission.DUTY_CHANGE, about=record),
        }

    def make(self, record: Agreement, *, by: Any, at: datetime) -> Agreement:
        """Lay it down with its places to sign."""
        return agreements.lay_down(agreement=record, by=by, at=at)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which agreements in force are to be reviewed."""
        for each in queries.agreements_in_force(timezone.localdate(), person):
            if since <= each.review_on <= until:
                kind = "late" if each.review_on < timezone.localdate() else "soon"
                yield Dated(each, each.review_on, f"Review of {each}", kind, what="review")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the reviews due within eight weeks, to those who keep the duty."""
        if may(person, Permission.DUTY_CHANGE):
            for each in queries.agreements_in_force(on, person):
                if each.review_on <= on + SOON:
                    kind = "late" if each.review_on < on else "soon"
                    yield Dated(each, each.review_on, f"Review of {each}", kind, what="review")


class Definitions(DutyRegister):
    """Versions of the definition of serious violence."""

    model = ViolenceDefinition
    noun, plural = "definition of serious violence", "definitions of serious violence"
    form = DefinitionForm
    searched = ("title", "kinds", "why")
    order = ("-from_on",)
    page_template = "duty/definition.html"
    empty = "It says which kinds count, why, and who was consulted; counts elsewhere name it."
    columns = (
        Column("title", "Definition", sort=("title",)),
        Column("kinds", "Kinds", value=lambda each: count_words(len(each.kind_list()), "kind")),
        Column("from_on", "In force from", sort=("from_on",)),
        Column("state", "State", value=lambda each: definition_tag(each)),
    )

    def records(self) -> QuerySet[Any]:
        """Say along with each whether a later one has taken its place."""
        later = ViolenceDefinition.objects.present().filter(
            from_on__gt=OuterRef("from_on"), from_on__lte=timezone.localdate()
        )
        return super().records().annotate(is_replaced=Exists(later))

    def lede(self, records: QuerySet[Any]) -> str:
        """Name the one in force."""
        found = queries.definition_in_force(timezone.localdate())
        return f"“{found}” has been in force since {short_day_words(found.from_on)}." if found else ""

    def facts(self, record: ViolenceDefinition) -> list[tuple[str, Any]]:
        """Say when it holds."""
        return [("In force from", record.from_on), ("State", definition_tag(record))]


def definition_tag(each: Any) -> Tag:
    """Say whether it is the one that counts today."""
    if each.from_on > timezone.localdate():
        return Tag("", "Not yet in force")
    return Tag("", "Replaced") if each.is_replaced or each.removed_at else Tag("done", "In force")


class DutyDates(DutyRegister):
    """When needs assessment and strategy were published and reviewed."""

    model = DutyDate
    noun, plural = "assessment or strategy date", "assessment and strategy dates"
    form = DateForm
    order = ("-done_on",)
    empty = "Write down when the needs assessment and the strategy were last published; the yearly clock begins then."
    columns = (
        Column("title", "What was done", sort=("title",)),
        Column("paper", "Paper", value="get_paper_display", sort=("paper",)),
        Column("done_on", "On", sort=("done_on",)),
        Column("due_on", "Next review by", value=lambda each: next_review(each), sort=("due_on",)),
    )
    filters = (Filter("paper", "Paper", DutyPaper.choices),)

    def records(self) -> QuerySet[Any]:
        """Say along with each whether the paper was published or reviewed again."""
        again = Q(done_on__gt=OuterRef("done_on")) | Q(done_on=OuterRef("done_on"), pk__gt=OuterRef("pk"))
        later = DutyDate.objects.present().filter(again, paper=OuterRef("paper"))
        return super().records().annotate(is_done_since=Exists(later))

    def make(self, record: DutyDate, *, by: Any, at: datetime) -> DutyDate:
        """Begin the year."""
        return agreements.set_date(dated=record, by=by, at=at)

    def change_record(self, record: DutyDate, fields: list[str], *, by: Any, at: datetime) -> DutyDate:
        """Count the year again."""
        return agreements.set_date(dated=record, by=by, at=at)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the next review of each paper."""
        for dated, clock in queries.next_clocks(timezone.localdate()):
            if since <= clock.due_on <= until:
                kind = "late" if clock.state in clocks.LATE else "soon"
                yield Dated(dated, clock.due_on, f"{dated.get_paper_display()}: yearly review", kind, what="review")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the reviews due within eight weeks, to those who keep the duty."""
        if may(person, Permission.DUTY_CHANGE):
            for dated, clock in queries.next_clocks(on):
                if clock.due_on <= on + SOON:
                    kind = "late" if clock.state in clocks.LATE else "soon"
                    yield Dated(
                        dated, clock.due_on, f"{dated.get_paper_display()}: yearly review", kind, clock.words, "review"
                    )

    def clocks(self, person: Any, since: date) -> Iterable[Timed]:
        """Give the yearly reviews of both papers."""
        return timed.of_papers(person)


def next_review(each: Any) -> Tag | date | None:
    """Give the day of the next review, as late once it has passed; none where it was done since."""
    if each.is_done_since or each.removed_at:
        return Tag("done", "Done since")
    return (
        Tag("late", f"Late since {short_day_words(each.due_on)}") if each.due_on < timezone.localdate() else each.due_on
    )


def notice_tag(each: DutyNotice) -> Tag:
    """Say how it stands."""
    if each.ended_on:
        return Tag("done", f"Ended {short_day_words(each.ended_on)}")
    if each.answer_by_on and each.answer_by_on < timezone.localdate():
        return Tag("late", "Overdue")
    return Tag("due", "Open")


class DutyNotices(DutyRegister):
    """Requests, directions and disagreements."""

    model = DutyNotice
    noun, plural = "request or direction", "requests and directions"
    form = NoticeForm
    searched = ("title", "words", "from_name", "to_body__organisation__name", "outcome")
    related = ("to_body__organisation",)
    order = ("-raised_on",)
    page_template = "duty/notice.html"
    empty = "Actions asked under section 15, information under section 17, directions under section 18, disagreements."
    columns = (
        Column("title", "About", sort=("title",)),
        Column("sort", "What it is", value="get_sort_display", sort=("sort",)),
        Column("from_name", "From", sort=("from_name",)),
        Column("to_body", "To", sort=("to_body__organisation__name",)),
        Column("raised_on", "Raised", sort=("raised_on",)),
        Column("state", "State", value=notice_tag),
    )
    filters = (Filter("sort", "What it is", NoticeSort.choices),)

    def facts(self, record: DutyNotice) -> list[tuple[str, Any]]:
        """Say between whom, and when."""
        rows = [
            ("State", notice_tag(record)), ("What it is", record.get_sort_display()), ("From", record.from_name),
            ("To", record.to_body), ("Raised", record.raised_on), ("Answer by", record.answer_by_on),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the answers that are wanted."""
        for each in queries.open_notices(person).filter(answer_by_on__range=(since, until)):
            assert each.answer_by_on is not None  # the filter leaves those without a day out
            kind = "late" if each.answer_by_on < timezone.localdate() else "soon"
            yield Dated(each, each.answer_by_on, f"Answer by {each.to_body}: {each}", kind, what="answer")

    def neighbours(self, record: DutyNotice) -> Iterable[Neighbour]:
        """Give the body it went to."""
        yield Neighbour(record.to_body, "was sent to", True)
