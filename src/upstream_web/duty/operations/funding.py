"""What is done to the money of a year."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from upstream.exceptions import WrongUse
from upstream_web.core.money import split_evenly, variance_words
from upstream_web.core.operations import operation, tell
from upstream_web.duty import money
from upstream_web.duty.models import CostSort, FundingLine, FundingYear
from upstream_web.records.operations import keeping


class VarianceUnexplained(WrongUse):
    """A quarter differs from its plan by more than is taken without a reason."""


@operation("funding awarded")
def award(*, year: FundingYear, by: Any, at: datetime) -> FundingYear:
    """Write an award, planned evenly over its quarters to the penny; the plan of each is changed by hand."""
    keeping.keep_new(year, by=by, at=at)
    for sort, amount in ((CostSort.LABOUR, year.labour), (CostSort.OTHER, year.other)):
        for quarter, part in enumerate(split_evenly(amount, 4), start=1):
            keeping.keep_new(FundingLine(year=year, quarter=quarter, sort=sort, profile=part), by=by, at=at)
    tell(year, award=str(year.award))
    return year


@operation("spending reported")
def report(*, line: FundingLine, by: Any, at: datetime) -> FundingLine:
    """Write plan, spending and forecast of a quarter; raises `VarianceUnexplained`."""
    if money.needs_reason(line) and not line.reason.strip():
        raise VarianceUnexplained(
            f"{line} comes to {variance_words(money.expected(line) - line.profile)} of what was planned.",
            expected="A reason, where it differs by more than 5 in 100.",
        )
    tell(line, expected=str(money.expected(line)))
    return keeping.keep(line, by=by, at=at)
