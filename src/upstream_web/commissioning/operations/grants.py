"""What is done to agreements: signing, varying, ending early, handing over."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from upstream.exceptions import WrongUse
from upstream_web.commissioning import clocks, money, periods, queries
from upstream_web.commissioning.models import (
    OPEN,
    Grant,
    GrantState,
    Payment,
    PaymentState,
    Pays,
    ProviderReturn,
    Variation,
)
from upstream_web.core.days import check_has_come
from upstream_web.core.money import pounds, split_evenly
from upstream_web.core.operations import operation, tell
from upstream_web.core.words import short_day_words
from upstream_web.records.operations import keeping


class GrantStepRefused(WrongUse):
    """The state of the agreement, or what is missing in it, does not allow the step."""


class FundOverCommitted(WrongUse):
    """More would be promised than the fund has, and nobody says why."""


def _check_state(grant: Grant, state: str) -> None:
    if grant.state != state:
        expected = f"One that is {GrantState(state).label.lower()}."
        raise GrantStepRefused(f"“{grant}” is {grant.get_state_display().lower()}.", expected=expected)


def _check_words(words: str, expected: str) -> str:
    if not words.strip():
        raise GrantStepRefused("Words are missing.", expected=expected)
    return words.strip()


def _check_room(grant: Grant, more: Decimal, reason: str) -> str:
    """Give the reason for promising more than there is; raises `FundOverCommitted` where one is needed."""
    room = money.room_after(queries.standing_of(grant.fund), more)
    if room >= 0 or more <= 0:
        return ""
    if not reason.strip():
        raise FundOverCommitted(
            f"This would promise {pounds(-room)} more than “{grant.fund}” has.",
            expected="A reason, which stays on the agreement.",
            do="Lower the value, add a year to the fund, or say why.",
        )
    tell(over=str(-room), reason=reason)
    return reason.strip()[:500]


def _plan(grant: Grant, value: Decimal, since: date | None, *, by: Any, at: datetime) -> None:
    """Make a return for each period from `since` on, and the payments of `value` that belong to them."""
    before: ProviderReturn | None = grant.returns.present().order_by("ends_on").last()
    made: list[tuple[ProviderReturn | None, ProviderReturn]] = []
    for period in periods.periods(grant.starts_on, grant.ends_on, grant.monitoring):
        if since is None or period.begins_on > since:
            owed = ProviderReturn(
                grant=grant, begins_on=period.begins_on, ends_on=period.ends_on,
                due_on=clocks.return_due_on(period.ends_on),
            )  # fmt: skip
            made.append((before, keeping.keep_new(owed, by=by, at=at)))
            before = owed
    if grant.pays == Pays.BY_HAND or not made:
        return
    is_advance = grant.pays == Pays.ADVANCE
    for (earlier, owed), amount in zip(made, split_evenly(value, len(made)), strict=True):
        payment = Payment(
            grant=grant, title=owed.period, amount=amount, needs=earlier if is_advance else owed,
            planned_on=owed.begins_on if is_advance else owed.due_on,
        )  # fmt: skip
        keeping.keep_new(payment, by=by, at=at)


@operation("grant or contract signed")
def sign(*, grant: Grant, on: date, over_reason: str = "", by: Any, at: datetime) -> Grant:
    """Note that both sides signed: from now on it is committed, and its returns and payments are planned.

    Raises `FundOverCommitted` when the fund does not hold it and no reason is given.
    """
    _check_state(grant, GrantState.DRAFT)
    if not grant.targets.present().exists():
        raise GrantStepRefused(f"“{grant}” owes no output or outcome.", do="Write down at least one target first.")
    check_has_come(on, at)
    grant.over_reason = _check_room(grant, grant.value, over_reason)
    grant.state, grant.signed_on = GrantState.SIGNED, on
    keeping.keep(grant, by=by, at=at)
    _plan(grant, grant.value, None, by=by, at=at)
    tell(grant, value=str(grant.value), fund=str(grant.fund))
    return grant


def _shift_last_period(grant: Grant, until: date, *, by: Any, at: datetime) -> None:
    """Let the last period end where a whole one ends, or on the day until which the agreement now runs.

    One whose return has come in stays as it is.
    """
    last = grant.returns.present().order_by("ends_on").last()
    if last is None or last.state not in OPEN:
        return
    fitting = periods.periods(grant.starts_on, until, grant.monitoring)
    ends_on = next((each.ends_on for each in fitting if each.begins_on == last.begins_on), None)
    if ends_on and ends_on != last.ends_on:
        last.ends_on, last.due_on = ends_on, clocks.return_due_on(ends_on)
        keeping.keep(last, by=by, at=at)


@operation("grant or contract varied")
def vary(*, variation: Variation, over_reason: str = "", by: Any, at: datetime) -> Variation:
    """Write an agreed change of value, end or terms; what it replaces stays on it.

    More periods bring returns and payments of their own. A change of value without more periods leaves the schedule
    to be changed by hand; until then the agreement's page says what stands in no payment.
    """
    grant = variation.grant
    _check_state(grant, GrantState.SIGNED)
    variation.old_value, variation.old_ends_on = grant.value, grant.ends_on
    same = (grant.value, grant.ends_on) == (variation.new_value, variation.new_ends_on)
    if same and not variation.changes.strip():
        raise GrantStepRefused("Nothing changes.", expected="Another value, another end, or what else changes.")
    _check_end(grant, variation.new_ends_on)
    _check_value(grant, variation.new_value)
    more = variation.new_value - grant.value
    grant.over_reason = _check_room(grant, more, over_reason) or grant.over_reason
    variation.number = grant.variations.count() + 1
    keeping.keep_new(variation, by=by, at=at)
    grant.value, grant.ends_on = variation.new_value, variation.new_ends_on
    keeping.keep(grant, by=by, at=at)
    if variation.new_ends_on > variation.old_ends_on:
        _shift_last_period(grant, grant.ends_on, by=by, at=at)
        last = grant.returns.present().order_by("ends_on").last()
        _plan(grant, max(more, Decimal(0)), last.ends_on if last else None, by=by, at=at)
    elif variation.new_ends_on < variation.old_ends_on:
        _drop_after(grant, variation.new_ends_on, f"Variation {variation.number}", by=by, at=at)
        _shift_last_period(grant, grant.ends_on, by=by, at=at)
    tell(variation, number=variation.number, value=str(variation.new_value), ends=str(variation.new_ends_on))
    return variation


def _check_value(grant: Grant, value: Decimal) -> None:
    """Raise when an agreement would be worth less than was paid for it, or is asked for."""
    gone = queries.paid_or_asked(grant)
    if value < gone:
        raise GrantStepRefused(f"{pounds(gone)} of it is paid or asked for.", expected=f"{pounds(gone)} or more.")


def _check_end(grant: Grant, ends_on: date) -> None:
    """Raise when an end lies before the start, or before a period whose return has come in."""
    told = grant.returns.present().exclude(state__in=OPEN).order_by("ends_on").last()
    first = max(grant.starts_on, told.begins_on) if told else grant.starts_on
    if ends_on < first:
        raise GrantStepRefused(
            "It cannot end before what was already reported.", expected=f"{short_day_words(first)} or later."
        )


def _drop_after(grant: Grant, day: date, why: str, *, by: Any, at: datetime) -> None:
    """Take away what is owed for periods after a day, and cancel payments not asked for that belong to them."""
    for payment in grant.payments.present().filter(state=PaymentState.PLANNED).select_related("needs"):
        starts_on = payment.needs.begins_on if payment.needs and grant.pays == Pays.ARREARS else payment.planned_on
        if starts_on > day:
            payment.state, payment.reason = PaymentState.CANCELLED, why[:500]
            keeping.keep(payment, by=by, at=at)
    for owed in grant.returns.present().filter(begins_on__gt=day, state__in=OPEN):
        owed.removed_at = at
        keeping.keep(owed, by=by, at=at)


@operation("grant or contract ended early")
def end_early(*, grant: Grant, on: date, reason: str, by: Any, at: datetime) -> Grant:
    """End a signed agreement before its day: later returns are no longer owed, later payments are cancelled."""
    _check_state(grant, GrantState.SIGNED)
    grant.ended_reason = _check_words(reason, "Why it ends early.")[:500]
    if not grant.starts_on <= on <= grant.ends_on:
        raise GrantStepRefused("The day does not lie within the agreement.", expected="A day between start and end.")
    grant.state, grant.ended_on = GrantState.ENDED, on
    keeping.keep(grant, by=by, at=at)
    _drop_after(grant, on, f"Ended early: {grant.ended_reason}", by=by, at=at)
    _shift_last_period(grant, on, by=by, at=at)
    tell(grant, reason=grant.ended_reason)
    return grant


@operation("grant or contract handed over")
def hand_over(*, grant: Grant, to: Any, by: Any, at: datetime) -> Grant:
    """Let somebody else look after an agreement."""
    grant.manager = to
    tell(grant, recipient=to.get_username())
    return keeping.keep(grant, by=by, at=at)
