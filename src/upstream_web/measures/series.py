"""A measure through time, as a figure of the library."""

from __future__ import annotations

from upstream.charts import control_chart
from upstream.measures import MeasureDefinition
from upstream.measures.sentences import State
from upstream.measures.summary import Series, Summary
from upstream_web.core.drawing.figures import ShownFigure, show
from upstream_web.measures import queries
from upstream_web.measures.choices import Choice

FINDINGS = {State.ORDINARY: "No sign of change through time", State.NOT_KNOWN: "Through time"}


def series_of(summary: Summary | None) -> Series | None:
    """The series to chart: in the measure's own unit for each thirty days where it has one."""
    return (summary.per_30_days or summary.per_day) if summary else None


def trend(choice: Choice) -> ShownFigure | None:
    """The control chart of the whole area; none for measures that do not come by the month."""
    summary = queries.find_summary(choice.definition.name)
    series = series_of(summary)
    if summary is None or series is None:
        return None
    definition = choice.definition
    figure = control_chart(
        series.frame,
        name=f"{definition.name}-through-time",
        title=FINDINGS.get(series.said.state, series.said.label),
        subtitle=f"{subtitle(series)}, with the range expected from month-to-month variation",
        limits=series.limits,
        unit=series.unit,
        decimals=decimals_of(definition, series),
        measure=definition.name,
        provenance=summary.provenance,
        notes=(series.said.text,),
    )
    return show(figure, identifier="through-time")


def subtitle(series: Series) -> str:
    """The unit as the beginning of a sentence."""
    return f"{series.unit[:1].upper()}{series.unit[1:]} by month"


def decimals_of(definition: MeasureDefinition, series: Series) -> int:
    """Enough places to tell months apart: a month is a twelfth of the year that the definition has in mind."""
    centre = abs(series.limits.centre)
    return definition.decimals if centre >= 10 else max(definition.decimals, 2 if centre >= 0.1 else 3)
