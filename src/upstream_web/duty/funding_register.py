"""Awards and their quarters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.financial_years import financial_year, quarter_ends_on
from upstream_web.core.money import pounds, variance_words
from upstream_web.duty import money, queries
from upstream_web.duty.body_register import DutyRegister
from upstream_web.duty.forms import FundingLineForm, FundingYearForm
from upstream_web.duty.models import CostSort, FundingLine, FundingYear
from upstream_web.duty.operations import funding
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Neighbour

QUARTERS = {1: "April to June", 2: "July to September", 3: "October to December", 4: "January to March"}


def variance_tag(line: FundingLine) -> Tag:
    """Say how far a quarter is from its plan; one that needs explaining stands out."""
    words = variance_words(money.expected(line) - line.profile)
    if line.actual is None and line.forecast is None:
        ended = quarter_ends_on(line.year.year, line.quarter) < timezone.localdate()
        return Tag("unknown", "Spending not known") if ended else Tag("", "To come")
    return Tag("due" if money.needs_reason(line) else "", words)


def _money(each: Any) -> money.YearOfMoney:
    """Add up the quarters that came along with an award."""
    return queries.money_of(each, each.present_lines)


def _spent(total: money.Sum) -> str:
    """Give what is spent as far as it is known; where no quarter was told, that is not nothing."""
    return pounds(total.spent_so_far if total.told else None)


class FundingYears(DutyRegister):
    """The award of each year."""

    model = FundingYear
    noun, plural = "award", "awards"
    form = FundingYearForm
    searched = ("title", "source")
    order = ("-year",)
    list_template = "duty/funding_list.html"
    page_template = "duty/funding.html"
    empty = "An award is planned evenly over four quarters; each is then changed and reported by itself."
    columns = (
        Column("title", "Grant", value=str, sort=("year",)),
        Column("award", "Award", value=lambda each: pounds(each.award), is_number=True, sort=("award",)),
        Column("labour", "For labour", value=lambda each: pounds(each.labour), is_number=True),
        Column("spent", "Spent so far", is_number=True,
               value=lambda each: _spent(_money(each).total)),
        Column("expected", "Expected", is_number=True,
               value=lambda each: pounds(_money(each).total.expected)),
        Column("left", "Left of the award", is_number=True,
               value=lambda each: pounds(_money(each).underspend)),
    )  # fmt: skip

    def records(self) -> QuerySet[Any]:
        """Bring the quarters along."""
        return super().records().prefetch_related(
            Prefetch("lines", FundingLine.objects.present(), to_attr="present_lines")
        )  # fmt: skip

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how the latest award stands."""
        year = queries.get_funding_year(financial_year(timezone.localdate())) or records.first()
        return money_sentence(year) if year else ""

    def facts(self, record: FundingYear) -> list[tuple[str, Any]]:
        """Say what was awarded, and where that is written."""
        rows = [
            ("Year", record.label), ("Award", pounds(record.award)), ("For labour", pounds(record.labour)),
            ("Not labour", pounds(record.other)), ("Written in", record.source),
            ("Figures", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: FundingYear, person: Any) -> dict[str, Any]:
        """Give the quarters and how they add up."""
        lines = queries.lines_of(record)
        return {
            "sentence": money_sentence(record),
            "lines": [(line, QUARTERS[line.quarter], variance_tag(line), _amounts(line)) for line in lines],
            "money": queries.money_of(record, lines),
            "sums": _sums(record, lines),
            "may_report": may(person, Permission.DUTY_CHANGE, about=record),
        }

    def make(self, record: FundingYear, *, by: Any, at: datetime) -> FundingYear:
        """Plan it over the quarters."""
        return funding.award(year=record, by=by, at=at)


def _amounts(line: FundingLine) -> dict[str, str]:
    return {name: pounds(getattr(line, name)) for name in ("profile", "actual")} | {
        "expected": pounds(money.expected(line))
    }


def _sums(record: FundingYear, lines: list[FundingLine]) -> list[tuple[str, dict[str, str]]]:
    """Give the sums by quarter, by kind of cost and of the year, in words."""
    year = queries.money_of(record, lines)
    named = [
        *((QUARTERS[quarter], each) for quarter, each in year.quarters),
        *((CostSort(sort).label, each) for sort, each in year.sorts),
        ("The year", year.total),
    ]
    return [
        (
            label,
            {
                "profile": pounds(each.profile), "actual": pounds(each.actual),
                "expected": pounds(each.expected), "variance": variance_words(each.variance),
            },
        )
        for label, each in named
    ]  # fmt: skip


def money_sentence(year: FundingYear) -> str:
    """Say what was awarded, spent and is expected to be left."""
    found = queries.money_of(year)
    spent, left = pounds(found.total.spent_so_far), found.underspend
    if not found.total.told:
        return f"Of the {pounds(year.award)} for {year.label}, it is not known yet what is spent."
    if found.total.is_known:
        rest = "nothing is left" if left == 0 else f"{pounds(abs(left))} {'is left' if left > 0 else 'too much'}"
        return f"Of the {pounds(year.award)} for {year.label}, {spent} was spent: {rest}."
    rest = "Nothing" if left == 0 else pounds(abs(left))
    ends = "to be left" if left >= 0 else "to be missing"
    return f"Of the {pounds(year.award)} for {year.label}, {spent} is spent so far. {rest} is expected {ends}."


class FundingLines(DutyRegister):
    """One quarter of one kind of cost each."""

    model = FundingLine
    noun, plural = "quarter of spending", "quarters of spending"
    form = FundingLineForm
    can_be_made = can_be_removed = False
    in_search = False
    searched = ("reason",)
    related = ("year",)
    order = ("-year__year", "quarter", "sort")
    columns = (
        Column("name", "Quarter", value=str, sort=("year__year", "quarter", "sort")),
        Column("profile", "Planned", value=lambda each: pounds(each.profile), is_number=True, sort=("profile",)),
        Column("actual", "Spent", value=lambda each: pounds(each.actual), is_number=True, sort=("actual",)),
        Column("expected", "Expected", value=lambda each: pounds(money.expected(each)), is_number=True),
        Column("variance", "Against the plan", value=variance_tag),
        Column("reason", "Why"),
    )
    filters = (Filter("sort", "Kind of cost", CostSort.choices),)

    def change_record(self, record: FundingLine, fields: list[str], *, by: Any, at: datetime) -> FundingLine:
        """Report it."""
        return funding.report(line=record, by=by, at=at)

    def neighbours(self, record: FundingLine) -> Iterable[Neighbour]:
        """Give the award."""
        yield Neighbour(record.year, "is part of", False)
