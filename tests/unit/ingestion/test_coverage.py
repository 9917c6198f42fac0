"""Which days one value of a period column stands for. Expected values by hand."""

from __future__ import annotations

from datetime import date

import pytest

from upstream.ingestion.coverage import period_bounds
from upstream.sources.contract import Period


@pytest.mark.parametrize(
    ("value", "unit", "bounds"),
    [
        (date(2024, 2, 1), Period.MONTH, (date(2024, 2, 1), date(2024, 2, 29))),
        (date(2025, 12, 1), Period.MONTH, (date(2025, 12, 1), date(2025, 12, 31))),
        (2022, Period.YEAR, (date(2022, 1, 1), date(2022, 12, 31))),
        (2017, Period.SCHOOL_YEAR, (date(2016, 9, 1), date(2017, 8, 31))),
        (date(2018, 3, 31), Period.YEAR_ENDING, (date(2017, 4, 1), date(2018, 3, 31))),
        (date(2024, 2, 29), Period.YEAR_ENDING, (date(2023, 3, 1), date(2024, 2, 29))),
        (date(2017, 12, 30), Period.YEAR_ENDING, (date(2016, 12, 31), date(2017, 12, 30))),
        (None, Period.MONTH, (None, None)),
        (date(2024, 2, 1), Period.NONE, (None, None)),
    ],
)
def test_period_bounds(value: object, unit: Period, bounds: tuple[date | None, date | None]):
    assert period_bounds(value, unit) == bounds
