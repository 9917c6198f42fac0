"""The clocks of commissioning, one by one, for lists, reminders and rates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.models import User
from upstream_web.access.permissions import Permission
from upstream_web.commissioning import clocks, queries
from upstream_web.commissioning.models import OPEN, PaymentState, ProviderReturn
from upstream_web.records.register import Timed


def of_returns(person: Any, since: date) -> Iterator[Timed]:
    """Give the returns of periods that are over; those still owed name who owes them and who looks after them."""
    people = list(User.objects.filter(is_active=True).prefetch_related("grants"))
    over = queries.returns(person).filter(ends_on__lt=timezone.localdate()).exclude(sent_on__lt=since)
    for each in over:
        owed = each.state in OPEN
        above = (each.grant.manager_id,) if owed and each.grant.manager_id else ()
        makers = _makers(each, people) if owed else ()
        yield Timed(each, clocks.of_return(each), f"Return of {each.grant.provider}: {each}", makers, above)


def _makers(made: ProviderReturn, people: list[User]) -> tuple[int, ...]:
    return tuple(each.pk for each in people if may(each, Permission.PROVIDER_RETURN_MAKE, about=made))


def of_invoices(person: Any, since: date) -> Iterator[Timed]:
    """Give the invoices that are to be paid, and those paid since a day."""
    found = queries.payments(person).filter(invoiced_on__isnull=False).exclude(paid_on__lt=since)
    for each in found.exclude(state=PaymentState.CANCELLED):
        clock = clocks.of_invoice(each)
        if clock is not None:
            yield Timed(each, clock, f"Invoice: {each}")
