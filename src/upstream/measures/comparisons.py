"""A measure beside other forces, other districts, and the same months of the year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from upstream.codes import police_forces
from upstream.exceptions import MeasureCannotBeCutThatWay
from upstream.measures import panel
from upstream.measures.calculations import Counted
from upstream.measures.calculator import EVERYWHERE, calculate, find_definition, make_provenance
from upstream.measures.definition import MeasureDefinition
from upstream.measures.loading import load_definitions
from upstream.measures.opening import open_reader
from upstream.measures.periods import Period, add_months, list_months, month_end
from upstream.measures.reader import BuildReader
from upstream.measures.result import MeasureResult, Provenance, Status
from upstream.methods.change_between_periods import change_between_periods
from upstream.partnership import Partnership

if TYPE_CHECKING:
    from upstream.store.builds import Build

STREET_CRIME = ("crime_count", "crime_rate")
MONTHS_OF_A_YEAR = 12
FEWEST_RESIDENTS = 100_000


@dataclass(frozen=True)
class Comparison:
    """One number for ours and for others over the same time, in order from low to high.

    `frame` has area_code, area_name, numerator, denominator, value, lower, upper, is_own and is_neighbour (forces)
    or is_similar (districts). `missing` names those that are not held for the whole time; they are unknown, not
    zero. `middle` is the median of all shown.
    """

    definition: MeasureDefinition
    period: Period
    frame: pl.DataFrame
    missing: tuple[str, ...]
    middle: float | None
    provenance: Provenance


@dataclass(frozen=True)
class ChangeFromBefore:
    """Each area in some months and in the same months of the year before.

    `frame` has area_code, area_name, numerator, earlier_numerator, change, lower, upper (per cent; null where it
    cannot be said) and surely: +1 where the whole interval lies above no change, -1 below, otherwise 0.
    """

    definition: MeasureDefinition
    level: str
    months: tuple[date, ...]
    earlier_months: tuple[date, ...]
    frame: pl.DataFrame
    method: str
    provenance: Provenance


def compare_forces(
    source: Partnership | Build | BuildReader, name: str, *, start: date | None = None, end: date | None = None
) -> Comparison:
    """Set our force beside every other for which the whole time is held.

    Crime at street level is counted from the comparison panel, by default over the last unbroken months (twelve at
    most) that the panel holds of our own force; other measures take the last period published for us.
    """
    reader = open_reader(source)
    definition = _definition(source, name)
    if definition.calculation in STREET_CRIME:
        return _compare_forces_by_panel(reader, definition, start, end)
    if "force" not in definition.levels or definition.levels != ("force",):
        raise MeasureCannotBeCutThatWay(
            f"{name} is not held for other forces.", expected="A measure of recorded crime or of searches by the year."
        )
    result = calculate(source, name, level="force", start=start, end=end, areas=(EVERYWHERE,))
    return _latest_comparison(reader, result, {force.area_code for force in police_forces() if force.area_code})


def _definition(source: Partnership | Build | BuildReader, name: str) -> MeasureDefinition:
    return find_definition(load_definitions(source if isinstance(source, Partnership) else None), name)


def _compare_forces_by_panel(
    reader: BuildReader, definition: MeasureDefinition, start: date | None, end: date | None
) -> Comparison:
    period = _panel_period(reader, start, end)
    forces = [force for force in police_forces() if force.area_code]
    held = panel.forces_with_all(reader, period.months)
    missing = tuple(force.area_name for force in forces if force.slug not in held)
    names = pl.DataFrame(
        [(f.slug, f.area_code, f.area_name) for f in forces if f.slug in held],
        schema=["force_slug", "area_code", "area_name"],
        orient="row",
    )
    counts = panel.count_by_force(reader, definition, period.months)
    frame = names.join(counts, on="force_slug", how="left").with_columns(pl.col("numerator").fill_null(0.0))
    frame, notes = panel.add_rates(reader, definition, frame, period, "force")
    frame, too_few = _leave_out_tiny(frame)
    notes += too_few
    near = reader.scope.neighbour_forces
    frame = frame.with_columns(
        is_own=pl.col("force_slug") == reader.scope.force_slug, is_neighbour=pl.col("force_slug").is_in(near)
    ).drop("force_slug")
    return _comparison(reader, definition, period, frame, missing, notes)


def _leave_out_tiny(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Leave out forces with hardly any residents: a rate per resident of the City of London says nothing."""
    tiny = frame.filter(pl.col("denominator") < FEWEST_RESIDENTS)
    notes = tuple(
        f"{name} is left out: with {persons:,.0f} residents a rate per resident says nothing."
        for name, persons in tiny.select("area_name", "denominator").iter_rows()
    )
    return frame.filter((pl.col("denominator") >= FEWEST_RESIDENTS) | pl.col("denominator").is_null()), notes


def _panel_period(reader: BuildReader, start: date | None, end: date | None) -> Period:
    """Take the months asked for, or the last unbroken run that the panel holds of our own force."""
    if start and end:
        return Period(f"{start:%Y-%m} to {end:%Y-%m}", start.replace(day=1), month_end(end))
    held = reader.held_months("crime_count", reader.scope.force_slug)
    run = last_run(sorted(held))
    if not run:
        raise MeasureCannotBeCutThatWay(
            "The comparison panel holds nothing of our own force.", do="Load police_counts."
        )
    return Period(f"{run[0]:%Y-%m} to {run[-1]:%Y-%m}", run[0], month_end(run[-1]))


def last_run(months: Sequence[date], most: int = MONTHS_OF_A_YEAR) -> list[date]:
    """Give the last months that follow one another without a gap, `most` of them at most, in order."""
    run: list[date] = []
    for month in reversed(sorted(months)):
        if len(run) == most or (run and add_months(run[0], -1) != month):
            break
        run.insert(0, month)
    return run


def _comparison(
    reader: BuildReader,
    definition: MeasureDefinition,
    period: Period,
    frame: pl.DataFrame,
    missing: tuple[str, ...],
    notes: Sequence[str],
) -> Comparison:
    middle = frame["value"].median()
    return Comparison(
        definition=definition,
        period=period,
        frame=frame.sort("value", "area_code", nulls_last=True),
        missing=missing,
        middle=float(middle) if isinstance(middle, int | float) else None,
        provenance=_provenance(reader, definition, ("police_counts", "population_districts"), notes),
    )


def _provenance(
    reader: BuildReader, definition: MeasureDefinition, feeds: tuple[str, ...], notes: Sequence[str]
) -> Provenance:
    counted = Counted(reader.table("crime_count"), method="Crude rate" if definition.multiplier != 1 else "Count")
    made = make_provenance(reader, definition, counted, notes)
    return Provenance(**{**made.__dict__, "feeds": reader.feeds_used(feeds)})


def _latest_comparison(reader: BuildReader, result: MeasureResult, codes: set[str]) -> Comparison:
    """Take the last period in which our own value is known."""
    own = {row["area_code"] for row in reader.areas(result.query.level).to_dicts()}
    known = result.known.filter(pl.col("area_code").is_in(own))
    if known.is_empty():
        raise MeasureCannotBeCutThatWay(f"{result.definition.name} is not known for our own area.")
    last = known.sort("period_end").row(-1, named=True)
    frame = result.frame.filter(pl.col("period") == last["period"], pl.col("area_code").is_in(codes))
    unknown = frame.filter(pl.col("status") != Status.KNOWN.value)
    slugs = {force.area_code: force.slug for force in police_forces()}
    near = [code for code, slug in slugs.items() if slug in reader.scope.neighbour_forces]
    shown = frame.filter(pl.col("status") == Status.KNOWN.value).select(
        *("area_code", "area_name", "numerator", "denominator", "value", "lower", "upper"),
        is_own=pl.col("area_code").is_in(own),
        is_neighbour=pl.col("area_code").is_in(near),
    )
    middle = shown["value"].median()
    return Comparison(
        definition=result.definition,
        period=Period(last["period"], last["period_start"], last["period_end"]),
        frame=shown.sort("value", "area_code"),
        missing=tuple(unknown["area_name"]),
        middle=float(middle) if isinstance(middle, int | float) else None,
        provenance=result.provenance,
    )


def compare_districts(
    source: Partnership | Build | BuildReader,
    name: str,
    *,
    among: str = "similar",
    start: date | None = None,
    end: date | None = None,
) -> Comparison:
    """Set our districts beside `similar` ones elsewhere, or beside `all` districts whose force is held.

    Only offences that the district's own force recorded and placed are counted; forces leave different shares
    without a place, so small distances mean little.
    """
    if among not in ("similar", "all"):
        raise MeasureCannotBeCutThatWay(f"among is {among}.", expected="similar or all.")
    reader = open_reader(source)
    definition = _definition(source, name)
    own = reader.areas("district")["area_code"].to_list()
    wanted = None if among == "all" else [*own, *reader.scope.similar_districts]
    if definition.calculation not in STREET_CRIME:
        return _published_districts(source, reader, name, wanted)
    period = _panel_period(reader, start, end)
    districts = panel.districts_of_forces(reader)
    districts = districts.filter(pl.col("area_code").is_in(wanted)) if wanted is not None else districts
    held = panel.forces_with_all(reader, period.months)
    missing = districts.filter(~pl.col("force_slug").is_in(held))
    counts = panel.count_by_district(reader, definition, period.months)
    frame = districts.filter(pl.col("force_slug").is_in(held)).join(counts, on=["area_code", "force_slug"], how="left")
    frame = frame.with_columns(pl.col("numerator").fill_null(0.0)).drop("force_slug")
    frame, notes = panel.add_rates(reader, definition, frame, period, "district")
    frame = frame.with_columns(
        is_own=pl.col("area_code").is_in(own), is_similar=pl.col("area_code").is_in(reader.scope.similar_districts)
    )
    return _comparison(reader, definition, period, frame, tuple(missing["area_name"].sort()), notes)


def _published_districts(
    source: Partnership | Build | BuildReader, reader: BuildReader, name: str, wanted: Sequence[str] | None
) -> Comparison:
    result = calculate(source, name, level="district", areas=(EVERYWHERE,))
    codes = set(wanted) if wanted is not None else set(result.frame["area_code"])
    comparison = _latest_comparison(reader, result, codes)
    similar = pl.col("area_code").is_in(reader.scope.similar_districts)
    frame = comparison.frame.drop("is_neighbour").with_columns(is_similar=similar)
    return Comparison(**{**comparison.__dict__, "frame": frame})


def compare_previous(
    source: Partnership | Build | BuildReader,
    name: str,
    *,
    level: str = "partnership",
    areas: Sequence[str] = (),
    start: date | None = None,
    end: date | None = None,
) -> ChangeFromBefore:
    """Compare months with the same months a year before, using only those that are held in both years.

    The months are those from `start` to `end`, or those of the last twelve held. The change is in offences a day,
    so that a leap day makes none; its interval allows for how much months differ among themselves, which chance
    alone would not.
    """
    reader = open_reader(source)
    definition = _definition(source, name)
    if definition.calculation not in STREET_CRIME:
        raise MeasureCannotBeCutThatWay(
            f"{name} does not come by the month.", expected="A count or rate of street-level crime."
        )
    held = reader.held_months("street_crime", reader.scope.force_name)
    later = like_months(held, start, end)
    earlier = [add_months(month, -MONTHS_OF_A_YEAR) for month in later]
    result = calculate(source, name, level=level, period="month", areas=areas)
    frame, method = _change(result.frame, later, earlier)
    notes = (f"Compared: {list_months(later)} with {list_months(earlier)}.",) if later else ("No month is held twice.",)
    made = result.provenance
    provenance = Provenance(**{**made.__dict__, "method": method, "notes": notes})
    return ChangeFromBefore(definition, level, tuple(later), tuple(earlier), frame, method, provenance)


def like_months(held: frozenset[date], start: date | None, end: date | None) -> list[date]:
    """List the months of the later year that are held and whose like a year before is held too."""
    if not held:
        return []
    last = end or max(held)
    first = start or add_months(last, 1 - MONTHS_OF_A_YEAR)
    wanted = [month for month in sorted(held) if first <= month <= last]
    return [month for month in wanted if add_months(month, -MONTHS_OF_A_YEAR) in held]


def _change(frame: pl.DataFrame, later: list[date], earlier: list[date]) -> tuple[pl.DataFrame, str]:
    """Put each area's months side by side and ask for the change with its interval."""
    areas = frame.select("area_code", "area_name").unique(maintain_order=True)
    if not later:
        empty = {name: pl.lit(None, dtype=pl.Float64) for name in ("numerator", "earlier_numerator")}
        unknown = {name: pl.lit(None, dtype=pl.Float64) for name in ("change", "lower", "upper")}
        return areas.with_columns(**empty, **unknown, surely=pl.lit(0)), "none"
    now, now_days = _matrix(frame, areas, later)
    then, then_days = _matrix(frame, areas, earlier)
    answer = change_between_periods(now, then, exposure=now_days, earlier_exposure=then_days)
    change, lower, upper = answer.percent
    made = areas.with_columns(
        numerator=pl.Series(answer.events),
        earlier_numerator=pl.Series(answer.earlier_events),
        change=pl.Series(change).fill_nan(None),
        lower=pl.Series(lower).fill_nan(None),
        upper=pl.Series(upper).fill_nan(None),
        surely=pl.Series(answer.surely),
    )
    return made, answer.method


def _matrix(frame: pl.DataFrame, areas: pl.DataFrame, months: list[date]) -> tuple[list[list[float]], list[int]]:
    """Give the counts, one row an area and one column a month, and the days of each month."""
    chosen = frame.filter(pl.col("period_start").is_in(months))
    by_area = dict(chosen.sort("period_start").group_by("area_code").agg("numerator").iter_rows())
    days = [month_end(month).day for month in months]
    return [by_area[code] for code in areas["area_code"]], days
