"""Calculations say nothing that only DuckDB understands, and say nothing false of an empty build."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from factories.tiny_build import SCOPE, ask, cells, crime, held, tiny_build
from ibis.backends.sql.compilers import DatabricksCompiler

from upstream.measures import load_definitions, summarise
from upstream.measures.calculations import CALCULATIONS, Cut
from upstream.measures.reader import BuildReader
from upstream.tables import TABLES

DEFINITIONS = load_definitions()


@pytest.fixture(scope="module")
def empty() -> BuildReader:
    return tiny_build({name: [] for name in TABLES if name != "area"})


@pytest.mark.parametrize("name", CALCULATIONS)
def test_every_calculation_can_be_put_to_spark(empty: BuildReader, name: str) -> None:
    """The expression is turned into Spark’s SQL, as Databricks speaks it; Spark itself is not needed for that."""
    calculation = CALCULATIONS[name]
    definition = next(d for d in DEFINITIONS.values() if d.calculation == name)
    for level in definition.levels:
        for breakdown in ((), *((one,) for one in definition.breakdowns)):
            cut = Cut(level, breakdown, definition.parameters, SCOPE)
            rows = calculation.calculate(empty.table, cut).rows
            assert {"area", "moment", *breakdown} <= set(rows.columns)
            assert DatabricksCompiler().to_sqlglot(rows).sql("databricks").startswith(("SELECT", "WITH"))


def test_every_calculation_is_used_by_a_definition() -> None:
    assert {definition.calculation for definition in DEFINITIONS.values()} == set(CALCULATIONS)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_empty_build_gives_no_figure_and_no_failure(empty: BuildReader, name: str) -> None:
    definition = DEFINITIONS[name]
    for level in definition.levels:
        assert ask(empty, name, level, definition.periods[0]).known.is_empty()
    assert summarise(empty, name).headline == "No figure is held."


def test_several_people_can_ask_at_once() -> None:
    months = [f"2024-{number:02d}" for number in range(1, 13)]
    rows = [crime(month, area, offences=n) for n, month in enumerate(months, 1) for area in ("A1", "B2")]
    reader = tiny_build({"crime_month": rows, "coverage": held(months)})
    levels = ["lsoa21", "district", "partnership", "force"] * 5
    with ThreadPoolExecutor(8) as pool:
        totals = list(pool.map(lambda level: sum(cells(ask(reader, "robbery_count", level, "year")).values()), levels))
    assert totals == [2 * sum(range(1, 13))] * len(levels)
