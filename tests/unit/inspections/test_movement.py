"""What is said of a number before a report and after its deadline."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from upstream_web.inspections.movement import judge, split

PUBLISHED, DUE = date(2023, 3, 8), date(2024, 3, 31)


def months(first: date, values: list[tuple[int, int]], status: str = "known") -> pl.DataFrame:
    """Months in a row, each with cases and the number they are out of."""
    starts = [
        date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1) for i in range(len(values))
    ]
    return pl.DataFrame(
        {
            "period_start": starts,
            "numerator": [float(cases) for cases, _ in values],
            "denominator": [float(total) for _, total in values],
            "value": [100 * cases / total for cases, total in values],
            "status": [status] * len(values),
        }
    )


def said(frame: pl.DataFrame) -> tuple[str, str]:
    """Say it as the page does."""
    return judge(split(frame, before=PUBLISHED, after=DUE), unit="%", has_days=True, decimals=1)


def test_months_that_straddle_a_day_belong_to_neither_side():
    sides = split(months(date(2023, 1, 1), [(10, 100)] * 18), before=PUBLISHED, after=DUE)
    # Before: January and February 2023, for March holds the day. After: April to June 2024.
    assert (sides.before.height, sides.after.height) == (2, 3)


def test_nothing_is_said_without_months_before():
    sentence, _ = said(months(date(2025, 1, 1), [(10, 100)] * 12))
    assert sentence == "We cannot say yet: the months before are not held, or too young to judge"


def test_young_months_do_not_count():
    frame = pl.concat(
        [months(date(2022, 1, 1), [(10, 100)] * 12), months(date(2025, 1, 1), [(9, 90)] * 6, "too young to judge")]
    )
    sentence, detail = said(frame)
    assert "the months after are not held, or too young to judge" in sentence
    assert detail == "Six months are too young to judge."


def test_a_doubling_is_told_and_no_cause_is_claimed():
    frame = pl.concat([months(date(2022, 1, 1), [(50, 1000)] * 12), months(date(2025, 1, 1), [(100, 1000)] * 12)])
    sentence, detail = said(frame)
    assert sentence == "It rose after the deadline"
    # 1,200 against 600 events over the same exposure: +100%; error sqrt(1/1200 + 1/600) = 0.05, t(22) = 2.074,
    # so 100 x (2 x exp(±0.1037) - 1) = 80 to 122.
    assert detail.startswith(
        "100% from before to after, likely between 80% to 122%, from 12 months before and 12 after."
    )
    assert "does not say what caused it" in detail


def test_ordinary_variation_is_no_change():
    low, high = (40, 1000), (60, 1000)
    frame = pl.concat([months(date(2022, 1, 1), [low, high] * 6), months(date(2025, 1, 1), [high, low] * 6)])
    assert said(frame)[0] == "No change can be told from ordinary variation"


@pytest.mark.parametrize("held", [1, 2])
def test_a_few_months_say_how_few(held):
    frame = pl.concat([months(date(2023, 1, 1), [(5, 100)] * held), months(date(2025, 1, 1), [(5, 100)] * 12)])
    assert f"only {'one' if held == 1 else 'two'} of the months before" in said(frame)[0]
