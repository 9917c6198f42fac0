"""What one output or outcome cost: the spending of accepted returns divided by what they delivered.

In it is what the provider says it spent on the service. Not in it: the commissioner's own time, what other funders or
volunteers gave, and premises lent free. The whole spending is divided by each output by itself, so that the costs of
two outputs of one service are never added. Where a return is missing the answer is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from upstream_web.commissioning.small import FEWER_THAN
from upstream_web.core.money import NOTHING, pounds

FIGURES_KEPT = 2  # of a cost: more would say that we know it better than we do
IN_IT = "What the provider spent on the service, as its accepted returns say."
NOT_IN_IT = "The commissioner’s own time, what other funders and volunteers gave, and premises lent free."


@dataclass(frozen=True)
class Told:
    """What one period that is over says: its name, whether its return was accepted, spending, what was delivered."""

    period: str
    is_accepted: bool
    spent: Decimal | None
    delivered: Decimal | None

    @property
    def gap(self) -> str:
        """What is not known of it; empty when all is."""
        if not self.is_accepted:
            return f"no accepted return for {self.period}"
        if self.spent is None:
            return f"no spending told for {self.period}"
        return "" if self.delivered is not None else f"nothing told of it for {self.period}"


@dataclass(frozen=True)
class UnitCost:
    """The cost of one, rounded; None with the reason where it cannot be said."""

    amount: Decimal | None
    why_not: str
    spent: Decimal
    delivered: Decimal
    periods: int

    @property
    def words(self) -> str:
        """Say it: `about £420`, or `not known`."""
        return "not known" if self.amount is None else f"about {pounds(self.amount)}"


def rounded(amount: Decimal, figures: int = FIGURES_KEPT) -> Decimal:
    """Round to so many leading figures, never finer than a pound.

    >>> [str(rounded(Decimal(text))) for text in ("1267.40", "84.9", "7.2")]
    ['1300', '85', '7']
    """
    place = max(amount.adjusted() - figures + 1, 0)
    step = Decimal(10) ** place
    return ((amount / step).to_integral_value(ROUND_HALF_UP) * step).quantize(Decimal(1))


def unit_cost(periods: Iterable[Told]) -> UnitCost:
    """Divide what was spent by what was delivered, over the periods that are over."""
    found = list(periods)
    gap = next((each.gap for each in found if each.gap), "" if found else "no period is over yet")
    spent = sum((each.spent for each in found if each.spent is not None), NOTHING)
    delivered = sum((each.delivered for each in found if each.delivered is not None), Decimal(0))
    if not gap and delivered == 0:
        gap = "none was delivered"
    elif not gap and delivered < FEWER_THAN:
        gap = f"fewer than {FEWER_THAN} were delivered, too few to divide by"
    return UnitCost(None if gap else rounded(spent / delivered), gap, spent, delivered, len(found))


@dataclass(frozen=True)
class Delivered:
    """What was delivered of a target so far against what was owed, over the periods that are over."""

    owed: Decimal
    delivered: Decimal | None

    @property
    def is_met(self) -> bool | None:
        """Whether as much as was owed; None while it is not known."""
        return None if self.delivered is None else self.delivered >= self.owed

    @property
    def share(self) -> Decimal | None:
        """Per cent of what was owed, whole; None while not known or where nothing was owed."""
        if self.delivered is None or not self.owed:
            return None
        return (self.delivered / self.owed * 100).quantize(Decimal(1), ROUND_HALF_UP)


def delivered(per_period: Decimal, periods: Sequence[Told]) -> Delivered:
    """Add up what was delivered; not known while a period that is over has not told it."""
    owed = per_period * len(periods)
    if any(not each.is_accepted or each.delivered is None for each in periods):
        return Delivered(owed, None)
    return Delivered(owed, sum((each.delivered or Decimal(0) for each in periods), Decimal(0)))
