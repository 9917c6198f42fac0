"""Amounts of money, exact to the penny: splitting them and saying them."""

from __future__ import annotations

from decimal import Decimal

NOTHING = Decimal("0.00")
PENNY = Decimal("0.01")


def split_evenly(amount: Decimal, parts: int) -> list[Decimal]:
    """Split an amount to the penny into parts that add up to it; the first ones carry what is left over.

    >>> [str(part) for part in split_evenly(Decimal("10.00"), 4)]
    ['2.50', '2.50', '2.50', '2.50']
    """
    pence = int(amount / PENNY)
    share, left = divmod(pence, parts)
    return [(share + (place < left)) * PENNY for place in range(parts)]


class Pounds(str):
    """An amount as people read it, with the `amount` itself for a spreadsheet, which has to add it up."""

    __slots__ = ("amount",)
    amount: Decimal

    @classmethod
    def of(cls, amount: Decimal) -> Pounds:
        """Write an amount."""
        whole = amount == amount.to_integral_value()
        sign = "−" if amount < 0 else ""
        written = cls(f"{sign}£{abs(amount):,.0f}" if whole else f"{sign}£{abs(amount):,.2f}")
        written.amount = amount
        return written


def pounds(amount: Decimal | None) -> str:
    """Write an amount: `£81,750`, with its pence where there are some, a minus for less than nothing."""
    return "not known" if amount is None else Pounds.of(amount)


def variance_words(amount: Decimal) -> str:
    """Say a difference from the plan: `£2,100 over`, `£500 under`, `as planned`."""
    if amount == 0:
        return "as planned"
    return f"{pounds(abs(amount))} {'over' if amount > 0 else 'under'}"
