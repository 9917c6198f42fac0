"""Reminders of clocks by their rules: to whom each goes on a day, in which words, and by which letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet

from upstream.clocks import Reminder, ReminderKind, reminders
from upstream_web.access.authorisation import may
from upstream_web.access.models import User
from upstream_web.records.digests import letter, lines_of
from upstream_web.records.kept_time import LOOKS_BACK, timed
from upstream_web.records.models import DigestChoice, Notice
from upstream_web.records.models.answers import Answers
from upstream_web.records.models.hanging import RecordName
from upstream_web.records.operations.notices import Told
from upstream_web.records.register import Dated, Timed, find_register, registers

CAUGHT_UP = 3  # days: a weekend in which the machine stood still loses nobody a reminder
NAME_LENGTH = 25
REASONS = {ReminderKind.COMING: "waiting", ReminderKind.LATE: "late", ReminderKind.ESCALATION: "escalated"}
STATES = {"late": "late", "soon": "waiting", "danger": "late"}


def due_reminders(on: date) -> Iterator[tuple[Timed, Reminder]]:
    """Give the reminders of a day and of the few before it, of each clock only the newest of each kind."""
    found = {str(number): each for number, each in enumerate(timed(None, on - LOOKS_BACK))}
    clocks = {key: each.clock for key, each in found.items()}
    newest: dict[tuple[str, bool], Reminder] = {}
    for back in range(CAUGHT_UP, -1, -1):
        for reminder in reminders(clocks, on=on - timedelta(days=back)):
            newest[reminder.clock_key, reminder.kind is ReminderKind.ESCALATION] = reminder
    for (key, _), reminder in newest.items():
        yield found[key], reminder


def told_on(on: date) -> list[Told]:
    """Say to whom the reminders of a day go: who answers for the clock, and when late those above them too."""
    keepers = _Keepers()
    return [
        Told(person, REASONS[reminder.kind], _name(each), _words(each, reminder), _occasion(each, reminder))
        for each, reminder in due_reminders(on)
        for person in _receivers(each, reminder, keepers)
    ]


def waiting_by_person(on: date) -> Iterator[list[Told]]:
    """Give for each active person what waits for them on a day, but for records of which a clock tells."""
    clocked = {_name(each) for each in timed(None, on - LOOKS_BACK)}
    answers = Answers()
    for person in User.objects.with_rights().filter(is_active=True):
        with answers:
            waiting = waiting_on(on, person, clocked)
        yield waiting


def waiting_on(on: date, person: User, clocked: Container[RecordName]) -> list[Told]:
    """Give what waits for a person on a day and is late or nearly so."""
    return [
        Told(
            person.pk, STATES[each.state], _name(each), each.words, f"{each.what} {each.on.isoformat()}", to_mail=False
        )
        for register in registers()
        for each in register.waiting_for(person, on)
        if each.state in STATES and _name(each) not in clocked
    ]


class _Keepers:
    """Those who may change records of a kind, asked once for each kind."""

    def __init__(self) -> None:
        self.people = list(User.objects.with_rights().filter(is_active=True))
        self.active = {person.pk for person in self.people}
        self.known: dict[str, tuple[int, ...]] = {}

    def of(self, each: Timed) -> tuple[int, ...]:
        """Give those who keep the register in which a record stands."""
        kind = each.record.kind
        if kind not in self.known:
            change = getattr(find_register(kind), "change", None)
            self.known[kind] = tuple(p.pk for p in self.people if change is not None and may(p, change))
        return self.known[kind]


def _receivers(each: Timed, reminder: Reminder, keepers: _Keepers) -> set[int]:
    """Who answers for it; where nobody does, who keeps the register. Lateness goes above, or else to the keepers."""
    own = set(each.people) & keepers.active or set(keepers.of(each))
    if reminder.kind is not ReminderKind.ESCALATION:
        return own
    return set(each.above) & keepers.active or set(keepers.of(each))


def _name(each: Dated | Timed) -> RecordName:
    return each.record.kind, each.record.pk


def _words(each: Timed, reminder: Reminder) -> str:
    to = f" By the rule it is taken to {reminder.escalate_to}." if reminder.escalate_to else ""
    return f"{each.title}. {reminder.words.rstrip('.')}.{to}"


def _occasion(each: Timed, reminder: Reminder) -> str:
    """Name a reminder so that it is told once: by rule, kind, distance and last day."""
    return f"{each.clock.rule.name[:NAME_LENGTH]}{reminder.key.removeprefix(reminder.clock_key)[:35]}"


# ---- letters -------------------------------------------------------------------------------------------------
def waiting_for_mail(until: datetime) -> Mapping[int, list[Notice]]:
    """Give by person the reminders until a moment that no letter told, to those with an address who did not refuse."""
    refused = DigestChoice.objects.filter(reminders=False).values("person")
    waiting: QuerySet[Notice] = Notice.objects.filter(
        to_mail=True, mailed_at=None, at__lte=until, person__is_active=True
    )
    found: dict[int, list[Notice]] = defaultdict(list)
    for notice in waiting.exclude(person__email="").exclude(person__in=refused).order_by("at", "pk"):
        found[notice.person_id].append(notice)
    return found


def reminder_letter(person: User, notices: Iterable[Notice], day: date, site: str) -> EmailMultiAlternatives | None:
    """Write one letter about all reminders of a person; None when no record of them is open to the person."""
    told = list(notices)
    lines = lines_of(person, told, site)
    return letter(person, lines, day, site, number="-".join(str(each.pk) for each in told[:3])) if lines else None
