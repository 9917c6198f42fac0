"""Calculate a measure for any area level, period and breakdown that its data carry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from upstream.exceptions import MeasureCannotBeCutThatWay, UnknownArea, UnknownMeasure
from upstream.measures import assembling, valuing
from upstream.measures.calculations import CALCULATIONS, Counted, Cut
from upstream.measures.definition import Interval, MeasureDefinition
from upstream.measures.loading import load_definitions
from upstream.measures.opening import open_reader
from upstream.measures.periods import MONTHLY
from upstream.measures.reader import BuildReader
from upstream.measures.result import MeasureQuery, MeasureResult, Provenance
from upstream.partnership import Partnership

if TYPE_CHECKING:
    from upstream.store.builds import Build

EVERYWHERE = "everywhere"  # as the only entry of `areas`: every area that the feed carries, not just our own
CONFIDENCE_LEVEL = 0.95


def calculate(
    source: Partnership | Build | BuildReader,
    name: str,
    *,
    level: str | None = None,
    period: str | None = None,
    start: date | None = None,
    end: date | None = None,
    areas: Sequence[str] = (),
    breakdown: Sequence[str] = (),
) -> MeasureResult:
    """Calculate the measure `name`.

    `level` and `period` default to the first that the definition lists. `start` and `end` are inclusive; only
    periods that lie wholly between them are given, and without them every period from the first held to the
    last, those not held included. Period `span` takes the months from `start` to `end` as one. `areas` are
    codes; none means the partnership's own areas of the level, and `("everywhere",)` all that the feed carries.

    A month that is held and has no rows is a known zero; a month that is not held is unknown, and so is every
    longer period that it is part of. Raises `UnknownMeasure`, `UnknownArea`, or `MeasureCannotBeCutThatWay`
    with the ways in which the measure can be cut.
    """
    reader = open_reader(source)
    definition = find_definition(load_definitions(source if isinstance(source, Partnership) else None), name)
    query = MeasureQuery(
        measure=name,
        level=level or definition.levels[0],
        period=(period or definition.periods[0]).replace("_", " "),
        start=start,
        end=end,
        areas=tuple(areas),
        breakdown=tuple(breakdown),
    )
    check_query(definition, query)
    return calculate_definition(reader, definition, query)


def find_definition(definitions: dict[str, MeasureDefinition], name: str) -> MeasureDefinition:
    """Find one definition; raises `UnknownMeasure` with the nearest names."""
    if name in definitions:
        return definitions[name]
    near = get_close_matches(name, definitions, n=5, cutoff=0.4)
    raise UnknownMeasure(
        f"There is no measure called {name}.",
        expected=f"Nearest: {', '.join(near)}." if near else "",
        do="`upstream measures` lists all.",
    )


def check_query(definition: MeasureDefinition, query: MeasureQuery) -> None:
    """Raise `MeasureCannotBeCutThatWay` when the definition does not carry what is asked for."""
    periods = (*definition.periods, "span") if "month" in definition.periods else definition.periods
    for word, asked, carried in (
        ("level", (query.level,), definition.levels),
        ("period", (query.period,), periods),
        ("breakdown", query.breakdown, definition.breakdowns),
    ):
        wrong = [item for item in asked if item not in carried]
        if wrong:
            raise MeasureCannotBeCutThatWay(
                f"{definition.name} has no {word} {', '.join(wrong)}.",
                expected=f"It has: {', '.join(carried) or 'none'}.",
            )
    if query.start and query.end and query.start > query.end:
        raise MeasureCannotBeCutThatWay(
            f"The start, {query.start}, is after the end, {query.end}.", do="Exchange them."
        )


def calculate_definition(reader: BuildReader, definition: MeasureDefinition, query: MeasureQuery) -> MeasureResult:
    """Answer `query` by the definition given; for definitions that are not on file, such as a draft."""
    counted = count(reader, definition, query)
    rows = read_rows(reader, definition, counted, query)
    places = find_areas(reader, query, rows)
    if counted.held_by or (query.period in MONTHLY and "month" in definition.periods):
        frame, notes = assembling.by_months(reader, counted, rows, places, query)
    else:
        frame, notes = assembling.as_published(counted, rows, places, query)
    if counted.divide_by == "population":
        frame, more = valuing.add_residents(frame, reader.population(query.level))
        notes += more
    frame = valuing.add_values(frame, definition, divide=counted.divide_by != "nothing")
    if definition.parameters.get("among") == "closed" and counted.held_by:
        frame, more = valuing.mark_young(frame, reader, definition, query)
        notes += more
    notes += valuing.note_unplaced(reader, definition, query, frame)
    frame = frame.select(*_columns(query, frame)).sort("area_code", "period_start", *query.breakdown)
    return MeasureResult(definition, query, frame, make_provenance(reader, definition, counted, notes))


def count(reader: BuildReader, definition: MeasureDefinition, query: MeasureQuery) -> Counted:
    """Put the calculation together as an expression; the same cut is put together once for each build."""
    cut = Cut(query.level, query.breakdown, definition.parameters, reader.scope)
    made: Counted = reader.keep(
        ("counted", *_cut_key(definition, query)),
        lambda: CALCULATIONS[definition.calculation].calculate(reader.table, cut),
    )
    return made


def _cut_key(definition: MeasureDefinition, query: MeasureQuery) -> tuple[object, ...]:
    """Name what makes the rows of two questions the same, whichever definitions they come from."""
    return definition.calculation, repr(definition.parameters), query.level, query.breakdown


def read_rows(
    reader: BuildReader, definition: MeasureDefinition, counted: Counted, query: MeasureQuery
) -> pl.DataFrame:
    """Run the calculation once for each build and cut, and put codes where the feed has names."""

    def make() -> pl.DataFrame:
        rows = reader.fetch(counted.rows).drop_nulls("area")
        if counted.area_is == "code":
            return rows
        names = rows.select("area").unique()
        code = pl.Series("code", [reader.code_of(query.level, name) for name in names["area"]], dtype=pl.String)
        return rows.join(names.with_columns(code), on="area").with_columns(area="code").drop("code")

    made: pl.DataFrame = reader.keep(("rows", *_cut_key(definition, query)), make)
    return made


def find_areas(reader: BuildReader, query: MeasureQuery, rows: pl.DataFrame) -> pl.DataFrame:
    """List the areas to answer for: area_code and area_name; raises `UnknownArea` for a code that is not held."""
    own = reader.areas(query.level).select("area_code", "area_name")
    if not query.areas:
        return own
    carried = rows.select(area_code="area").unique().join(own, on="area_code", how="anti")
    names = reader.names(query.level).select("area_code", "area_name")
    others = carried.join(names, on="area_code", how="left")
    every = pl.concat([own, others.with_columns(pl.coalesce("area_name", "area_code"))]).sort("area_code")
    if query.areas == (EVERYWHERE,):
        return every
    wrong = sorted(set(query.areas) - set(every["area_code"]))
    if wrong:
        raise UnknownArea(
            f"{query.measure} is not held for {', '.join(wrong)}.",
            expected=f"Codes of level {query.level}.",
            do="`upstream measures` with no area lists them.",
        )
    return every.filter(pl.col("area_code").is_in(query.areas))


def _columns(query: MeasureQuery, frame: pl.DataFrame) -> list[pl.Expr]:
    names = ["area_code", "area_name", "level", "period", "period_start", "period_end", *query.breakdown]
    numbers = ["numerator", "denominator", "value", "lower", "upper"]
    level = pl.lit(query.level).alias("level")
    return [level if name == "level" else pl.col(name) for name in (*names, *numbers, "status")]


def make_provenance(
    reader: BuildReader, definition: MeasureDefinition, counted: Counted, notes: Sequence[str]
) -> Provenance:
    """Say how the figure was made: build, receipts in force, definition, method."""
    interval = definition.interval
    method = counted.method if interval is Interval.NONE else f"{counted.method}; {valuing.INTERVAL_NAMES[interval]}"
    return Provenance(
        build=reader.facts.id,
        built_at=reader.facts.built_at,
        feeds=reader.feeds_used(definition.feeds),
        definition_version=definition.version,
        method=method,
        confidence_level=None if interval is Interval.NONE else CONFIDENCE_LEVEL,
        software_version=reader.facts.software_version,
        notes=(*counted.notes, *notes),
    )
