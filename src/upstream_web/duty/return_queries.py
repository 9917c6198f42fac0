"""Named queries from which returns are composed: each answers one field for one period from the records as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from upstream_web.core.financial_years import quarter_ends_on
from upstream_web.duty import clocks, queries
from upstream_web.duty.models import MUST_BE_CONSULTED, CostSort, DutyBody, DutyDate, DutyPaper, FundingLine
from upstream_web.organisations.models.organisation import OrganisationType


@dataclass(frozen=True)
class Period:
    """A quarter of the financial year that begins in `year`, or the whole year (quarter 0)."""

    year: int
    quarter: int

    @property
    def begins_on(self) -> date:
        """Its first day."""
        months = {0: (0, 4), 1: (0, 4), 2: (0, 7), 3: (0, 10), 4: (1, 1)}
        later, month = months[self.quarter]
        return date(self.year + later, month, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return quarter_ends_on(self.year, self.quarter or 4)


Answer = str  # as a field keeps it; empty where the records do not know
Query = Callable[[Period], Answer]


def _amount(value: Decimal | None) -> Answer:
    return "" if value is None else str(value)


def _lines(period: Period) -> list[FundingLine]:
    year = queries.get_funding_year(period.year)
    kept = queries.lines_of(year) if year else []
    return [line for line in kept if period.quarter in (0, line.quarter)]


def _sum(sort: str, name: str) -> Query:
    """Give a query that adds one column of one kind of cost up; unknown while a part is unknown."""

    def ask(period: Period) -> Answer:
        parts = [getattr(line, name) for line in _lines(period) if line.sort == sort]
        return "" if not parts or None in parts else str(sum(parts, Decimal("0.00")))

    return ask


def _of_the_year(read: Callable[[queries.YearOfMoney], Decimal | None]) -> Query:
    def ask(period: Period) -> Answer:
        year = queries.get_funding_year(period.year)
        return _amount(read(queries.money_of(year))) if year else ""

    return ask


def _reasons(period: Period) -> Answer:
    told = [line for line in _lines(period) if line.reason]
    return "\n".join(f"{line.get_sort_display()}: {line.reason}" for line in told)


def _agreed(period: Period) -> Answer:
    found = DutyBody.objects.present().filter(organisation__type=OrganisationType.SPECIFIED)
    return str(found.filter(agreed_on__lte=period.ends_on).count())


def _missing(period: Period) -> Answer:
    return str(queries.missing_contributions(period.ends_on).count())


def _replies(period: Period) -> Answer:
    found = queries.consultations().filter(sort__in=MUST_BE_CONSULTED)
    return str(found.filter(replied_on__range=(period.begins_on, period.ends_on)).count())


def _definition(period: Period) -> Answer:
    return str(queries.definition_in_force(period.ends_on) or "")


def _strategy(period: Period) -> Answer:
    kept = DutyDate.objects.present().filter(paper=DutyPaper.STRATEGY, done_on__lte=period.ends_on)
    last = kept.order_by("-done_on").first()
    return "yes" if last and clocks.review_clock(last, period.ends_on).state not in clocks.LATE else "no"


QUERIES: Mapping[str, Query] = {
    "labour planned in the quarter": _sum(CostSort.LABOUR, "profile"),
    "labour spent in the quarter": _sum(CostSort.LABOUR, "actual"),
    "other planned in the quarter": _sum(CostSort.OTHER, "profile"),
    "other spent in the quarter": _sum(CostSort.OTHER, "actual"),
    "reasons in the quarter": _reasons,
    "award of the year": _of_the_year(lambda year: year.award),
    "spent in the year": _of_the_year(lambda year: year.total.actual),
    "expected in the year": _of_the_year(lambda year: year.total.expected),
    "underspend of the year": _of_the_year(lambda year: year.underspend),
    "specified authorities that agreed": _agreed,
    "contributions missing at the end": _missing,
    "replies in the quarter": _replies,
    "definition in force": _definition,
    "strategy reviewed within a year": _strategy,
}
