"""What is done to a return: composing, answering, checking, signing off, sending, opening again for a correction."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream.papers import Form, Paper
from upstream_web.core.clocks import due_on
from upstream_web.core.days import check_has_come
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.core.words import short_day_words
from upstream_web.duty import comparing
from upstream_web.duty.models import DutyReturn, ReturnState
from upstream_web.duty.papers import return_paper
from upstream_web.duty.return_forms import ReturnForm, find_form
from upstream_web.duty.return_queries import QUERIES, Period
from upstream_web.records.operations import keeping
from upstream_web.records.operations.papers import Rendered, keep_paper, render_ahead

FORMS: tuple[Form, ...] = ("html", "pdf", "docx")


class ReturnStepRefused(WrongUse):
    """The state of the return, what is missing in it, or who asks does not allow the step."""


def _form_of(made: DutyReturn) -> ReturnForm:
    """Give the form of a return; raises `ReturnStepRefused` when it is no longer kept."""
    form = find_form(made.form_key)
    if form is None:
        raise ReturnStepRefused(f"There is no form {made.form_key!r}.", do="Bring it back into the folder.")
    tell(made)
    return form


def _check_state(made: DutyReturn, *states: str) -> None:
    if made.state not in states:
        expected = " or ".join(ReturnState(state).label.lower() for state in states)
        raise ReturnStepRefused(f"{made} is {made.get_state_display().lower()}.", expected=f"One that is {expected}.")


def _check_words(words: str, expected: str) -> str:
    if not words.strip():
        raise ReturnStepRefused("Words are missing.", expected=expected)
    return words.strip()


def _draw(made: DutyReturn, form: ReturnForm, at: datetime) -> None:
    """Take what the records say now; an answer that a person typed over the last draw stays."""
    period = Period(made.year, made.quarter)
    fresh = {field.key: field.read(QUERIES[field.query](period)) for field in form.fields if field.query}
    for key, value in fresh.items():
        if made.answers.get(key, "") == made.drawn.get(key, ""):
            made.answers[key] = value
    made.drawn, made.composed_at = fresh, at


@operation("return begun")
def begin(*, made: DutyReturn, by: Any, at: datetime) -> DutyReturn:
    """Begin a return for a period and compose it from the records."""
    form = _form_of(made)
    if (form.every == "quarter") != bool(made.quarter):
        raise ReturnStepRefused(f"“{form.title}” comes every {form.every}.", do="Choose the period that fits.")
    made.due_on = due_on(form.clock, Period(made.year, made.quarter).ends_on)
    _draw(made, form, at)
    return keeping.keep_new(made, by=by, at=at)


@operation("return composed again")
def compose(*, made: DutyReturn, by: Any, at: datetime) -> DutyReturn:
    """Compose a draft again from the records as they are now."""
    _check_state(made, ReturnState.DRAFT)
    _draw(made, _form_of(made), at)
    return keeping.keep(made, by=by, at=at)


@operation("return answered")
def answer(*, made: DutyReturn, answers: Mapping[str, str], by: Any, at: datetime) -> DutyReturn:
    """Write the answers of a draft, each read by the type of its field."""
    _check_state(made, ReturnState.DRAFT)
    form = _form_of(made)
    made.answers = made.answers | {f.key: f.read(answers[f.key]) for f in form.fields if f.key in answers}
    return keeping.keep(made, by=by, at=at)


@operation("return checked")
def check(*, made: DutyReturn, by: Any, at: datetime) -> DutyReturn:
    """Note that a draft of a period that is over was checked and has an answer wherever one is needed."""
    _check_state(made, ReturnState.DRAFT)
    ends_on = Period(made.year, made.quarter).ends_on
    if ends_on > timezone.localdate(at):
        raise ReturnStepRefused(
            f"Its period runs until {short_day_words(ends_on)}.", do="Check it when the period is over."
        )
    empty = [field.label for field in _form_of(made).fields if not field.optional and not made.answers.get(field.key)]
    if empty:
        raise ReturnStepRefused(f"Not answered: {'; '.join(empty)}.", do="Answer these first.")
    made.state, made.checked_by, made.checked_on = ReturnState.CHECKED, name_of(by), timezone.localdate(at)
    return keeping.keep(made, by=by, at=at)


@operation("return sent back")
def send_back(*, made: DutyReturn, words: str, by: Any, at: datetime) -> DutyReturn:
    """Make a checked return a draft again, saying why."""
    _check_state(made, ReturnState.CHECKED)
    tell(made, reason=_check_words(words, "Why it goes back."))
    made.state, made.checked_by, made.checked_on = ReturnState.DRAFT, "", None
    return keeping.keep(made, by=by, at=at)


def _signed(made: DutyReturn, form: ReturnForm, *, by: Any, at: datetime) -> Paper:
    """Write the signature on a return, without keeping it, and give the paper that it then is."""
    made.state, made.signed_by, made.signed_on = ReturnState.SIGNED, name_of(by), timezone.localdate(at)
    made.fingerprint = comparing.fingerprint_of(made)
    return return_paper(made, form, made_at=at)


def _rendered(*, made: DutyReturn, by: Any, at: datetime) -> Rendered | None:
    form = find_form(made.form_key)
    if form is None or made.state != ReturnState.CHECKED or made.checked_by == name_of(by):
        return None
    return render_ahead(_signed(copy(made), form, by=by, at=at), FORMS)


@operation("return signed off", ahead=_rendered)
def sign(*, made: DutyReturn, by: Any, at: datetime) -> DutyReturn:
    """Sign a checked return off, which freezes it and keeps its paper; nobody signs what they checked."""
    _check_state(made, ReturnState.CHECKED)
    if made.checked_by == name_of(by):
        raise ReturnStepRefused("You checked this return yourself.", do="Let another person sign it off.")
    paper = _signed(made, _form_of(made), by=by, at=at)
    tell(made, fingerprint=made.fingerprint)
    keep_paper(record=made, paper=paper, by=by, at=at, reason=made.corrects, forms=FORMS)
    made.corrects = ""
    return keeping.keep(made, by=by, at=at)


@operation("return sent")
def send(*, made: DutyReturn, on: date, proof: str, by: Any, at: datetime) -> DutyReturn:
    """Note when a signed return was sent and what proves it."""
    _check_state(made, ReturnState.SIGNED)
    check_has_come(on, at)
    made.sent_proof = _check_words(proof, "What proves that it was sent, such as the number of the receipt.")[:300]
    made.state, made.sent_on = ReturnState.SENT, on
    tell(made, recipient=_form_of(made).to)
    return keeping.keep(made, by=by, at=at)


@operation("return opened again for a correction")
def open_again(*, made: DutyReturn, words: str, by: Any, at: datetime) -> DutyReturn:
    """Make a frozen return a draft again, to be signed anew as the next version; what was signed stays kept."""
    _check_state(made, ReturnState.SIGNED, ReturnState.SENT)
    made.corrects = _check_words(words, "What has to be corrected.")[:500]
    tell(made, reason=made.corrects, was=made.fingerprint)
    made.state, made.fingerprint = ReturnState.DRAFT, ""
    made.checked_by, made.checked_on, made.signed_by, made.signed_on = "", None, "", None
    made.sent_on, made.sent_proof = None, ""
    return keeping.keep(made, by=by, at=at)
