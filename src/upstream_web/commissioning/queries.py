"""What other parts of the site, and the pages of this one, may ask of commissioning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from upstream_web.access.permissions import Permission
from upstream_web.commissioning import cost, money
from upstream_web.commissioning.models import (
    OPEN,
    Fund,
    FundYear,
    Grant,
    GrantState,
    Payment,
    PaymentState,
    ProviderReturn,
    ReturnFigure,
    ReturnState,
    Target,
)
from upstream_web.core.money import NOTHING
from upstream_web.records.kept import kept_until_changed
from upstream_web.records.models import Link

SERVED_BY = ("serves", "pays-for")


def _seen(model: Any, person: Any) -> QuerySet[Any]:
    found = model.objects.all() if person is None else model.objects.visible_to(person, Permission.FUND_VIEW)
    return found.present()


def funds(person: Any = None) -> QuerySet[Fund]:
    """Give the funds by title."""
    return _seen(Fund, person)


def grants(person: Any = None) -> QuerySet[Grant]:
    """Give the agreements, the latest first."""
    return _seen(Grant, person).select_related("fund", "provider", "manager")


def running_grants(on: date, person: Any = None) -> QuerySet[Grant]:
    """Give the agreements under which a service is to be provided on a day."""
    return grants(person).filter(state=GrantState.SIGNED, starts_on__lte=on, ends_on__gte=on)


def returns(person: Any = None) -> QuerySet[ProviderReturn]:
    """Give the returns, the latest period first; those of agreements that were removed are left out."""
    found = _seen(ProviderReturn, person).filter(grant__removed_at=None)
    return found.select_related("grant__provider", "grant__fund")


def late_returns(on: date, person: Any = None) -> QuerySet[ProviderReturn]:
    """Give the returns that were due before a day and are not with us, the longest due first."""
    return returns(person).filter(state__in=OPEN, due_on__lt=on).order_by("due_on")


def payments(person: Any = None) -> QuerySet[Payment]:
    """Give the payments in order of their days."""
    found = _seen(Payment, person).filter(grant__removed_at=None)
    return found.select_related("grant__provider", "grant__fund", "needs")


def payments_to_approve(person: Any = None) -> QuerySet[Payment]:
    """Give the payments that somebody asked for and nobody approved."""
    return payments(person).filter(state=PaymentState.ASKED)


# ---- money ---------------------------------------------------------------------------------------------------
def payments_by_grant(found: Iterable[Grant]) -> dict[int, list[Payment]]:
    """Give the payments of agreements by the key of each."""
    kept: dict[int, list[Payment]] = defaultdict(list)
    for payment in Payment.objects.present().filter(grant__in=[each.pk for each in found]).select_related("needs"):
        kept[payment.grant_id].append(payment)
    return kept


def paid_or_asked(grant: Grant) -> Decimal:
    """Add up what was paid for an agreement, and what was asked for or approved and is still to be paid."""
    gone = grant.payments.present().filter(state__in=[PaymentState.ASKED, PaymentState.APPROVED, PaymentState.PAID])
    return sum((each.amount if each.paid is None else each.paid for each in gone), NOTHING)


def promise_of(grant: Grant) -> money.Promise:
    """Give what one agreement is worth, paid and still to pay."""
    return money.promise(grant, Payment.objects.present().filter(grant=grant))


def standings() -> Mapping[int, money.Standing]:
    """Give how the money of every fund stands, by the key of the fund; calculated once until a record changes."""
    return kept_until_changed("standings of funds", _standings)


def _standings() -> dict[int, money.Standing]:
    amounts: dict[int, Decimal] = defaultdict(lambda: NOTHING)
    for year in FundYear.objects.present():
        amounts[year.fund_id] += year.amount
    agreed = list(Grant.objects.present())
    paying = payments_by_grant(agreed)
    held: dict[int, list[money.Held]] = defaultdict(list)
    for each in agreed:
        held[each.fund_id].append((each, paying[each.pk]))
    return {fund.pk: money.standing(amounts[fund.pk], held[fund.pk]) for fund in funds()}


def standing_of(fund: Fund) -> money.Standing:
    """Give how one fund's money stands."""
    amount = sum((year.amount for year in FundYear.objects.present().filter(fund=fund)), NOTHING)
    agreed = list(Grant.objects.present().filter(fund=fund))
    paying = payments_by_grant(agreed)
    return money.standing(amount, ((each, paying[each.pk]) for each in agreed))


def years_of(fund: Fund) -> list[money.YearOfFund]:
    """Give a fund year by year, with the payments of its signed agreements."""
    amounts = {year.year: year.amount for year in FundYear.objects.present().filter(fund=fund)}
    paying = payments().filter(grant__fund=fund).exclude(grant__state=GrantState.DRAFT)
    return money.by_year(amounts, paying, carries_over=fund.carries_over)


@dataclass(frozen=True)
class FundSpend:
    """What was planned from a fund for some days and what was paid, in pounds."""

    fund: Fund
    planned: Decimal
    spent: Decimal


def spend_by_fund(since: date, until: date) -> list[FundSpend]:
    """Give what each fund was to pay in the days from `since` to `until`, both included, and what it paid.

    A fund from which nothing was planned or paid in these days is left out.
    """
    by_fund: dict[int, list[Payment]] = defaultdict(list)
    for payment in payments().exclude(grant__state=GrantState.DRAFT):
        by_fund[payment.grant.fund_id].append(payment)
    found = [(fund, money.spend(by_fund[fund.pk], since, until)) for fund in funds()]
    return [FundSpend(fund, each.planned, each.spent) for fund, each in found if each.planned or each.spent]


@dataclass(frozen=True)
class ServedSpend:
    """What agreements that serve something were to be paid in some days, and were."""

    grants: tuple[Grant, ...]
    planned: Decimal
    spent: Decimal


def spend_on(served: Iterable[tuple[str, int]], since: date, until: date) -> ServedSpend:
    """Give the money of agreements linked to any of these records (kind and key), each counted once."""
    wanted = set(served)
    links = Link.objects.present().filter(from_kind=Grant.kind, relation__in=SERVED_BY)
    keys = {link.from_key for link in links if link.end in wanted}
    found = [each for each in grants().exclude(state=GrantState.DRAFT).order_by("title") if each.pk in keys]
    paid = payments_by_grant(found)
    total = money.spend([payment for kept in paid.values() for payment in kept], since, until)
    moved = [each for each in found if (s := money.spend(paid[each.pk], since, until)).planned or s.spent]
    return ServedSpend(tuple(moved), total.planned, total.spent)


# ---- what was delivered -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class TargetTold:
    """One target with what the periods that are over say of it."""

    target: Target
    periods: tuple[cost.Told, ...]

    @property
    def delivered(self) -> cost.Delivered:
        """What was delivered against what was owed."""
        return cost.delivered(self.target.per_period, self.periods)

    @property
    def unit_cost(self) -> cost.UnitCost:
        """What one cost."""
        return cost.unit_cost(self.periods)


def targets_told(found: Sequence[Grant], on: date) -> dict[int, list[TargetTold]]:
    """Give, by agreement, each target with every period whose return was due by a day or has come in before."""
    keys = [each.pk for each in found]
    figures = {
        (each.made_return_id, each.target_id): each.value
        for each in ReturnFigure.objects.filter(made_return__grant__in=keys)
    }
    over: dict[int, list[ProviderReturn]] = defaultdict(list)
    for made in returns().filter(grant__in=keys).order_by("begins_on"):
        if made.due_on <= on or made.state == ReturnState.ACCEPTED:
            over[made.grant_id].append(made)
    told: dict[int, list[TargetTold]] = defaultdict(list)
    for target in Target.objects.present().filter(grant__in=keys).select_related("grant__provider"):
        lines = tuple(
            cost.Told(made.period, made.state == ReturnState.ACCEPTED, made.spent, figures.get((made.pk, target.pk)))
            for made in over[target.grant_id]
        )
        told[target.grant_id].append(TargetTold(target, lines))
    return told


@dataclass(frozen=True)
class Compared:
    """Services that count in the same unit, so that their costs may stand side by side."""

    sort: str
    unit: str
    lines: tuple[TargetTold, ...]


def comparisons(on: date, person: Any = None) -> list[Compared]:
    """Give the outputs and outcomes that two or more agreements count in the same unit."""
    found = list(grants(person).exclude(state=GrantState.DRAFT))
    groups: dict[tuple[str, str], list[TargetTold]] = defaultdict(list)
    for lines in targets_told(found, on).values():
        for each in lines:
            if each.target.unit != "other":
                groups[(each.target.get_sort_display(), each.target.get_unit_display())].append(each)
    return [
        Compared(sort, unit, tuple(lines))
        for (sort, unit), lines in sorted(groups.items())
        if len({each.target.grant_id for each in lines}) > 1
    ]
