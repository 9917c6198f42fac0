"""Financial years, which begin on 1 April and are named by the year in which they begin, and their quarters."""

from __future__ import annotations

from datetime import date, timedelta


def quarter_ends_on(year: int, quarter: int) -> date:
    """Give the last day of a quarter of the financial year that begins in `year`.

    >>> quarter_ends_on(2025, 4)
    datetime.date(2026, 3, 31)
    """
    first_after = (date(year, 7, 1), date(year, 10, 1), date(year + 1, 1, 1), date(year + 1, 4, 1))[quarter - 1]
    return first_after - timedelta(days=1)


def financial_year(on: date) -> int:
    """Give the year in which the financial year of a day begins."""
    return on.year if (on.month, on.day) >= (4, 1) else on.year - 1


def year_words(year: int) -> str:
    """Write a financial year: `2025-26`.

    >>> year_words(2099)
    '2099-00'
    """
    return f"{year}-{(year + 1) % 100:02d}"
