"""What was planned, spent and is expected, added up. Amounts are in pounds, exact to the penny."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from upstream_web.core.money import NOTHING

# Beyond this share of what was planned for a quarter, the difference has to be explained.
UNEXPLAINED_SHARE = Decimal("0.05")


class Costed(Protocol):
    """One quarter of one sort of cost."""

    quarter: int
    sort: str
    profile: Decimal
    actual: Decimal | None
    forecast: Decimal | None


def expected(line: Costed) -> Decimal:
    """Give what a line comes to as far as is known: spent, else forecast, else as planned."""
    if line.actual is not None:
        return line.actual
    return line.forecast if line.forecast is not None else line.profile


def needs_reason(line: Costed) -> bool:
    """Tell whether a line differs so much from its plan that somebody must say why."""
    return abs(expected(line) - line.profile) > line.profile * UNEXPLAINED_SHARE


@dataclass(frozen=True)
class Sum:
    """Lines added up. `actual` is None while any of them is not known: what is missing is not nothing."""

    profile: Decimal
    actual: Decimal | None
    spent_so_far: Decimal
    told: int  # how many of the lines say what was spent
    expected: Decimal

    @property
    def variance(self) -> Decimal:
        """What is expected beyond the plan; below nothing when it is less."""
        return self.expected - self.profile

    @property
    def is_known(self) -> bool:
        """Whether everything in it has been spent and told."""
        return self.actual is not None


def add_up(lines: Iterable[Costed]) -> Sum:
    """Add lines up."""
    found = list(lines)
    told = [line.actual for line in found if line.actual is not None]
    spent = sum(told, NOTHING)
    return Sum(
        profile=sum((line.profile for line in found), NOTHING),
        actual=spent if len(told) == len(found) else None,
        spent_so_far=spent,
        told=len(told),
        expected=sum((expected(line) for line in found), NOTHING),
    )


@dataclass(frozen=True)
class YearOfMoney:
    """A year by quarter and by sort of cost, and what of the award is left."""

    award: Decimal
    quarters: tuple[tuple[int, Sum], ...]
    sorts: tuple[tuple[str, Sum], ...]
    total: Sum

    @property
    def unplanned(self) -> Decimal:
        """What of the award no quarter was planned to spend."""
        return self.award - self.total.profile

    @property
    def underspend(self) -> Decimal:
        """What of the award is expected to be left; below nothing when more will be spent than there is."""
        return self.award - self.total.expected


def year_of_money(award: Decimal, lines: Sequence[Costed]) -> YearOfMoney:
    """Give a year's lines added up each way; the parts come to the same total both ways."""
    quarters = sorted({line.quarter for line in lines})
    sorts = list(dict.fromkeys(line.sort for line in lines))
    return YearOfMoney(
        award=award,
        quarters=tuple((each, add_up(line for line in lines if line.quarter == each)) for each in quarters),
        sorts=tuple((each, add_up(line for line in lines if line.sort == each)) for each in sorts),
        total=add_up(lines),
    )
