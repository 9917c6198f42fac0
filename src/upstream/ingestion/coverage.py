"""Finds out what a landed file holds: which suppliers and periods, how many rows of each, and what is odd in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import duckdb
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant
from duckdb import FunctionExpression as Call

from upstream.codes import code_list
from upstream.ingestion.receipt import HeldPeriod
from upstream.sources import Source
from upstream.sources.contract import Coverage, Period, Whole
from upstream.tables import TABLES


def period_bounds(value: object, unit: Period) -> tuple[date | None, date | None]:
    """First and last day of what one value of the period column stands for."""
    if unit is Period.MONTH and isinstance(value, date):
        following = (value.replace(day=28) + timedelta(days=4)).replace(day=1)
        return value.replace(day=1), following - timedelta(days=1)
    if unit is Period.YEAR and isinstance(value, int):
        return date(value, 1, 1), date(value, 12, 31)
    if unit is Period.SCHOOL_YEAR and isinstance(value, int):
        return date(value - 1, 9, 1), date(value, 8, 31)
    if unit is Period.YEAR_ENDING and isinstance(value, date):
        return (value + timedelta(days=1)).replace(year=value.year - 1), value
    return None, None


def held_periods(engine: duckdb.DuckDBPyConnection, source: Source, parquet: dict[str, Path]) -> tuple[HeldPeriod, ...]:
    """List what each table got, by supplier and period; only the feed’s first table is cut into periods."""
    held: list[HeldPeriod] = []
    for place, (table, path) in enumerate(parquet.items()):
        rows = engine.read_parquet(str(path))
        coverage = source.coverage if place == 0 else Coverage()
        held += _held(rows, table, source, coverage)
    return tuple(held)


def _held(rows: duckdb.DuckDBPyRelation, table: str, source: Source, coverage: Coverage) -> Iterable[HeldPeriod]:
    supplier = Column(coverage.supplier) if coverage.supplier else Constant(source.supplier)
    period = Column(coverage.period) if coverage.period else Constant(None)
    counted = rows.select(supplier.alias("supplier"), period.alias("period")).aggregate(
        "supplier, period, count(*) AS n", "supplier, period"
    )
    found = counted.order("period, supplier").fetchall()
    of_period: dict[object, int] = {}
    for _, value, number in found:
        of_period[value] = of_period.get(value, 0) + number
    for name, value, number in found:
        start, end = period_bounds(value, coverage.unit)
        yield HeldPeriod(str(name), start, end, number, table, _is_whole(coverage.whole, number, of_period[value]))


def _is_whole(rule: Whole, rows: int, rows_of_period: int) -> bool:
    """Decide whether a supplier’s rows are its whole period; docs/how-to/mend-a-refused-file.md says what follows."""
    if rule is Whole.BY_MAJORITY:
        return rows * 2 > rows_of_period
    return rule is Whole.ALWAYS


def oddities(engine: duckdb.DuckDBPyConnection, source: Source, parquet: dict[str, Path]) -> list[str]:
    """Say what is odd in a file without being wrong: repeated identifiers, repeated rows, keys given twice."""
    said: list[str] = []
    table = next(iter(parquet), "")
    if not table:
        return said
    rows = engine.read_parquet(str(parquet[table]))
    if source.identifier:
        said += _repeated_identifiers(rows, source.identifier)
    if TABLES[table].key and not source.outputs[0].distinct:
        said += _repeated_keys(rows, table)
    return said + _unknown_words(rows, source)


def _unknown_words(rows: duckdb.DuckDBPyRelation, source: Source) -> list[str]:
    """Say which words of a tolerant code list are new; their rows are kept."""
    said = []
    for item in (item for item in source.fields if item.codes and item.tolerate_unknown_codes):
        known = code_list(item.codes)
        for column in (name for name, given in source.outputs[0].columns.items() if given == item.name):
            counted = rows.filter(Column(column).isnotnull()).aggregate(
                f'"{column}" AS word, count(*) AS n', f'"{column}"'
            )
            said += [
                f"“{word}” in “{item.found}” is not in the list {item.codes} ({number:,} rows); they were kept."
                for word, number in sorted(counted.fetchall())
                if word not in known
            ]
    return said


def _repeated_identifiers(rows: duckdb.DuckDBPyRelation, identifier: str) -> list[str]:
    # Hashes stand in for the identifiers: at five million rows the texts alone would not fit the memory allowed.
    marked = rows.filter(Column(identifier).isnotnull()).select(Call("hash", Column(identifier)).alias("mark"))
    again = marked.aggregate("count(*) - count(DISTINCT mark) AS again").fetchall()[0][0]
    if not again:
        return []
    return [
        f"{again:,} rows repeat an identifier ({identifier}) that another row of the file has; all were kept, "
        "because the publisher gives one row a crime and may list it again."
    ]


def _repeated_keys(rows: duckdb.DuckDBPyRelation, table: str) -> list[str]:
    keys = ", ".join(TABLES[table].key)
    names = ", ".join(name for name in rows.columns if name != "receipt")
    same = rows.aggregate(f"{keys}, count(*) AS n, count(DISTINCT row({names})) AS kinds", keys).filter("n > 1")
    twice, differing = same.aggregate("count(*), count(*) FILTER (kinds > 1)").fetchall()[0]
    said = []
    if twice - differing:
        said.append(f"{twice - differing:,} rows of {table} are given twice, word for word; each counts once.")
    if differing:
        said.append(
            f"{differing:,} rows of {table} are given twice with different values ({keys} the same); "
            "the file contradicts itself, and one of each was taken: ask the supplier which is right."
        )
    return said
