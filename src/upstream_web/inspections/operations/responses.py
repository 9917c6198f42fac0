"""Responses drafted, agreed, published and sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import reversion

from upstream.exceptions import WrongUse
from upstream_web.core.days import DayImpossible
from upstream_web.core.operations import name_of, operation, tell, under_way
from upstream_web.inspections import policies
from upstream_web.inspections.codes import Party
from upstream_web.inspections.days import check_day
from upstream_web.inspections.models import Answer, Dispatch, ResponsePart, ResponseRecord
from upstream_web.inspections.policies import StepRefused
from upstream_web.inspections.standing import answered_on, response_standing
from upstream_web.records.operations.keeping import keep, keep_new


@operation("response begun")
def begin(*, response: ResponseRecord, bodies: dict[str, Any], by: Any, at: datetime) -> ResponseRecord:
    """Begin a response with a part for each office; `bodies` says which organisation answers for which part."""
    keep_new(response, by=by, at=at)
    for party in Party.values:
        keep_new(ResponsePart(response=response, party=party, body=bodies.get(party)), by=by, at=at)
    tell(response)
    return response


def settle(response: ResponseRecord, *, by: Any, at: datetime) -> None:
    """Write what follows from the parts, the publication and the copies sent: the state, and the day it was done."""
    under_way()
    state, done_on = policies.response_state(response_standing(response)), answered_on(response)
    if (state, done_on) != (response.state, response.answered_on):
        response.state, response.answered_on = state, done_on
        keep(response, by=by, at=at)


def _withdraw(part: ResponsePart, because: str) -> None:
    if not part.is_agreed:
        return
    if not because.strip():
        raise WrongUse(
            "This part was agreed; changing it takes the agreement back.", do="Say why it is changed all the same."
        )
    reversion.set_comment(f"agreement withdrawn: {because}")
    part.agreed_on, part.agreed_by, part.withdrawn_because = None, "", because
    tell(agreement="withdrawn", reason=because)


@operation("response drafted")
def redraft(*, part: ResponsePart, fields: list[str], by: Any, at: datetime, because: str = "") -> ResponsePart:
    """Change the words of a part; where it was agreed the agreement falls, and `because` says why."""
    _withdraw(part, because)
    keep(part, by=by, at=at)
    settle(part.response, by=by, at=at)
    tell(part, fields=fields)
    return part


@operation("recommendation answered in draft")
def draft_answer(*, answer: Answer, by: Any, at: datetime, because: str = "") -> Answer:
    """Write or change an answer of a part to one recommendation; an agreement of the part falls with it."""
    part = answer.part
    if part.is_agreed:
        _withdraw(part, because)
        keep(part, by=by, at=at)
    if answer.pk:
        keep(answer, by=by, at=at)
    else:
        keep_new(answer, by=by, at=at)
    settle(part.response, by=by, at=at)
    tell(answer)
    return answer


@operation("response agreed")
def agree(*, part: ResponsePart, on: date, by: Any, at: datetime) -> ResponsePart:
    """Agree a part in the name of its office; raises `StepRefused` with all that stands in the way."""
    chief = part.response.part(Party.CHIEF)
    said = bool(part.words.strip() or part.closing_words.strip() or part.answers.present().exists())
    reasons = policies.why_not_agree(
        is_commissioner=part.party == Party.COMMISSIONER,
        is_agreed=part.is_agreed,
        has_words=said,
        chief_agreed=bool(chief and chief.is_agreed),
    )
    if reasons:
        raise StepRefused("This part cannot be agreed yet.", do=" ".join(reasons))
    part.agreed_on, part.agreed_by, part.withdrawn_because = on, name_of(by), ""
    keep(part, by=by, at=at)
    settle(part.response, by=by, at=at)
    tell(part, party=part.party)
    return part


@operation("agreement withdrawn")
def withdraw(*, part: ResponsePart, because: str, by: Any, at: datetime) -> ResponsePart:
    """Take the agreement of a part back, with the reason."""
    if not part.is_agreed:
        raise StepRefused("This part is not agreed.", do="There is nothing to withdraw.")
    _withdraw(part, because)
    keep(part, by=by, at=at)
    settle(part.response, by=by, at=at)
    tell(part)
    return part


@operation("response sent")
def send(*, dispatch: Dispatch, by: Any, at: datetime) -> Dispatch:
    """Record that a copy of the published response was sent, with its proof."""
    response = dispatch.response
    if response.published_on is None:
        raise StepRefused("The response has not been published.", do="Publish it, then send copies.")
    if not dispatch.proof.strip():
        raise WrongUse("There is no proof that it was sent.", do="Give the reference of the message, or attach it.")
    check_day(response.inspection, dispatch.sent_on, at)
    if dispatch.sent_on < response.published_on:
        raise DayImpossible(
            f"{dispatch.sent_on:%d %B %Y} lies before our response was published ({response.published_on:%d %B %Y}).",
            expected="A copy of what is published.",
            do="Look at the day; what was sent before that was a draft.",
        )
    keep_new(dispatch, by=by, at=at)
    settle(response, by=by, at=at)
    tell(dispatch, recipient=dispatch.get_recipient_display())
    return dispatch
