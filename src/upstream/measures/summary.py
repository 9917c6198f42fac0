"""One measure in brief: its newest figures, whether it changed, where it is highest, and what may be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from upstream.exceptions import UpstreamFailure
from upstream.measures import sentences
from upstream.measures.calculator import calculate, find_definition
from upstream.measures.comparisons import STREET_CRIME, ChangeFromBefore, compare_previous, last_run
from upstream.measures.definition import Kind, MeasureDefinition
from upstream.measures.loading import load_definitions
from upstream.measures.opening import open_reader
from upstream.measures.periods import add_months, month_end, month_name, span_name
from upstream.measures.reader import BuildReader
from upstream.measures.result import MeasureResult, Provenance, Status
from upstream.measures.sentences import Said, State
from upstream.methods.concentration import Concentration, concentration
from upstream.methods.rate_ratio import rate_ratio
from upstream.methods.xmr import XmrResult, xmr
from upstream.partnership import Partnership

if TYPE_CHECKING:
    from upstream.store.builds import Build

MONTHS_SHOWN = 24
DAYS_OF_A_STANDARD_MONTH = 30
SMALLEST_FIRST = ("lsoa21", "msoa21", "ward", "district")
PER_CENT = 100.0
TENTH = 0.1
SEED = 20_250_101  # the range that chance would give is drawn anew each time; a fixed seed makes it the same each time


@dataclass(frozen=True)
class Reading:
    """One value with its period. `per_day` is events a day, where the measure counts events."""

    period: str
    start: date
    end: date
    numerator: float | None
    denominator: float | None
    value: float
    lower: float | None
    upper: float | None
    per_day: float | None

    @property
    def when(self) -> str:
        """The period as people say it."""
        if self.period.startswith("year to"):
            return f"the year to {month_name(self.end)}"
        return self.period if "/" in self.period else span_name(self.start, self.end)


@dataclass(frozen=True)
class Series:
    """A series for a control chart: `frame` has period, period_start, period_end, value (null where not held).

    Months that are too young to judge are left off its ends: they would look like a change.
    """

    frame: pl.DataFrame
    limits: XmrResult
    unit: str
    said: Said


@dataclass(frozen=True)
class Highest:
    """The areas of one level with the highest values, highest first; `of` is how many have a known value."""

    level: str
    frame: pl.DataFrame
    of: int


@dataclass(frozen=True)
class Summary:
    """What a page or a paragraph needs to say of one measure in one area.

    `latest` is the last unbroken months up to twelve as one period, or the newest period published; `newest` is the
    newest known month. Where the level has several areas and none was chosen there is no one figure, and `latest` is
    None. `per_day` and `per_30_days` are the same months without the unevenness of month lengths:
    events a day, and the measure's own unit for each thirty days. What the measure does not have is None.
    """

    definition: MeasureDefinition
    level: str
    area_code: str
    area_name: str
    latest: Reading | None
    newest: Reading | None
    per_day: Series | None
    per_30_days: Series | None
    said: Said
    change: ChangeFromBefore | None
    districts: Highest | None
    highest: Highest | None
    concentration: Concentration | None
    sentences: tuple[str, ...]
    provenance: Provenance

    @property
    def headline(self) -> str:
        """The sentences as one text."""
        return " ".join(self.sentences)


def summarise(
    source: Partnership | Build | BuildReader,
    name: str,
    *,
    level: str | None = None,
    area: str = "",
    places: bool = True,
    seed: int = SEED,
) -> Summary:
    """Sum a measure up for one area, the whole partnership unless told otherwise.

    With `places` it also says which districts and small areas are highest and how concentrated it is; leave that
    out for a list of many measures. `seed` feeds the draws by which chance is told from concentration.
    """
    reader = open_reader(source)
    definition = find_definition(load_definitions(source if isinstance(source, Partnership) else None), name)
    chosen = level or definition.levels[0]
    own = reader.areas(chosen)["area_code"]
    areas = (area,) if area else tuple(own) if len(own) == 1 else ()
    main = _main_result(source, definition, chosen, areas)
    months = (
        calculate(source, name, level=chosen, period="month", areas=areas)
        if areas and _is_monthly(definition)
        else None
    )
    latest = _last_reading(main, definition)
    daily, standard = _series(months, definition) if months else (None, None)
    of_places = _look_at_places(source, definition, latest, seed) if places and not area and latest else NO_PLACES
    series = daily or standard
    said = series.said if series else NO_SERIES
    one = bool(areas)
    return Summary(
        definition=definition,
        level=chosen,
        area_code=areas[0] if areas else "",
        area_name=main.frame["area_name"][0] if areas and main.frame.height else reader.scope.name,
        latest=latest if one else None,
        newest=_last_reading(months, definition) if months else None,
        per_day=daily,
        per_30_days=standard,
        said=said,
        change=_change(source, definition, chosen, areas) if one else None,
        districts=of_places.districts,
        highest=of_places.highest,
        concentration=of_places.concentration,
        sentences=_sentences(definition, latest, said, of_places, one=one),
        provenance=main.provenance,
    )


@dataclass(frozen=True)
class _OfPlaces:
    """Where a measure is high, and how uneven it lies."""

    districts: Highest | None = None
    highest: Highest | None = None
    concentration: Concentration | None = None


NO_SERIES = Said(State.NOT_KNOWN, "Not by the month", "Published too seldom to tell a change from chance.", "monthly")
NO_PLACES = _OfPlaces()


def _is_monthly(definition: MeasureDefinition) -> bool:
    return "month" in definition.periods


def _look_at_places(
    source: Partnership | Build | BuildReader, definition: MeasureDefinition, latest: Reading, seed: int
) -> _OfPlaces:
    highest = _highest(source, definition, SMALLEST_FIRST, latest)
    return _OfPlaces(
        districts=_highest(source, definition, ("district", "upper_tier"), latest),
        highest=highest,
        concentration=_concentration(definition, highest, seed) if highest else None,
    )


def _main_result(
    source: Partnership | Build | BuildReader, definition: MeasureDefinition, level: str, areas: tuple[str, ...]
) -> MeasureResult:
    """Take the last unbroken months, twelve at most, as one period; or every period published."""
    if not _is_monthly(definition):
        return calculate(source, definition.name, level=level, areas=areas)
    months = calculate(source, definition.name, level=level, period="month", areas=areas)
    run = last_run(months.known["period_start"].unique().to_list())
    if not run:
        return months
    start, end = run[0], month_end(run[-1])
    return calculate(source, definition.name, level=level, period="span", areas=areas, start=start, end=end)


def _last_reading(result: MeasureResult, definition: MeasureDefinition) -> Reading | None:
    if result.known.is_empty():
        return None
    row = result.known.sort("period_end").row(-1, named=True)
    days = (row["period_end"] - row["period_start"]).days + 1
    counts = definition.kind in (Kind.COUNT, Kind.RATE) and _is_monthly(definition)
    return Reading(
        period=row["period"],
        start=row["period_start"],
        end=row["period_end"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        value=row["value"],
        lower=row["lower"],
        upper=row["upper"],
        per_day=row["numerator"] / days if counts and row["numerator"] is not None else None,
    )


def _series(months: MeasureResult, definition: MeasureDefinition) -> tuple[Series | None, Series | None]:
    """Make the two series of the last months; older ones rest on other areas and rules and are left out."""
    settled = months.frame.filter(pl.col("status") == Status.KNOWN.value)["period_start"].sort()
    if settled.is_empty():
        return None, None
    last = settled[-1]
    first = max(add_months(last, 1 - MONTHS_SHOWN), settled[0])
    first = settled.filter(settled >= first)[0]
    recent = months.frame.filter(pl.col("period_start").is_between(first, last)).sort("period_start")
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days() + 1
    if definition.kind not in (Kind.COUNT, Kind.RATE):
        return None, _chart(recent, pl.col("value"), definition, definition.unit, PER_CENT)
    noun = definition.unit if definition.kind is Kind.COUNT else definition.events
    standard = pl.col("value") / days * DAYS_OF_A_STANDARD_MONTH
    return (
        _chart(recent, pl.col("numerator") / days, definition, f"{noun} a day", None),
        _chart(recent, standard, definition, f"{definition.unit} per 30 days", None),
    )


def _chart(
    months: pl.DataFrame, value: pl.Expr, definition: MeasureDefinition, unit: str, maximum: float | None
) -> Series:
    frame = months.select("period", "period_start", "period_end", "numerator", "status", value=value)
    limits = xmr(
        frame["value"].cast(pl.Float64).fill_null(float("nan")).to_numpy(),
        polarity=definition.polarity.value,
        unit=unit,
        minimum=0.0,
        maximum=maximum,
    )
    return Series(frame, limits, unit, sentences.read_chart(limits, frame["period_start"].to_list()))


def _change(
    source: Partnership | Build | BuildReader, definition: MeasureDefinition, level: str, areas: tuple[str, ...]
) -> ChangeFromBefore | None:
    if definition.calculation not in STREET_CRIME:
        return None
    return compare_previous(source, definition.name, level=level, areas=areas)


def _highest(
    source: Partnership | Build | BuildReader,
    definition: MeasureDefinition,
    levels: tuple[str, ...],
    latest: Reading,
) -> Highest | None:
    """Give the areas of the first of `levels` that the measure and the build carry, highest value first."""
    for level in levels:
        if level not in definition.levels:
            continue
        try:
            result = _same_period(source, definition, level, latest)
        except UpstreamFailure:
            continue
        if result.known.height > 1:
            frame = result.known.sort("value", "area_code", descending=[True, False]).drop("level", "status")
            return Highest(level, frame, frame.height)
    return None


def _same_period(
    source: Partnership | Build | BuildReader, definition: MeasureDefinition, level: str, latest: Reading
) -> MeasureResult:
    period = "span" if _is_monthly(definition) else definition.periods[0]
    return calculate(source, definition.name, level=level, period=period, start=latest.start, end=latest.end)


def _concentration(definition: MeasureDefinition, highest: Highest, seed: int) -> Concentration | None:
    """Ask how uneven events lie between small areas; only counts and rates of crime can be asked so."""
    if definition.calculation not in STREET_CRIME:
        return None
    counts = highest.frame["numerator"].to_numpy()
    if counts.sum() == 0:
        return None
    people = highest.frame["denominator"]
    residents = people.to_numpy() if people.null_count() == 0 else np.ones(counts.size)
    return concentration(counts, residents, generator=np.random.default_rng(seed))


def _sentences(
    definition: MeasureDefinition, latest: Reading | None, said: Said, places: _OfPlaces, *, one: bool
) -> tuple[str, ...]:
    """Write what stands at the head of a page: the figure, whether it changed, where it is high, how uneven."""
    if latest is None:
        return ("No figure is held.",)
    shown = places.districts or places.highest
    written = [_figure(definition, latest, said)] if one else []
    if shown is not None and one and definition.kind is Kind.RATE:
        written.append(_extremes(shown.frame))
    if shown is not None and not one:
        written.append(_range(definition, latest, shown))
    if places.concentration is not None and places.highest is not None:
        written.append(_uneven(places.highest, places.concentration))
    return tuple(written)


def _range(definition: MeasureDefinition, latest: Reading, shown: Highest) -> str:
    """Say between which values the areas lie where no figure is held for all of them together."""
    high, low = shown.frame.row(0, named=True), shown.frame.row(-1, named=True)
    texts = [f"{row['value']:,.{definition.decimals}f}" for row in (low, high)]
    name = f"{definition.short_title}, {definition.unit}, {latest.when}"
    return f"{sentences.say_range(name, texts[0], low['area_name'], texts[1], high['area_name'])}."


def _uneven(highest: Highest, concentrated: Concentration) -> str:
    noun = {"lsoa21": "neighbourhoods", "msoa21": "middle areas", "ward": "wards"}.get(highest.level, "districts")
    at = concentrated.share_of_places.index(TENTH)
    share, chance = float(concentrated.share_of_events[at]), float(concentrated.by_chance_upper[at])
    return f"{sentences.say_concentration(share, TENTH, chance, noun)}."


def _figure(definition: MeasureDefinition, latest: Reading, said: Said) -> str:
    value = f"{latest.value:,.{definition.decimals}f}"
    unit = definition.unit if definition.unit.startswith("%") else f" {definition.unit}"
    counted = definition.kind is Kind.RATE and latest.numerator is not None
    count = f", {latest.numerator:,.0f} {definition.events}" if counted else ""
    ending = {
        State.ORDINARY: ", with no sign of change from month to month",
        State.WATCH: ", with no sure sign of change yet",
        State.BACK: "; the newest month is inside the range again",
        State.CHANGED: f"; {said.label[0].lower()}{said.label[1:]}",
    }.get(said.state, "")
    return f"{value}{unit} in {latest.when}{count}{ending}."


def _extremes(frame: pl.DataFrame) -> str:
    """Compare the highest district with the lowest, as far as the interval of their ratio allows."""
    first, last = frame.row(0, named=True), frame.row(-1, named=True)
    ratio = rate_ratio(
        events=first["numerator"],
        population=first["denominator"],
        other_events=last["numerator"],
        other_population=last["denominator"],
    )
    said = sentences.say_ratio(
        first["area_name"], last["area_name"], float(ratio.value), float(ratio.lower), float(ratio.upper)
    )
    return f"{said}."
