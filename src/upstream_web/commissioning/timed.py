"""The clocks of commissioning, one by one, for lists, reminders and rates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from upstream_web.access.permissions import Permission
from upstream_web.access.who_may import WhoMay
from upstream_web.commissioning import clocks, queries
from upstream_web.commissioning.models import OPEN, PaymentState
from upstream_web.records.register import Timed


def of_returns(person: Any, since: date) -> Iterator[Timed]:
    """Give the returns of periods that are over; those still owed name who owes them and who looks after them."""
    makers = WhoMay(Permission.PROVIDER_RETURN_MAKE)
    over = queries.returns(person).filter(ends_on__lt=timezone.localdate()).exclude(sent_on__lt=since)
    # Many returns of few agreements: each agreement is made once, not once for each of its returns.
    for each in over.select_related(None).prefetch_related("grant__provider"):
        owed = each.state in OPEN
        above = (each.grant.manager_id,) if owed and each.grant.manager_id else ()
        title = f"Return of {each.grant.provider}: {each}"
        asked = tuple(person.pk for person in makers.on(each)) if owed else ()
        yield Timed(each, clocks.of_return(each), title, asked, above)


def of_invoices(person: Any, since: date) -> Iterator[Timed]:
    """Give the invoices that are to be paid, and those paid since a day."""
    found = queries.payments(person).filter(invoiced_on__isnull=False).exclude(paid_on__lt=since)
    for each in found.exclude(state=PaymentState.CANCELLED):
        clock = clocks.of_invoice(each)
        if clock is not None:
            yield Timed(each, clock, f"Invoice: {each}")
