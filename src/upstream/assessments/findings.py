"""What the methods draw from the measures: change, concentration, gradient, places that stand out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from upstream.assessments import words
from upstream.assessments.document import Number
from upstream.assessments.evidence import (
    Evidence,
    Row,
    derived_number,
    key_of,
    known_rows,
    number_of,
    only_row,
    spoken_period,
    total,
    value_text,
)
from upstream.assessments.rules.sides import Side, side_of
from upstream.measures.comparisons import Comparison
from upstream.measures.definition import Kind
from upstream.measures.result import MeasureResult, Status
from upstream.methods.concentration import Concentration, concentration
from upstream.methods.deprivation_slope import DeprivationSlope, deprivation_slope
from upstream.methods.rank_intervals import rank_intervals
from upstream.methods.xmr import XmrResult, xmr

# Chance is dealt from a fixed seed, so that the same build gives the same sentences.
SEED = 20_260_211
FEWEST_AREAS = 20
TENTHS = 10


@dataclass(frozen=True)
class Monthly:
    """A monthly series with its control limits; months not held are null."""

    result: MeasureResult
    frame: pl.DataFrame
    limits: XmrResult


def monthly(evidence: Evidence, measure: str) -> Monthly | None:
    """The monthly series of a measure for the whole area; months not held, or too young to judge, are unknown."""
    recent = evidence.recent()
    if recent is None:
        return None
    result = evidence.ask(measure, "partnership", "month", start=recent[0], end=recent[1])
    if result is None:
        return None
    known = pl.when(pl.col("status") == Status.KNOWN.value).then("value")
    frame = result.frame.sort("period_start").select("period_start", value=known)
    values = frame["value"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    definition = result.definition
    limits = xmr(values, polarity=definition.polarity.value, unit=definition.unit, minimum=0.0)
    return Monthly(result, frame, limits)


def share_number(part: MeasureResult, row: Row, whole: float, label: str, key: str) -> Number:
    """The share that one row makes up of a whole count."""
    share = row["value"] / whole
    return derived_number(
        key, words.percent(share), share, results=[part], label=label, method="Share of a count", unit="share",
        period=spoken_period(row),
    )  # fmt: skip


@dataclass(frozen=True)
class Change:
    """The change of a monthly count since the same months a year before, in per cent."""

    number: Number
    before: float
    now: float
    months: tuple[date, ...]
    earlier_months: tuple[date, ...]


def change(evidence: Evidence, measure: str) -> Change | None:
    """Compare the months held in both years; None when there are none."""
    compared = evidence.before(measure)
    if compared is None:
        return None
    found, row = compared
    if row["change"] is None:
        return None
    first, last = found.months[0], found.months[-1]
    number = Number(
        key=key_of("change", measure, str(first)), text=change_text(row["change"], row["lower"], row["upper"]),
        value=row["change"], lower=row["lower"], upper=row["upper"], unit="per cent", measure=measure,
        filters={"level": found.level, "area": row["area_code"], "compared with": "the same months a year before"},
        period=f"{words.span(first, last)} and a year before", method=found.method, provenance=found.provenance,
        label=f"{found.definition.title}: change from the same months a year before, whole area",
    )  # fmt: skip
    return Change(number, row["earlier_numerator"], row["numerator"], found.months, found.earlier_months)


def change_text(point: float, lower: float | None, upper: float | None) -> str:
    """A change in per cent as sentences write it; the sign is left to the verb when it is sure."""
    if lower is None or upper is None:
        return _signed(point)
    if lower > 0:
        return f"{point:.0f}% (95% interval {lower:.0f}% to {upper:.0f}%)"
    if upper < 0:
        return f"{-point:.0f}% (95% interval {-upper:.0f}% to {-lower:.0f}%)"
    return f"{_signed(point)}, 95% interval {_signed(lower)} to {_signed(upper)}"


def _signed(point: float) -> str:
    return f"{point:+.0f}%".replace("-", "−") if round(point) else "0%"


def compared_number(found: Comparison, name: str) -> tuple[Number, Number]:
    """Our value in a comparison, and the middle of all."""
    own = found.frame.filter(pl.col("is_own")).row(0, named=True)
    definition = found.definition
    period = words.span(found.period.start, found.period.end)

    def number(kind: str, value: float, lower: float | None, upper: float | None, label: str) -> Number:
        return Number(
            key=key_of("compared", kind, definition.name), text=words.plain(value, definition.decimals), value=value,
            lower=lower, upper=upper, unit=definition.unit, measure=definition.name, filters={"level": "force"},
            period=period, method=found.provenance.method, provenance=found.provenance,
            label=f"{definition.title}, {label}",
        )  # fmt: skip

    ours = number("ours", own["value"], own["lower"], own["upper"], name)
    return ours, number("middle", found.middle or 0.0, None, None, f"middle of {found.frame.height} forces")


def place_among(found: Comparison) -> tuple[Number, int]:
    """Our place in a comparison counted from the highest, with the span that chance allows."""
    rows = found.frame.filter(pl.col("value").is_not_null())
    ranks = rank_intervals(rows["numerator"], rows["denominator"], generator=np.random.default_rng(SEED))
    index = rows["is_own"].to_list().index(True)
    first, last = int(ranks.lower[index]), int(ranks.upper[index])
    text = words.ordinal(first) if first == last else f"{words.ordinal(first)} to {words.ordinal(last)}"
    number = Number(
        key=key_of("place_among", found.definition.name), text=text, value=float(ranks.rank[index]), lower=float(first),
        upper=float(last), unit=ranks.unit, measure=found.definition.name, filters={"level": "force"},
        period=words.span(found.period.start, found.period.end), method=ranks.method, provenance=found.provenance,
        label=f"{found.definition.title}: place among forces held",
    )  # fmt: skip
    return number, rows.height


@dataclass(frozen=True)
class Uneven:
    """How unevenly something lies over small areas, with the numbers that sentences say."""

    result: MeasureResult
    answer: Concentration
    half_in: Number
    top_tenth: Number
    by_chance: Number

    @property
    def is_more_than_chance(self) -> bool:
        """Whether the tenth of areas with most holds more than chance and size would give in 39 draws of 40."""
        tenth = self.answer.share_of_places.index(0.1)
        return bool(self.answer.share_of_events[tenth] > self.answer.by_chance_upper[tenth])


def uneven(evidence: Evidence, counts: str, rates: str, level: str = "lsoa21") -> Uneven | None:
    """Concentration of a count over areas, against equal risk for every resident; None below twenty areas."""
    result, rate = evidence.over(counts, level), evidence.over(rates, level)
    if result is None or rate is None:
        return None
    rows = known_rows(rate)
    if rows.height < FEWEST_AREAS or not rows["numerator"].sum():
        return None
    answer = concentration(rows["numerator"], rows["denominator"], generator=np.random.default_rng(SEED))
    tenth = answer.share_of_places.index(0.1)
    half = answer.half_of_events_in / answer.places

    def number(name: str, share: float, label: str) -> Number:
        return derived_number(
            key_of("concentration", name, counts), words.roughly(share), share,
            results=[result, rate], label=f"{result.definition.title}: {label}", method=answer.method, unit="share",
        )  # fmt: skip

    return Uneven(
        result,
        answer,
        half_in=number("half", half, "share of neighbourhoods that hold half"),
        top_tenth=number("tenth", float(answer.share_of_events[tenth]), "share held by the tenth with most"),
        by_chance=number("chance", float(answer.by_chance[tenth]), "the same share by chance and size alone"),
    )


@dataclass(frozen=True)
class Gradient:
    """Rates by tenth of deprivation with the numbers that sentences say."""

    result: MeasureResult
    answer: DeprivationSlope
    most: Number
    least: Number
    ratio: Number

    @property
    def is_clear(self) -> bool:
        """Whether the rate of the most deprived tenth is surely above that of the least."""
        return side_of(self.ratio, 1.0) is Side.ABOVE

    @property
    def steps_down(self) -> int:
        """How many steps from one tenth to the next less deprived go down."""
        return int((np.diff(self.answer.rate) < 0).sum())


def gradient(evidence: Evidence, rates: str, deciles: str, leave_out: int = 0) -> Gradient | None:
    """Rates by national tenth of deprivation; `leave_out` drops that many areas with the highest rates."""
    rate, tenth = evidence.over(rates, "lsoa21"), evidence.latest(deciles, "lsoa21")
    if rate is None or tenth is None:
        return None
    rows = known_rows(rate).join(known_rows(tenth).select("area_code", tenth="value"), on="area_code")
    rows = rows.sort("value", descending=True).slice(leave_out)
    if rows["tenth"].n_unique() < 3 or rows.height < FEWEST_AREAS:
        return None
    answer = deprivation_slope(
        rows["numerator"], rows["denominator"], rows["tenth"], generator=np.random.default_rng(SEED),
        multiplier=rate.definition.multiplier,
    )  # fmt: skip
    suffix = f"without_{leave_out}" if leave_out else "all"

    def group(index: int, name: str) -> Number:
        values = [float(part[index]) for part in (answer.rate, answer.lower, answer.upper)]
        return derived_number(
            key_of("tenth", name, rates, suffix), words.plain(values[0], rate.definition.decimals), *values,
            results=[rate, tenth], label=f"{rate.definition.title}, {name} deprived tenth held", method=answer.method,
            unit=rate.definition.unit,
        )  # fmt: skip

    ratio = derived_number(
        key_of("deprivation_ratio", rates, suffix), words.times(answer.ratio[0]), *answer.ratio, results=[rate, tenth],
        label=f"{rate.definition.title}: most over least deprived tenth held", method=answer.method, unit="times",
    )  # fmt: skip
    return Gradient(rate, answer, group(0, "most"), group(-1, "least"), ratio)


@dataclass(frozen=True)
class Outstanding:
    """The areas whose whole interval lies above a multiple of the average."""

    result: MeasureResult
    rows: pl.DataFrame
    average: float
    count: Number
    events_share: Number
    residents_share: Number


def outstanding(evidence: Evidence, rates: str, level: str = "lsoa21", multiple: float = 2.0) -> Outstanding | None:
    """Find the areas surely above `multiple` times the average of all areas of the level."""
    rate = evidence.over(rates, level)
    if rate is None:
        return None
    rows = known_rows(rate)
    people = total(rows, "denominator")
    if rows.height < FEWEST_AREAS or not people:
        return None
    average = total(rows, "numerator") / people * rate.definition.multiplier
    found = rows.filter(pl.col("lower") > multiple * average).sort("numerator", descending=True)
    method = f"{rate.provenance.method}; whole interval above {multiple:g} times the average"

    def number(name: str, text: str, value: float, label: str) -> Number:
        return derived_number(
            key_of("outstanding", name, rates, level), text, value, results=[rate], label=label, method=method,
            unit=name,
        )  # fmt: skip

    events, residents = (total(found, name) / total(rows, name) for name in ("numerator", "denominator"))
    title = rate.definition.title
    return Outstanding(
        rate, found, average,
        number("areas", words.spelled(found.height), found.height, f"Areas surely above twice the average: {title}"),
        number("share_of_events", words.percent(events), events, f"Share of offences in those areas: {title}"),
        number("share_of_residents", words.percent(residents), residents, "Share of residents in those areas"),
    )  # fmt: skip


def place_number(result: MeasureResult, code: str, what: str) -> tuple[Number, int] | None:
    """The place of one area among all of an answer, counted from the highest, with the span that chance allows."""
    rows = known_rows(result)
    if rows.filter(area_code=code).is_empty() or rows.height < 5:
        return None
    ranks = rank_intervals(rows["numerator"], rows["denominator"], generator=np.random.default_rng(SEED))
    index = rows["area_code"].to_list().index(code)
    first, last = int(ranks.lower[index]), int(ranks.upper[index])
    text = words.ordinal(first) if first == last else f"{words.ordinal(first)} to {words.ordinal(last)}"
    number = derived_number(
        key_of("place", result.definition.name, code, period_key(result)), text, float(ranks.rank[index]),
        float(first), float(last), results=[result], label=f"{result.definition.title}: place among {what}",
        method=ranks.method, unit=ranks.unit,
    )  # fmt: skip
    return number, rows.height


def period_key(result: MeasureResult) -> str:
    """The period of an answer, fit for a key."""
    return str(result.frame["period"][0])


def spread_text(result: MeasureResult, row: Row) -> str:
    """A value with its interval for a table cell: 376 (351 to 403)."""
    definition = result.definition
    point = value_text(definition, row["value"])
    if row["lower"] is None or row["upper"] is None or definition.kind is Kind.COUNT:
        return point
    low, high = (value_text(definition, row[name]) for name in ("lower", "upper"))
    return f"{point} ({low.rstrip('%') if low.endswith('%') else low} to {high})"


def whole(evidence: Evidence, measure: str, level: str = "partnership", **more: object) -> Number | None:
    """The one number of a measure for the whole area over the span of the assessment."""
    result = evidence.over(measure, level, **more)
    row = only_row(result)
    return number_of(result, row) if result is not None and row is not None else None


def latest_number(evidence: Evidence, measure: str, level: str = "partnership", **more: object) -> Number | None:
    """The one number of a measure for the whole area in the last period held."""
    result = evidence.latest(measure, level, **more)
    row = only_row(result)
    return number_of(result, row) if result is not None and row is not None else None
