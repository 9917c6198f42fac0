"""The figures of the assessment: what is drawn, under which title. How it is drawn, the charts know."""

from __future__ import annotations

import polars as pl

from upstream.assessments import words
from upstream.assessments.document import Number
from upstream.assessments.evidence import Evidence, known_rows
from upstream.assessments.findings import Gradient, Monthly, Uneven
from upstream.charts.area_map import area_map
from upstream.charts.bars import bars, concentration_bars
from upstream.charts.control_chart import control_chart
from upstream.charts.figure import Figure
from upstream.charts.force_strip import force_strip
from upstream.charts.interval_dots import Reference, deprivation_gradient, interval_dots
from upstream.exceptions import UpstreamFailure
from upstream.geography.outlines import boundaries
from upstream.measures.comparisons import Comparison
from upstream.measures.result import MeasureResult
from upstream.methods.xmr import Verdict
from upstream.store import current_build

PAPER_WIDTH = 650.0
MAP_WIDTH = 690.0
VERDICT_TITLES = {
    Verdict.ORDINARY: "lies within ordinary variation",
    Verdict.WORSE: "is worse than ordinary variation gives",
    Verdict.BETTER: "is better than ordinary variation gives",
    Verdict.CHANGED: "lies outside ordinary variation",
}


def monthly_chart(
    series: Monthly, name: str, quantity: str, *, decimals: int = 0, gap_reason: str = "no file received"
) -> Figure:
    """A control chart whose title says what the newest month tells."""
    definition = series.result.definition
    last = series.frame.drop_nulls("value")["period_start"].max()
    verdict = series.limits.latest.signal.verdict
    title = "Too few months to say what is ordinary"
    if verdict in VERDICT_TITLES:
        title = f"{words.month(last)} {VERDICT_TITLES[verdict]}"  # type: ignore[arg-type]
    return control_chart(
        series.frame, name=name, title=title, subtitle=quantity, limits=series.limits, unit=definition.unit,
        decimals=decimals, gap_reason=gap_reason, width=PAPER_WIDTH, measure=definition.name,
        provenance=series.result.provenance,
    )  # fmt: skip


def tenth_bars(spread: Uneven, label: str) -> Figure:
    """What share of offences lies in what share of neighbourhoods."""
    return concentration_bars(
        spread.answer, name="concentration",
        title=f"The tenth of neighbourhoods with most hold {spread.top_tenth.text} of recorded violence",
        subtitle=f"Share of violence and sexual offences in the neighbourhoods with most of them, {label}",
        measure=spread.result.definition.name, provenance=spread.top_tenth.provenance,
    )  # fmt: skip


def deprivation_dots(slope: Gradient, average: float | None, label: str) -> Figure:
    """Rates by tenth of deprivation with intervals."""
    return deprivation_gradient(
        slope.answer, name="deprivation_gradient",
        title=f"From {slope.most.text} per 1,000 in the most deprived tenth to {slope.least.text} in the least",
        subtitle=f"Violence and sexual offences per 1,000 residents by national tenth of deprivation, {label}",
        reference=Reference("all", average) if average is not None else None, width=PAPER_WIDTH,
        measure=slope.result.definition.name, provenance=slope.ratio.provenance,
    )  # fmt: skip


def map_of_areas(
    evidence: Evidence, result: MeasureResult | None, level: str, *, name: str, title: str, subtitle: str, unit: str,
    decimals: int = 0, breaks: tuple[float, ...] = (),
) -> Figure | None:  # fmt: skip
    """A map of one measure; None when no outline of the level is held."""
    if result is None:
        return None
    try:
        outlines = boundaries(current_build(evidence.partnership), level)
    except UpstreamFailure:
        return None
    features = {feature["properties"]["code"]: feature["properties"] for feature in outlines["features"]}
    frame = result.frame.filter(pl.col("area_code").is_in(list(features)))
    if frame.is_empty():
        return None
    district = [features[code].get("district") for code in frame["area_code"]]
    if all(district):
        frame = frame.with_columns(pl.Series("district", district))
    insets = evidence.partnership.config.insets
    return area_map(
        outlines, frame, name=name, title=title, subtitle=subtitle, unit=unit, decimals=decimals, breaks=breaks,
        places=evidence.partnership.config.places, inset=insets[0] if insets else None, width=MAP_WIDTH,
        measure=result.definition.name, provenance=result.provenance,
    )  # fmt: skip


def dots(
    result: MeasureResult, *, name: str, title: str, subtitle: str, label: str = "area_name",
    reference: tuple[str, Number | None] = ("", None), decimals: int | None = None, unit: str = "",
) -> Figure:  # fmt: skip
    """Areas or groups as points with their intervals, the highest first."""
    rows = known_rows(result).sort("value", descending=True)
    text, number = reference
    line = Reference(text, number.value) if number is not None and number.value is not None else None
    return interval_dots(
        rows, name=name, title=title, subtitle=subtitle, unit=unit or result.definition.unit, label=label,
        reference=line, decimals=result.definition.decimals if decimals is None else decimals, width=PAPER_WIDTH,
        measure=result.definition.name, provenance=result.provenance,
    )  # fmt: skip


def ratio_dots(ratios: MeasureResult, year: str) -> Figure:
    """Ratios of search rates by group, one standing for equal rates."""
    rows = known_rows(ratios).sort("value", descending=True)
    top = rows.row(0, named=True)
    return interval_dots(
        rows, name="search_ratios", label="ethnic_group", unit="times the rate of White people", decimals=1,
        title=f"{top['ethnic_group']} people were searched at {words.times(top['value'])} the rate of White people",
        subtitle=f"Rate of stops and searches as a multiple of that of White people, {year}, with 95% intervals",
        reference=Reference("equal rates", 1.0), width=PAPER_WIDTH, measure=ratios.definition.name,
        provenance=ratios.provenance,
    )  # fmt: skip


def group_bars(
    rows: pl.DataFrame, label: str, result: MeasureResult, *, name: str, title: str, subtitle: str, suffix: str = ""
) -> Figure:
    """Groups as bars from zero, in the order given."""
    return bars(
        rows, name=name, title=title, subtitle=subtitle, unit=result.definition.unit, label=label, suffix=suffix,
        measure=result.definition.name, provenance=result.provenance,
    )  # fmt: skip


def strip_of_forces(found: Comparison, name: str) -> Figure:
    """Every force held as a dot, ours named."""
    frame = found.frame.select(label="area_name", value="value", is_neighbour="is_neighbour", is_own="is_own")
    own = frame.filter(pl.col("is_own"))["label"][0]
    near = frame.filter(pl.col("is_neighbour"))["label"].to_list()
    value = frame.filter(pl.col("is_own"))["value"][0]
    side = "above" if value > (found.middle or 0.0) else "below"
    return force_strip(
        frame.drop("is_neighbour", "is_own"), name="forces_strip",
        title=f"{own} lies {side} the middle of {frame.height} forces held",
        subtitle=f"{name} per 1,000 residents, {words.span(found.period.start, found.period.end)}, one dot a force",
        ours=own, neighbours=near, unit=found.definition.unit, width=PAPER_WIDTH, measure=found.definition.name,
        provenance=found.provenance,
    )  # fmt: skip


def compared_districts(found: Comparison) -> Figure:
    """Our districts and similar ones, highest first, ours marked."""
    frame = found.frame.filter(pl.col("value").is_not_null()).sort("value", descending=True)
    rows = frame.with_columns(emphasis=pl.col("is_own"))
    own = frame.filter(pl.col("is_own"))
    return interval_dots(
        rows, name="districts_compared", label="area_name", unit=found.definition.unit, decimals=1,
        title=f"Our {own.height} districts among {frame.height - own.height} like them",
        subtitle="Violence and sexual offences per 1,000 residents, "
        f"{words.span(found.period.start, found.period.end)}; ours in strong colour",
        reference=Reference("middle", found.middle) if found.middle is not None else None, width=PAPER_WIDTH,
        measure=found.definition.name, provenance=found.provenance,
    )  # fmt: skip
