"""Giving, changing, confirming and ending what people may do. Nobody does this for themselves."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.access.models import Grant, User
from upstream_web.access.roles import Role
from upstream_web.core.acts import ActKind
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.core.words import short_day_words


class OwnAccess(WrongUse):
    """Somebody tries to give, change or confirm their own access."""


class BodyMissing(WrongUse):
    """A role that belongs to one organisation is given without naming it."""


class GivenAlready(WrongUse):
    """The person has that role there in that time already."""


class EndsBeforeItStarts(WrongUse):
    """The last day of a grant lies before its first."""


class GrantOver(WrongUse):
    """The grant has ended, so there is nothing to change or confirm."""


def check_not_own(user: User, by: User | str) -> None:
    """Raise `OwnAccess` when `by` is the person themselves."""
    if isinstance(by, User) and by.pk == user.pk:
        raise OwnAccess("This is your own access.", do="Ask another administrator.")


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeItStarts(
            f"The last day, {short_day_words(ends_on)}, lies before the first, {short_day_words(starts_on)}.",
            do="Give a later one.",
        )


def _check_not_given(user: User, role: type[Role], body: str, starts_on: date, ends_on: date | None) -> None:
    for grant in user.grants.filter(role=role.key, body=body):
        last = grant.last_day
        if (
            grant.ended_at is None
            and (last is None or last >= starts_on)
            and (not ends_on or grant.starts_on <= ends_on)
        ):
            raise GivenAlready(
                f"{user.name} has the role {role.title} there from {short_day_words(grant.starts_on)}.",
                do="Change its last day, or end it first.",
            )


@operation("access given", ActKind.ACCESS)
def give(
    *,
    user: User,
    role: type[Role],
    body: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    reason: str,
    by: User | str,
    at: datetime,
) -> Grant:
    """Give `user` a role in the organisation `body`, or in the partnership as a whole when that is empty.

    Both days belong to the grant; without them it starts on the day of `at` and stays open. Raises `OwnAccess`,
    `BodyMissing`, `GivenAlready` or `EndsBeforeItStarts`.
    """
    check_not_own(user, by)
    if role.works_in_one_body and not body:
        raise BodyMissing(f"{role.title} is a role in one organisation.", do="Say which.")
    starts_on = starts_on or timezone.localdate(at)
    _check_days(starts_on, ends_on)
    _check_not_given(user, role, body, starts_on, ends_on)
    grant = Grant.objects.create(
        user=user,
        role=role.key,
        body=body,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        given_by=name_of(by),
        given_at=at,
    )
    user.forget_grants()
    tell(user, role=role.key, body=body, starts_on=str(starts_on), ends_on=str(ends_on or ""))
    return grant


@operation("access changed", ActKind.ACCESS)
def change_end(*, grant: Grant, ends_on: date | None, by: User | str, at: datetime) -> Grant:
    """Give a grant another last day, or none; raises `OwnAccess`, `GrantOver` or `EndsBeforeItStarts`."""
    check_not_own(grant.user, by)
    _check_not_over(grant, timezone.localdate(at))
    _check_days(grant.starts_on, ends_on)
    tell(grant, role=grant.role, body=grant.body, ends_on=str(ends_on or ""), ended_before=str(grant.ends_on or ""))
    grant.ends_on = ends_on
    grant.save(update_fields=["ends_on"])
    grant.user.forget_grants()
    return grant


@operation("access ended", ActKind.ACCESS)
def end(*, grant: Grant, reason: str, by: User | str, at: datetime) -> Grant:
    """End a grant at once; raises `GrantOver` when it has ended. People may end their own."""
    _check_not_over(grant, timezone.localdate(at))
    grant.ended_by, grant.ended_at, grant.end_reason = name_of(by), at, reason
    grant.save(update_fields=["ended_by", "ended_at", "end_reason"])
    grant.user.forget_grants()
    tell(grant, role=grant.role, body=grant.body, reason=reason)
    return grant


@operation("access confirmed", ActKind.ACCESS)
def confirm(*, grant: Grant, by: User | str, at: datetime) -> Grant:
    """Keep that somebody looked and the person still needs this; raises `OwnAccess` or `GrantOver`."""
    check_not_own(grant.user, by)
    today = timezone.localdate(at)
    _check_not_over(grant, today)
    grant.confirmed_by, grant.confirmed_on = name_of(by), today
    grant.save(update_fields=["confirmed_by", "confirmed_on"])
    tell(grant, role=grant.role, body=grant.body)
    return grant


def _check_not_over(grant: Grant, today: date) -> None:
    if grant.last_day is not None and grant.is_over(today):
        raise GrantOver(f"This ended on {short_day_words(grant.last_day)}.", do="Give it again if it is needed.")
