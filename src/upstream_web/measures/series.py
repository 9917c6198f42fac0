"""A measure through time and beside others, as figures of the library."""

from __future__ import annotations

from upstream.charts import control_chart
from upstream.measures import Kind, MeasureResult
from upstream.methods.xmr import Verdict, XmrResult, xmr
from upstream_web.core.drawing.figures import ShownFigure, show
from upstream_web.measures import choices, queries
from upstream_web.measures.choices import Choice

FINDINGS = {
    Verdict.ORDINARY: "No sign of change through time",
    Verdict.WORSE: "Worse than month-to-month variation would give",
    Verdict.BETTER: "Better than month-to-month variation would give",
    Verdict.CHANGED: "Changed by more than month-to-month variation would give",
    Verdict.NOT_KNOWN: "Through time",
}
FEWEST_POINTS = 6


def monthly(name: str, level: str, area: str = "") -> MeasureResult | None:
    """The measure by month for one area of a level; the only one of the widest level when none is named."""
    return queries.find_result(name, level=level, period="month", areas=(area,) if area else ())


def limits_of(result: MeasureResult) -> XmrResult:
    """The limits of ordinary variation of a monthly series."""
    definition = result.definition
    return xmr(
        result.frame["value"].cast(float).fill_null(float("nan")).to_list(),
        polarity=definition.polarity.value,
        unit=definition.unit,
        minimum=None if definition.kind is Kind.SCORE else 0.0,
        maximum=100.0 if definition.kind is Kind.SHARE else None,
    )


def trend(choice: Choice) -> ShownFigure | None:
    """The control chart of the whole area; none for measures without months."""
    definition = choice.definition
    if "month" not in definition.periods:
        return None
    result = monthly(definition.name, choices.widest_level(definition))
    if result is None or result.frame["value"].drop_nulls().len() < FEWEST_POINTS:
        return None
    limits = limits_of(result)
    figure = control_chart(
        result.frame,
        name=f"{definition.name}-through-time",
        title=FINDINGS[limits.latest.signal.verdict],
        subtitle=f"{definition.unit[:1].upper()}{definition.unit[1:]} by month, with the range expected from "
        "month-to-month variation",
        limits=limits,
        unit=definition.unit,
        decimals=definition.decimals,
        measure=definition.name,
        provenance=result.provenance,
    )
    return show(figure, identifier="through-time")
