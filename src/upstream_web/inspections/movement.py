"""Did the number move? The measure chosen for a recommendation, before its report and after its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from upstream.charts import words
from upstream.measures import MeasureResult
from upstream.measures.periods import add_months
from upstream.measures.result import Status
from upstream.methods.change_between_periods import ChangeBetweenPeriods, change_between_periods
from upstream_web.core.drawing.figures import ShownFigure, show
from upstream_web.inspections.drawing import Event, around_events
from upstream_web.inspections.models import Recommendation
from upstream_web.measures import queries

FEWEST_MONTHS = 3  # on each side; with fewer there is nothing to tell a change from chance


@dataclass(frozen=True)
class Movement:
    """What can be said: the sentence, its figures, and the chart; no chart where the measure is not held."""

    sentence: str
    detail: str
    figure: ShownFigure | None
    measure: str


@dataclass(frozen=True)
class Sides:
    """The months that count as before and as after, without those too young to judge."""

    before: pl.DataFrame
    after: pl.DataFrame
    too_young: int


def movement_of(recommendation: Recommendation) -> Movement | None:
    """Say whether the chosen measure moved; None when none is chosen or it is no longer defined."""
    if not recommendation.measure or recommendation.measure not in queries.definitions():
        return None
    definition = queries.get_definition(recommendation.measure)
    result = queries.find_result(definition.name, level=definition.levels[0], period="month")
    if result is None or result.known.is_empty():
        return Movement("Not known: no month of this measure is held.", "", None, definition.name)
    published, due = recommendation.inspection.published_on, recommendation.due_on
    events = [(label, day) for label, day in (("Published", published), ("Target date", due)) if day]
    frame = months_around(result, [day for _, day in events])
    sides = split(frame, before=published, after=due or published)
    sentence, detail = judge(sides, unit=definition.unit, has_days=bool(events), decimals=definition.decimals)
    return Movement(sentence, detail, _figure(recommendation, result, frame, events, sentence), definition.name)


def _figure(
    recommendation: Recommendation, result: MeasureResult, frame: pl.DataFrame, events: list[Event], sentence: str
) -> ShownFigure:
    definition = result.definition
    figure = around_events(
        result, frame, events, name=f"recommendation-{recommendation.pk}", title=sentence,
        subtitle=f"{definition.title}, {definition.unit}, by month, with 95% intervals",
    )  # fmt: skip
    return show(figure, identifier="moved")


def months_around(result: MeasureResult, days: list[date]) -> pl.DataFrame:
    """Give one row a month, from the year of the first day or of the first month held, to the last month held.

    Years before the one that precedes the report are left out: they say nothing about it.
    """
    frame = result.frame.sort("period_start")
    first, last = frame["period_start"].min(), frame["period_start"].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    begin = date(min(days).year - 1, 1, 1) if days else first
    begin = max(begin, min(first, date(min(days).year, 1, 1))) if days else first
    starts = []
    while begin <= last:
        starts.append(begin)
        begin = add_months(begin, 1)
    kept = frame.select("period_start", "numerator", "denominator", "value", "lower", "upper", "status")
    grid = pl.DataFrame({"period_start": starts}, schema={"period_start": pl.Date})
    return grid.join(kept.cast({"status": pl.String}), on="period_start", how="left").with_columns(
        pl.col("status").fill_null(Status.NOT_HELD.value)
    )


def split(frame: pl.DataFrame, *, before: date | None, after: date | None) -> Sides:
    """Part the held months: those that ended before the report, and those that began after the deadline."""
    held = frame.filter(pl.col("value").is_not_null())
    settled = held.filter(pl.col("status") != Status.TOO_YOUNG.value)
    nothing = settled.head(0)
    earlier = settled if before is None else settled.filter(pl.col("period_start").dt.month_end() < before)
    later = nothing if after is None else settled.filter(pl.col("period_start") > after)
    return Sides(nothing if before is None else earlier, later, held.height - settled.height)


def judge(sides: Sides, *, unit: str, has_days: bool, decimals: int) -> tuple[str, str]:
    """Say in one sentence what the months show, and in a second one the figures behind it."""
    if not has_days:
        return "We cannot say: the report has no known day of publication.", ""
    too_few = [
        _too_few(name, side.height)
        for name, side in (("before", sides.before), ("after", sides.after))
        if side.height < FEWEST_MONTHS
    ]
    if too_few:
        return f"We cannot say yet: {' and '.join(too_few)}", _young(sides.too_young)
    change = _compare(sides)
    percent, low, high = (float(part[()]) for part in change.percent)
    if not all(map(_finite, (percent, low, high))):
        return "We cannot say: there are too few cases to compare.", ""
    span = f"{words.number(low)}% to {words.number(high)}%"
    detail = (
        f"{words.number(percent)}% from before to after, likely between {span}, from {sides.before.height} months "
        f"before and {sides.after.height} after. {change.method.capitalize()}. "
        "A difference by itself does not say what caused it."
    )
    surely = int(change.surely[()])
    if surely == 0:
        return "No change can be told from ordinary variation", detail
    return f"It {'rose' if surely > 0 else 'fell'} after the deadline", detail


def _too_few(name: str, held: int) -> str:
    if held == 0:
        return f"the months {name} are not held, or too young to judge"
    return f"only {words.spelled(held)} of the months {name} {words.plural(held, 'is', 'are')} held"


def _young(number: int) -> str:
    if not number:
        return ""
    return f"{words.spelled(number).capitalize()} {words.plural(number, 'month is', 'months are')} too young to judge."


def _compare(sides: Sides) -> ChangeBetweenPeriods:
    def exposure(side: pl.DataFrame) -> Any:
        return side["denominator"].to_numpy() if side["denominator"].null_count() == 0 else None

    return change_between_periods(
        sides.after["numerator"].to_numpy(), sides.before["numerator"].to_numpy(),
        exposure=exposure(sides.after), earlier_exposure=exposure(sides.before),
    )  # fmt: skip


def _finite(value: float) -> bool:
    return value == value and abs(value) != float("inf")
