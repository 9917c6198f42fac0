"""The clocks of commissioning, one by one, for lists, reminders and rates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.models import User
from upstream_web.access.permissions import Permission
from upstream_web.access.roles import ROLES
from upstream_web.commissioning import clocks, queries
from upstream_web.commissioning.models import OPEN, PaymentState, ProviderReturn
from upstream_web.records.register import Timed


def of_returns(person: Any, since: date) -> Iterator[Timed]:
    """Give the returns of periods that are over; those still owed name who owes them and who looks after them."""
    makers = _Makers()
    over = queries.returns(person).filter(ends_on__lt=timezone.localdate()).exclude(sent_on__lt=since)
    # Many returns of few agreements: each agreement is made once, not once for each of its returns.
    for each in over.select_related(None).prefetch_related("grant__provider"):
        owed = each.state in OPEN
        above = (each.grant.manager_id,) if owed and each.grant.manager_id else ()
        title = f"Return of {each.grant.provider}: {each}"
        yield Timed(each, clocks.of_return(each), title, makers.of(each) if owed else (), above)


class _Makers:
    """Who may make a return, asked once for each organisation: a provider owes many returns, and few may make any."""

    def __init__(self) -> None:
        roles = [role.key for role in ROLES if role.holds(Permission.PROVIDER_RETURN_MAKE)]
        people = User.objects.with_rights().filter(is_active=True, grants__role__in=roles).distinct()
        self._people = [each for each in people if may(each, Permission.PROVIDER_RETURN_MAKE)]
        self._known: dict[tuple[frozenset[str], frozenset[int]], tuple[int, ...]] = {}

    def of(self, owed: ProviderReturn) -> tuple[int, ...]:
        """Give the keys of those who may make a return that is owed."""
        named = (frozenset(owed.body_keys()), frozenset(owed.people()))
        if named not in self._known:
            self._known[named] = tuple(
                each.pk for each in self._people if may(each, Permission.PROVIDER_RETURN_MAKE, about=owed)
            )
        return self._known[named]


def of_invoices(person: Any, since: date) -> Iterator[Timed]:
    """Give the invoices that are to be paid, and those paid since a day."""
    found = queries.payments(person).filter(invoiced_on__isnull=False).exclude(paid_on__lt=since)
    for each in found.exclude(state=PaymentState.CANCELLED):
        clock = clocks.of_invoice(each)
        if clock is not None:
            yield Timed(each, clock, f"Invoice: {each}")
