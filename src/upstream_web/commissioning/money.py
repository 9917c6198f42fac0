"""What a fund has, has promised, paid and still expects to pay. Amounts are in pounds, exact to the penny."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from upstream_web.core.financial_years import financial_year, year_words
from upstream_web.core.money import NOTHING, pounds


class Paying(Protocol):
    """A payment as far as the sums look at it."""

    amount: Decimal
    paid: Decimal | None
    planned_on: date
    paid_on: date | None

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not be made."""
        ...


class Promising(Protocol):
    """An agreement as far as the sums look at it."""

    value: Decimal

    @property
    def is_signed(self) -> bool:
        """Whether it binds."""
        ...

    @property
    def has_ended_early(self) -> bool:
        """Whether nothing is promised beyond what was and will be paid."""
        ...


def expected(payment: Paying) -> Decimal:
    """Give what a payment comes to as far as is known: paid, else planned, nothing once it is cancelled."""
    if payment.is_cancelled:
        return NOTHING
    return payment.amount if payment.paid is None else payment.paid


def falls_on(payment: Paying) -> date:
    """Give the day on which it was paid, or is planned for."""
    return payment.paid_on or payment.planned_on


@dataclass(frozen=True)
class Promise:
    """One agreement's money: what it is worth, what was paid, and what stands in payments still to be made."""

    value: Decimal
    paid: Decimal
    to_pay: Decimal

    @property
    def unscheduled(self) -> Decimal:
        """What of the value stands in no payment; below nothing when more is planned than was agreed."""
        return self.value - self.paid - self.to_pay


def promise(agreed: Promising, payments: Iterable[Paying]) -> Promise:
    """Add one agreement up; one that ended early is worth what was and will be paid."""
    found = [each for each in payments if not each.is_cancelled]
    paid = sum((each.paid for each in found if each.paid is not None), NOTHING)
    to_pay = sum((each.amount for each in found if each.paid is None), NOTHING)
    return Promise(paid + to_pay if agreed.has_ended_early else agreed.value, paid, to_pay)


@dataclass(frozen=True)
class Standing:
    """A fund's money. `committed` is signed for, `intended` is being drawn up and binds nobody yet."""

    amount: Decimal
    committed: Decimal
    intended: Decimal
    paid: Decimal
    to_pay: Decimal

    @property
    def forecast(self) -> Decimal:
        """What will have been paid once every payment of a signed agreement is made."""
        return self.paid + self.to_pay

    @property
    def unallocated(self) -> Decimal:
        """What is promised to nobody; below nothing when more was promised than there is."""
        return self.amount - self.committed

    @property
    def over(self) -> Decimal:
        """How much more was promised than there is; nothing when it fits."""
        return max(-self.unallocated, NOTHING)

    @property
    def sentence(self) -> str:
        """Say the answer first."""
        said = f"{pounds(self.committed)} of {pounds(self.amount)} is committed and {pounds(self.paid)} paid"
        if self.over:
            return f"{said}: {pounds(self.over)} more is promised than there is."
        rest = f"{pounds(self.unallocated)} is unallocated" if self.unallocated else "nothing is unallocated"
        planned = f", of which {pounds(self.intended)} is being drawn up" if self.intended else ""
        return f"{said}; {rest}{planned}."


Held = tuple[Promising, Sequence[Paying]]


def standing(amount: Decimal, agreed: Iterable[Held]) -> Standing:
    """Add a fund's agreements up, each with its payments."""
    promises = [(each.is_signed, promise(each, payments)) for each, payments in agreed]
    signed = [each for is_signed, each in promises if is_signed]
    return Standing(
        amount=amount,
        committed=sum((each.value for each in signed), NOTHING),
        intended=sum((each.value for is_signed, each in promises if not is_signed), NOTHING),
        paid=sum((each.paid for each in signed), NOTHING),
        to_pay=sum((each.to_pay for each in signed), NOTHING),
    )


def added(standings: Iterable[Standing]) -> Standing:
    """Add several funds up."""
    found = list(standings)
    names = ("amount", "committed", "intended", "paid", "to_pay")
    return Standing(**{name: sum((getattr(each, name) for each in found), NOTHING) for name in names})


def room_after(fund: Standing, value: Decimal) -> Decimal:
    """Give what would be unallocated after one more promise; below nothing when the fund does not hold it."""
    return fund.unallocated - value


@dataclass(frozen=True)
class YearOfFund:
    """One financial year of a fund: what it has, what was brought over, and what payments fall into it."""

    year: int
    amount: Decimal
    brought: Decimal
    paid: Decimal
    to_pay: Decimal

    @property
    def label(self) -> str:
        """The year as it is written."""
        return year_words(self.year)

    @property
    def left(self) -> Decimal:
        """What is expected to be left at its end; below nothing when more falls into it than there is."""
        return self.amount + self.brought - self.paid - self.to_pay


def by_year(amounts: dict[int, Decimal], payments: Iterable[Paying], *, carries_over: bool) -> list[YearOfFund]:
    """Lay payments against the years of a fund; what is left goes on only where the fund allows it."""
    kept = [each for each in payments if not each.is_cancelled]
    years = sorted(amounts.keys() | {financial_year(falls_on(each)) for each in kept})
    found: list[YearOfFund] = []
    brought = NOTHING
    for year in years:
        own = [each for each in kept if financial_year(falls_on(each)) == year]
        found.append(
            YearOfFund(
                year, amounts.get(year, NOTHING), brought,
                sum((each.paid for each in own if each.paid is not None), NOTHING),
                sum((each.amount for each in own if each.paid is None), NOTHING),
            )
        )  # fmt: skip
        brought = max(found[-1].left, NOTHING) if carries_over else NOTHING
    return found


@dataclass(frozen=True)
class Spend:
    """What was planned for some days and what was paid in them."""

    planned: Decimal
    spent: Decimal


def spend(payments: Iterable[Paying], since: date, until: date) -> Spend:
    """Add up what was planned for the days from `since` to `until`, both included, and what was paid in them."""
    found = [each for each in payments if not each.is_cancelled]
    planned = (each.amount for each in found if since <= each.planned_on <= until)
    spent = (each.paid for each in found if each.paid is not None and each.paid_on and since <= each.paid_on <= until)
    return Spend(sum(planned, NOTHING), sum(spent, NOTHING))
