"""A build small enough to count by hand: two districts of two small areas each, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import ibis
import polars as pl

from upstream.measures.calculations import Scope
from upstream.measures.calculator import calculate_definition, check_query
from upstream.measures.definition import MeasureDefinition
from upstream.measures.loading import load_definitions
from upstream.measures.periods import month_end
from upstream.measures.reader import BuildReader
from upstream.measures.result import MeasureQuery, MeasureResult
from upstream.tables import TABLES

FORCE, OTHER_FORCE = "Dorset Police", "British Transport Police"
SCOPE = Scope("tiny", "Tiny", FORCE, "E23000039", "dorset", "South West", ("hampshire",), ("D9",))
PLACES = {"A1": "DA", "A2": "DA", "B1": "DB", "B2": "DB"}
RESIDENTS = {"A1": 1000.0, "A2": 3000.0, "B1": 2000.0, "B2": 4000.0}
Crime = tuple[str, str | None, str, float]

DERIVED = {
    "meta": {"key": pl.String, "value": pl.String},
    "coverage": {
        "feed": pl.String,
        "table_name": pl.String,
        "supplier": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
    },
    "feed_receipt": {
        "feed": pl.String,
        "title": pl.String,
        "receipt": pl.String,
        "first_period": pl.Date,
        "last_period": pl.Date,
    },
    "place": {
        "lsoa21": pl.String,
        "lsoa21_name": pl.String,
        "msoa21": pl.String,
        "ward": pl.String,
        "district": pl.String,
        "csp": pl.String,
        "upper_tier": pl.String,
        "force": pl.String,
        "in_partnership": pl.Boolean,
    },
    "area_population": {"level": pl.String, "area_code": pl.String, "year": pl.Int32, "persons": pl.Float64},
    "crime_month": {
        "month": pl.Date,
        "reported_by": pl.String,
        "lsoa21": pl.String,
        "district": pl.String,
        "in_partnership": pl.Boolean,
        "placed": pl.String,
        "crime_type": pl.String,
        "last_outcome": pl.String,
        "offences": pl.Float64,
    },
}
TYPES = {"VARCHAR": pl.String, "BIGINT": pl.Int64, "DOUBLE": pl.Float64, "DATE": pl.Date, "BOOLEAN": pl.Boolean}


def month(text: str) -> date:
    """Read 2025-03 as its first day."""
    return date.fromisoformat(f"{text}-01")


def crime(
    when: str,
    lsoa: str | None,
    crime_type: str = "Robbery",
    offences: float = 1,
    outcome: str | None = None,
    by: str = FORCE,
) -> dict[str, Any]:
    """Make one row of months of crime; an area that is not ours lies outside, none at all has no place."""
    placed = "no place" if lsoa is None else "inside" if lsoa in PLACES else "outside"
    return {
        "month": month(when),
        "reported_by": by,
        "lsoa21": lsoa,
        "district": PLACES.get(lsoa or ""),
        "in_partnership": placed == "inside",
        "placed": placed,
        "crime_type": crime_type,
        "last_outcome": outcome,
        "offences": float(offences),
    }


def held(months: Iterable[str], table: str = "street_crime", supplier: str = FORCE) -> list[dict[str, Any]]:
    """Say that these months were received."""
    return [
        {
            "feed": table,
            "table_name": table,
            "supplier": supplier,
            "period_start": month(m),
            "period_end": month_end(month(m)),
        }
        for m in months
    ]


def residents(years: Sequence[int] = (2024,)) -> list[dict[str, Any]]:
    """Give residents of every level for each year, the same in all."""
    by_level = {
        "lsoa21": RESIDENTS,
        "district": {"DA": 4000.0, "DB": 6000.0},
        "partnership": {"tiny": 10000.0},
        "force": {"E23000039": 10000.0},
    }
    return [
        {"level": level, "area_code": code, "year": year, "persons": persons}
        for year in years
        for level, areas in by_level.items()
        for code, persons in areas.items()
    ]


def tiny_build(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> BuildReader:
    """Make the build from rows of any of its tables; places and names are always there."""
    connection = duckdb.connect()
    place = [
        {
            "lsoa21": small,
            "lsoa21_name": f"Area {small}",
            "district": district,
            "ward": f"W{small}",
            "in_partnership": True,
        }
        for small, district in PLACES.items()
    ]
    names = [{"area_code": small, "area_name": f"Area {small}", "level": "lsoa21"} for small in PLACES]
    names += [{"area_code": code, "area_name": f"District {code}", "level": "district"} for code in ("DA", "DB")]
    meta = [
        {"key": "build_id", "value": "2026-01-01.1"},
        {"key": "built_at", "value": "2026-01-01T00:00:00+00:00"},
        {"key": "software_version", "value": "0"},
    ]
    filled = {"place": place, "area": names, "meta": meta, **tables}
    schemas = DERIVED | {name: _published(name) for name in filled if name in TABLES}
    for name, schema in schemas.items():
        rows = [{column: row.get(column) for column in schema} for row in filled.get(name, ())]
        connection.register("given", pl.DataFrame(rows, schema=schema))
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    connection.unregister("given")
    return BuildReader(ibis.duckdb.from_connection(connection), SCOPE)


def _published(name: str) -> dict[str, Any]:
    return {column.name: TYPES.get(column.type.value, pl.Datetime) for column in TABLES[name].columns}


def ask(
    reader: BuildReader,
    measure: str | MeasureDefinition,
    level: str,
    period: str,
    *,
    start: date | None = None,
    end: date | None = None,
    areas: Sequence[str] = (),
    breakdown: Sequence[str] = (),
) -> MeasureResult:
    """Calculate a built-in or given definition on a tiny build."""
    definition = load_definitions()[measure] if isinstance(measure, str) else measure
    query = MeasureQuery(definition.name, level, period, start, end, tuple(areas), tuple(breakdown))
    check_query(definition, query)
    return calculate_definition(reader, definition, query)


def cells(result: MeasureResult, column: str = "value") -> dict[tuple[str, str], float | None]:
    """Give one column by area and period."""
    return {(row["area_code"], row["period"]): row[column] for row in result.frame.to_dicts()}
