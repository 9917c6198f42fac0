"""Returns, from draft to sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import count_words, short_day_words
from upstream_web.duty import comparing
from upstream_web.duty.body_register import DutyRegister
from upstream_web.duty.forms import ReturnBeginForm, form_choices
from upstream_web.duty.models import DutyReturn, ReturnState
from upstream_web.duty.operations import returns
from upstream_web.duty.return_forms import Field, ReturnForm, find_form
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.papers import papers_of
from upstream_web.records.register import Act, Dated, Register

SOON = timedelta(days=30)
STEPS = tuple(ReturnState)


def return_tag(made: DutyReturn) -> Tag:
    """Say where it stands; late until it is sent."""
    if made.state == ReturnState.SENT and made.sent_on:
        return Tag("done", f"Sent {short_day_words(made.sent_on)}")
    if made.due_on < timezone.localdate():
        return Tag("late", f"{made.get_state_display()}, late since {short_day_words(made.due_on)}")
    return Tag("due" if made.is_frozen else "", made.get_state_display())


class DutyReturns(DutyRegister):
    """Statutory and grant returns of the duty."""

    model = DutyReturn
    noun, plural = "return", "returns"
    form = ReturnBeginForm
    searched = ("form_key", "corrects", "sent_proof")
    order = ("-year", "-quarter", "form_key")
    page_template = "duty/return.html"
    empty = "A return is composed from the records, checked by one person, signed off by another, frozen and sent."
    columns = (
        Column("title", "Return", value=str, sort=("form_key", "year", "quarter")),
        Column("period", "Period", sort=("year", "quarter")),
        Column("state", "State", value=return_tag, sort=("state",)),
        Column("due_on", "Due", sort=("due_on",)),
        Column("signed_by", "Signed off by"),
        Column("fingerprint", "Hash", only_exported=True),
    )
    filters = (Filter("state", "State", ReturnState.choices), Filter("form_key", "Return", form_choices))

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many are still to be sent."""
        found = list(records)
        waiting = sum(each.state != ReturnState.SENT for each in found)
        return f"{count_words(len(found), 'return')}; {waiting or 'none'} still to be sent."

    def facts(self, record: DutyReturn) -> list[tuple[str, Any]]:
        """Say where it stands and who answered for it."""
        form = find_form(record.form_key)
        rows = [
            ("State", return_tag(record)), ("Period", record.period), ("To", form.to if form else ""),
            ("Due", record.due_on), ("Composed", record.composed_at), ("Checked", record.checked_on),
            ("Checked by", record.checked_by), ("Signed off", record.signed_on), ("By", record.signed_by),
            ("Sent", record.sent_on), ("Proof", record.sent_proof), ("Corrects", record.corrects),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: DutyReturn, person: Any) -> dict[str, Any]:
        """Give the answers, what differs from the return before and from the records now, and the kept papers."""
        form = find_form(record.form_key)
        before = comparing.previous(record)
        return {
            "return_form": form,
            "parts": _parts(form, record) if form else [],
            "before": before,
            "differences": comparing.differences(form, before, record) if form and before else [],
            "drift": comparing.drift(form, record) if form else [],
            "kept_papers": list(papers_of(record)),
            "steps": _steps(record),
            "steps_open": _steps_open(record, person),
        }

    def can_change(self, record: DutyReturn) -> str:
        """A frozen return is opened again first; form and period stay once somebody checked."""
        if record.is_frozen:
            return "Signed off and frozen. Open it again to correct it; what was signed stays kept."
        return "" if record.state == ReturnState.DRAFT else "Checked. Send it back to change it."

    def make(self, record: DutyReturn, *, by: Any, at: datetime) -> DutyReturn:
        """Begin it."""
        return returns.begin(made=record, by=by, at=at)

    def change_record(self, record: DutyReturn, fields: list[str], *, by: Any, at: datetime) -> DutyReturn:
        """Compose it for its period."""
        return returns.compose(made=record, by=by, at=at)

    def acts(self, record: DutyReturn, person: Any) -> list[Act]:
        """Offer filling a draft in."""
        if record.removed_at or record.state != ReturnState.DRAFT or not self.may_change(person, record):
            return []
        return [
            Act("Fill in", reverse("duty-return-fill", args=[record.pk]), is_main=True),
            Act("Compose again", reverse("duty-return-step", args=[record.pk, "compose"]), posts=True),
        ]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which returns are due."""
        for each in _unsent(self, person).filter(due_on__range=(since, until)):
            kind = "late" if each.due_on < timezone.localdate() else "soon"
            yield Dated(each, each.due_on, f"Due: {each}", kind, each.get_state_display(), "due")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give checked returns to those who sign, all others due within a month to those who keep the duty."""
        keeps = may(person, Permission.DUTY_CHANGE)
        for each in _unsent(self, person).filter(due_on__lte=on + SOON):
            if _may_sign(each, person) if each.state == ReturnState.CHECKED else keeps:
                kind = "late" if each.due_on < on else "soon"
                words = "To be signed off" if each.state == ReturnState.CHECKED else each.get_state_display()
                yield Dated(each, each.due_on, str(each), kind, words, "due")


def _unsent(register: Register[Any], person: Any) -> QuerySet[Any]:
    return register.visible_to(person).present().exclude(state=ReturnState.SENT)  # type: ignore[attr-defined]


Said = list[tuple[Field, str, str]]


def _parts(form: ReturnForm, made: DutyReturn) -> list[tuple[str, Said, Said]]:
    """Give each part with its short answers and its texts: field, what it says, and where that comes from."""
    found = []
    for part in form.parts:
        said = [(f, f.shown(made.answers.get(f.key, "")), _origin(f, made)) for f in part.fields]
        short = [each for each in said if each[0].type != "text"]
        found.append((part.heading, short, [each for each in said if each[0].type == "text"]))
    return found


def _origin(field: Field, made: DutyReturn) -> str:
    if not field.query:
        return "typed"
    drawn = made.drawn.get(field.key, "")
    if made.answers.get(field.key, "") == drawn:
        return "from the records"
    return f"typed; the records said {field.shown(drawn) or 'nothing'}"


def _steps(made: DutyReturn) -> list[tuple[str, str, date | None]]:
    """Give the way from draft to sent: label, how it looks, and when."""
    days = (made.composed_at, made.checked_on, made.signed_on, made.sent_on)
    now = STEPS.index(ReturnState(made.state))
    looks = ["is-done" if place < now else "is-now" if place == now else "is-next" for place in range(len(STEPS))]
    return [(step.label, look, day) for step, look, day in zip(STEPS, looks, days, strict=True)]


def _may_sign(made: DutyReturn, person: Any) -> bool:
    """Whether the person signs a checked return: another than who checked it."""
    return person.get_username() != made.checked_by and may(person, Permission.RETURN_SIGN, about=made)


def _steps_open(made: DutyReturn, person: Any) -> list[tuple[str, str, bool]]:
    """Give the steps that this person may take now: name, label, and whether it asks for words first."""
    signs = _may_sign(made, person)
    keeps = may(person, Permission.DUTY_CHANGE, about=made)
    sent, again = ("send", "Note that it was sent", True), ("open-again", "Open again for a correction", True)
    found = {
        ReturnState.DRAFT: [("check", "Checked: it is right", False)] if keeps else [],
        ReturnState.CHECKED: ([("sign", "Sign off and freeze", False)] if signs else [])
        + ([("send-back", "Send back", True)] if signs or keeps else []),
        ReturnState.SIGNED: [sent, again] if keeps else [],
        ReturnState.SENT: [again] if keeps else [],
    }
    return [] if made.removed_at else found[ReturnState(made.state)]
