"""The comparison panel: crime counted by force, district and month from every force's files that could be had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis.expr.types as ir
import polars as pl

from upstream.codes import police_forces
from upstream.measures import valuing
from upstream.measures.assembling import STATUS
from upstream.measures.calculations.register import either
from upstream.measures.definition import Kind, MeasureDefinition
from upstream.measures.periods import Period
from upstream.measures.reader import BuildReader
from upstream.measures.result import Status


def forces_with_all(reader: BuildReader, months: Sequence[date]) -> list[str]:
    """List the slugs of the forces of whom every one of `months` is held."""
    held: dict[str, frozenset[date]] = reader.keep("panel held", lambda: _held(reader))
    wanted = set(months)
    return sorted(slug for slug, those in held.items() if wanted <= those)


def _held(reader: BuildReader) -> dict[str, frozenset[date]]:
    return {slug: reader.held_months("crime_count", slug) for slug in reader.suppliers("crime_count")}


def _rows(reader: BuildReader, definition: MeasureDefinition, months: Sequence[date]) -> ir.Table:
    """Take the crime types of the measure in the months wanted."""
    rows = reader.table("crime_count")
    parameters = definition.parameters
    rows = rows.filter(rows.month.isin(list(months)), either(rows.crime_type, parameters.get("crime_types", ())))
    left_out = list(parameters.get("crime_types_left_out", ()))
    return rows.filter(~rows.crime_type.isin(left_out)) if left_out else rows


def count_by_force(reader: BuildReader, definition: MeasureDefinition, months: Sequence[date]) -> pl.DataFrame:
    """Count all offences of each force's files, with a place or without: force_slug, numerator."""
    rows = _rows(reader, definition, months)
    counted = rows.group_by("force_slug").agg(numerator=rows.offences.sum().cast("float64"))
    frame: pl.DataFrame = reader.keep(("panel", repr(definition.parameters), *months), lambda: reader.fetch(counted))
    return frame


def count_by_district(reader: BuildReader, definition: MeasureDefinition, months: Sequence[date]) -> pl.DataFrame:
    """Count offences by the district in which they were placed and the force that recorded them."""
    rows = _rows(reader, definition, months)
    rows = rows.filter(rows.district_code.notnull())
    counted = rows.group_by("force_slug", area_code=rows.district_code).agg(
        numerator=rows.offences.sum().cast("float64")
    )
    key = ("panel districts", repr(definition.parameters), *months)
    frame: pl.DataFrame = reader.keep(key, lambda: reader.fetch(counted))
    return frame


def districts_of_forces(reader: BuildReader) -> pl.DataFrame:
    """Say which force polices each district: area_code, area_name, force_slug."""
    link = reader.table("area_link")
    link = link.filter(link.child_level == "district", link.parent_level == "force")
    frame = reader.fetch(link.select(area_code="child_code", force_code="parent_code").distinct())
    slugs = {force.area_code: force.slug for force in police_forces() if force.area_code}
    frame = frame.with_columns(force_slug=pl.col("force_code").replace_strict(slugs, default=None))
    names = reader.names("district").select("area_code", "area_name")
    return frame.drop_nulls("force_slug").join(names, on="area_code").select("area_code", "area_name", "force_slug")


def add_rates(
    reader: BuildReader, definition: MeasureDefinition, frame: pl.DataFrame, period: Period, level: str
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Divide counts by residents as the measure does, and add intervals."""
    known = pl.lit(Status.KNOWN.value, dtype=STATUS)
    frame = frame.with_columns(period_end=pl.lit(period.end), status=known)
    notes: tuple[str, ...] = ()
    if definition.kind is Kind.RATE:
        frame, notes = valuing.add_residents(frame, reader.population(level))
    frame = valuing.add_values(frame, definition, divide=definition.kind is Kind.RATE)
    return frame.drop("period_end", "status"), notes
