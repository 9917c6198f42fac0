"""How cells are read. Expected values by hand."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pytest
from duckdb import ConstantExpression as Constant

from upstream.ingestion.values import read_value, renamed, trimmed
from upstream.sources.contract import Kind


def read(text: str | None, kind: Kind, **options: object) -> object:
    with duckdb.connect() as engine:
        engine.execute("SET TimeZone = 'UTC'")
        if "year" in options:
            options["year"] = Constant(options["year"])
        expression = read_value(trimmed(Constant(text).cast("VARCHAR")), kind, **options)  # type: ignore[arg-type]
        return engine.values([1]).select(expression).fetchall()[0][0]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.WHOLE, "417", 417),
        (Kind.WHOLE, " 417 ", 417),
        (Kind.WHOLE, "417.0", 417),
        (Kind.WHOLE, "1,433", 1433),
        (Kind.WHOLE, "56,075,912", 56075912),
        (Kind.WHOLE, "-3", -3),
        (Kind.WHOLE, "14,33", None),
        (Kind.WHOLE, "3.2", None),
        (Kind.WHOLE, "1e3", None),
        (Kind.WHOLE, "x", None),
        (Kind.WHOLE, "", None),
        (Kind.WHOLE, None, None),
        (Kind.DECIMAL, "-2.144160", -2.14416),
        (Kind.DECIMAL, "1,433.5", 1433.5),
        (Kind.DECIMAL, "1,43.5", None),
        (Kind.DECIMAL, "53.1o1", None),
        (Kind.MONTH, "2025-11", date(2025, 11, 1)),
        (Kind.MONTH, "2025-13", None),
        (Kind.MONTH, "Nov 2025", None),
        (Kind.MONTH, "2025-11-03", None),
        (Kind.DATE, "2024-02-29", date(2024, 2, 29)),
        (Kind.DATE, "2023-02-29", None),
        (Kind.MOMENT, "2019-12-01T13:10:00+00:00", datetime(2019, 12, 1, 13, 10)),  # noqa: DTZ001
        (Kind.MOMENT, "2019-06-01T13:10:00+01:00", datetime(2019, 6, 1, 12, 10)),  # noqa: DTZ001
        (Kind.FLAG, "True", True),
        (Kind.FLAG, "no", False),
        (Kind.FLAG, "maybe", None),
        (Kind.SCHOOL_YEAR, "201617", 2017),
        (Kind.SCHOOL_YEAR, "2016/17", 2017),
        (Kind.SCHOOL_YEAR, "199900", 2000),
        (Kind.SCHOOL_YEAR, "201618", None),
        (Kind.FINANCIAL_YEAR, "2006/07", date(2007, 3, 31)),
        (Kind.FINANCIAL_YEAR, "2006", None),
        (Kind.TEXT, "  as it is ", "as it is"),
    ],
)
def test_read_value(kind: Kind, text: str | None, value: object):
    assert read(text, kind) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("April", date(2012, 4, 1)), ("Dec", date(2012, 12, 1)), ("January", date(2013, 1, 1)), ("Total", None)],
)
def test_month_of_financial_year_starts_in_april(text: str, value: date | None):
    assert read(text, Kind.MONTH_OF_FINANCIAL_YEAR, year="2012-13") == value


def test_date_in_the_form_that_the_contract_names():
    assert read("31/03/2003", Kind.DATE, formats=("%d/%m/%Y",)) == date(2003, 3, 31)
    assert read("2003-03-31", Kind.DATE, formats=("%d/%m/%Y",)) is None
    assert read("2003-03-31", Kind.DATE, formats=("%d/%m/%Y", "%Y-%m-%d")) == date(2003, 3, 31)


def test_words_that_mean_nothing_and_words_renamed():
    with duckdb.connect() as engine:
        text = trimmed(Constant(" N/A "), ("N/A", "-"))
        renaming = renamed(Constant("Primary"), {"Primary": "State-funded primary"})
        staying = renamed(Constant("Total"), {"Primary": "State-funded primary"})
        assert engine.values([1]).select(text, renaming, staying).fetchall() == [
            (None, "State-funded primary", "Total")
        ]
