"""A reminder as a letter, for a body without an account: content only; `upstream.papers` sets it."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from upstream.papers import Block, Fact, Paper, Section, Signature, SignOff, Text, plain
from upstream_web.core.words import short_day_words
from upstream_web.core.workbench import get_partnership
from upstream_web.duty.models import Consultation, Contribution


def _letter(title: str, to: str, on: date, *, facts: list[Fact], texts: list[str], asks: str) -> Paper:
    """Give one page: to whom, about what, what is asked, and a line to sign on."""
    partnership = get_partnership().config
    sign = SignOff((Signature(f"For {partnership.name}"),))
    blocks: tuple[Block, ...] = (*(Text(plain(each)) for each in texts if each), sign)
    return Paper(
        kind="Letter",
        title=title,
        subtitle=f"To {to}",
        partnership=partnership.name,
        made_at=datetime.combine(on, time(12), tzinfo=timezone.get_default_timezone()),
        sections=(Section("Reminder", (Text(plain(asks)),)), Section("What this is about", blocks)),
        facts=(Fact("Date", short_day_words(on)), *facts),
        worked_example=partnership.worked_example,
    )


def consultation_letter(asked: Consultation, on: date) -> Paper:
    """Remind whoever was asked and has not replied."""
    late = asked.due_on < on
    verb = "was" if late else "is"
    return _letter(
        f"We have not heard from you: {asked.about}",
        asked.asked,
        on,
        facts=[Fact("Asked", short_day_words(asked.asked_on)), Fact("Reply wanted by", short_day_words(asked.due_on))],
        texts=[asked.question],
        asks=f"We asked you on {short_day_words(asked.asked_on)} under the Serious Violence Duty. A reply {verb} "
        f"wanted by {short_day_words(asked.due_on)}. If you have nothing to say, please tell us that.",
    )


def contribution_letter(owed: Contribution, on: date) -> Paper:
    """Remind a body of what it owes."""
    verb = "was" if owed.owed_on < on else "is"
    return _letter(
        f"What we agreed: {owed.title}",
        str(owed.body),
        on,
        facts=[Fact("What it is", owed.get_sort_display()), Fact("Owed by", short_day_words(owed.owed_on))],
        texts=[owed.title, owed.note],
        asks=f"Your body agreed its part under the Serious Violence Duty. This {verb} owed by "
        f"{short_day_words(owed.owed_on)}. If it cannot be given, please tell us what can, and when.",
    )
