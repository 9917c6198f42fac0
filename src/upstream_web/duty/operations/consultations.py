"""What is done to consultations: asking one or many, reminding, taking down the reply and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.core.clocks import due_on
from upstream_web.core.days import check_has_come
from upstream_web.core.operations import operation, tell
from upstream_web.duty import clocks
from upstream_web.duty.consulted_list import Listed
from upstream_web.duty.models import Consultation
from upstream_web.records.operations import keeping


class ReplyImpossible(WrongUse):
    """A reply cannot be taken down, or nobody can be reminded, as the consultation stands."""


@operation("consultation sent")
def ask(*, consultation: Consultation, by: Any, at: datetime) -> Consultation:
    """Note that somebody was asked; the clock to the reply begins."""
    consultation.due_on = due_on(clocks.REPLY, consultation.asked_on)
    tell(consultation, due=consultation.due_on.isoformat())
    return keeping.keep_new(consultation, by=by, at=at)


@operation("consultation sent to many")
def ask_all(
    *, listed: Iterable[Listed], about: str, question: str, on: date, by: Any, at: datetime
) -> list[Consultation]:
    """Note that everybody on a list was asked the same; those asked about it already are left as they are."""
    asked = set(Consultation.objects.present().filter(about=about).values_list("asked", flat=True))
    last_day = due_on(clocks.REPLY, on)
    made = [
        keeping.keep_new(
            Consultation(
                asked=each.name, sort=each.sort, email=each.email, about=about, question=question, asked_on=on,
                due_on=last_day,
            ),
            by=by, at=at,
        )
        for each in {each.name: each for each in listed}.values()
        if each.name not in asked
    ]  # fmt: skip
    if made:
        tell(made[0], asked=len(made), subject=about)
    return made


@operation("consultation changed")
def change(*, consultation: Consultation, fields: list[str], by: Any, at: datetime) -> Consultation:
    """Write a corrected consultation; the clock begins on the day it was sent."""
    consultation.due_on = due_on(clocks.REPLY, consultation.asked_on)
    tell(consultation, fields=fields)
    return keeping.keep(consultation, by=by, at=at)


@operation("consultation reminded")
def remind(*, consultation: Consultation, by: Any, at: datetime) -> Consultation:
    """Note that somebody who has not replied was reminded today."""
    if consultation.replied_on:
        raise ReplyImpossible(f"{consultation.asked} replied on {consultation.replied_on:%-d %B %Y}.")
    consultation.reminders += 1
    consultation.reminded_on = timezone.localdate(at)
    tell(consultation, reminders=consultation.reminders)
    return keeping.keep(consultation, by=by, at=at)


@operation("reply to a consultation taken down")
def take_reply(*, consultation: Consultation, on: date, words: str, by: Any, at: datetime) -> Consultation:
    """Take down what was said, which stops the clock; a reply taken down before is put right."""
    if on < consultation.asked_on:
        raise ReplyImpossible(
            "A reply comes after the question.", expected=f"A day from {consultation.asked_on:%-d %B %Y} on."
        )
    check_has_come(on, at)
    if not words.strip():
        raise ReplyImpossible("The reply has no words.", expected="What they said, also when it was “no comment”.")
    consultation.replied_on, consultation.reply = on, words.strip()
    tell(consultation, replied=on.isoformat())
    return keeping.keep(consultation, by=by, at=at)


@operation("said what a consultation changed")
def say_what_changed(*, consultation: Consultation, words: str, by: Any, at: datetime) -> Consultation:
    """Say what was changed because of a reply, or why nothing was."""
    if not consultation.replied_on:
        raise ReplyImpossible(f"{consultation.asked} has not replied.", do="Take down the reply first.")
    consultation.changed = words.strip()
    return keeping.keep(consultation, by=by, at=at)
