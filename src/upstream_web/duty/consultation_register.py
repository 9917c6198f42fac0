"""Consultations, those that wait longest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.clocks import rule
from upstream_web.core.words import count_words, short_day_words
from upstream_web.duty import clocks, queries, timed
from upstream_web.duty.body_register import DutyRegister
from upstream_web.duty.forms import ConsultationForm
from upstream_web.duty.models import Consultation, ConsultedSort
from upstream_web.duty.operations import consultations
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour, Timed

SOON = timedelta(days=14)
STATES = (("waiting", "No reply yet"), ("overdue", "Reply overdue"), ("replied", "Replied"),
          ("unanswered", "Replied; what changed is not said"))  # fmt: skip


def reply_tag(each: Consultation) -> Tag:
    """Say whether a reply came."""
    if each.replied_on:
        return Tag("done", f"Replied {short_day_words(each.replied_on)}")
    if each.due_on < timezone.localdate():
        return Tag("late", f"Silent since {short_day_words(each.due_on)}")
    return Tag("", f"Wanted by {short_day_words(each.due_on)}")


def by_state(records: QuerySet[Consultation], value: str) -> QuerySet[Consultation]:
    """Narrow to those that wait, are overdue, have replied, or wait for our word."""
    if value == "replied":
        return records.exclude(replied_on=None)
    if value == "unanswered":
        return records.exclude(replied_on=None).filter(changed="")
    waiting = records.filter(replied_on=None)
    return waiting.filter(due_on__lt=timezone.localdate()) if value == "overdue" else waiting


class Consultations(DutyRegister):
    """Who was asked what, what they said, and what came of it."""

    model = Consultation
    noun, plural = "consultation", "consultations"
    form = ConsultationForm
    searched = ("asked", "about", "question", "reply", "changed")
    related = ("organisation",)
    order = ("due_on",)
    list_template = "duty/consultation_list.html"
    page_template = "duty/consultation.html"
    empty = "Ask one body, or everybody on a list at once."
    columns = (
        Column("asked", "Who was asked", sort=("asked",)),
        Column("about", "About", sort=("about",)),
        Column("sort", "What they are", value="get_sort_display", sort=("sort",)),
        Column("asked_on", "Sent", sort=("asked_on",)),
        Column("state", "Reply", value=reply_tag, sort=("replied_on", "due_on")),
        Column("reminders", "Reminders", is_number=True),
        Column("reply", "What they said", only_exported=True),
        Column("changed", "What we changed", only_exported=True),
    )
    filters = (
        Filter("state", "Reply", STATES, narrow=by_state),
        Filter("sort", "What they are", ConsultedSort.choices),
    )

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many replied and how many are silent."""
        asked, replied = records.count(), records.exclude(replied_on=None).count()
        late = records.filter(replied_on=None, due_on__lt=timezone.localdate()).count()
        said = f"{replied} of {count_words(asked, 'body or group', 'bodies and groups')} replied"
        days, verb = rule(clocks.REPLY).length, "is" if late == 1 else "are"
        return f"{said}; {late} {verb} silent beyond the {days} working days."

    def facts(self, record: Consultation) -> list[tuple[str, Any]]:
        """Say who was asked and when."""
        rows = [
            ("Reply", reply_tag(record)), ("Who was asked", record.asked), ("What they are", record.get_sort_display()),
            ("Organisation", record.organisation), ("Sent", record.asked_on), ("Sent to", record.email),
            ("Reply wanted by", record.due_on), ("Reminders", record.reminders),
            ("Last reminded", record.reminded_on),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Consultation, person: Any) -> dict[str, Any]:
        """Give the clock."""
        clock = clocks.reply_clock(record, timezone.localdate())
        return {"clock": clock, "look": clocks.look(clock)}

    def acts(self, record: Consultation, person: Any) -> list[Act]:
        """Offer what comes next."""
        if record.removed_at or not may(person, Permission.DUTY_CHANGE, about=record):
            return []
        reply = reverse("consultation-reply", args=[record.pk])
        if record.replied_on:
            changed = reverse("consultation-changed", args=[record.pk])
            return [Act("Say what we changed", changed, is_main=not record.changed), Act("Put the reply right", reply)]
        remind = reverse("consultation-remind", args=[record.pk])
        letter = reverse("consultation-letter", args=[record.pk, "pdf"])
        return [
            Act("Take down the reply", reply, is_main=True),
            Act("Note a reminder", remind, posts=True),
            Act("Reminder as a letter", letter),
        ]

    def make(self, record: Consultation, *, by: Any, at: datetime) -> Consultation:
        """Begin the clock."""
        return consultations.ask(consultation=record, by=by, at=at)

    def change_record(self, record: Consultation, fields: list[str], *, by: Any, at: datetime) -> Consultation:
        """Count the clock again."""
        return consultations.change(consultation=record, fields=fields, by=by, at=at)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the replies that are wanted."""
        for each in queries.open_consultations(person).filter(due_on__range=(since, until)):
            kind = "late" if each.due_on < timezone.localdate() else "soon"
            yield Dated(each, each.due_on, f"Reply of {each.asked}: {each.about}", kind, what="reply")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the replies due within two weeks or late, to those who keep the duty."""
        if may(person, Permission.DUTY_CHANGE):
            for each in queries.open_consultations(person).filter(due_on__lte=on + SOON):
                kind = "late" if each.due_on < on else "soon"
                yield Dated(each, each.due_on, f"Reply of {each.asked}: {each.about}", kind, what="reply")

    def neighbours(self, record: Consultation) -> Iterable[Neighbour]:
        """Give the organisation, where we keep it."""
        if record.organisation:
            yield Neighbour(record.organisation, "asked", False)

    def clocks(self, person: Any, since: date) -> Iterable[Timed]:
        """Give the replies."""
        return timed.of_consultations(person, since)
