"""Control charts: a monthly series with the range that month-to-month variation alone would give."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Unpack

import polars as pl

from upstream.charts import words
from upstream.charts.axes import Gap, Timeline, decimals_for, round_domain, spread, ticks
from upstream.charts.drawing import Drawing, Padding, Pixels, text_width
from upstream.charts.figure import About, Figure, with_notes
from upstream.charts.overlay import Overlay, check_overlay, draw_events, draw_lines, event_notes, labels, target_column
from upstream.charts.overlay import describe as describe_overlay
from upstream.methods.checks import ArgumentImpossible
from upstream.methods.xmr import Verdict, XmrResult

# Shape and colour of a point by what it tells; the shape alone is enough.
LOOKS: dict[Verdict, tuple[str, str]] = {
    Verdict.WORSE: ("diamond", "concern"),
    Verdict.BETTER: ("triangle-up", "improve"),
    Verdict.CHANGED: ("square", "notice"),
}


NOTHING_OVER = Overlay()
LABEL_GAP = 7.0  # between the end of the chart and what is written beside it
STRONG = ("last", "target")


@dataclass(frozen=True)
class _Layout:
    """The measurements of one of the two drawings."""

    width: float
    height: float
    padding: Padding
    radius: float
    small: bool = False
    long_labels: bool = True


def control_chart(
    frame: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    limits: XmrResult,
    unit: str = "",
    decimals: int = 1,
    gap_reason: str = "no file received",
    width: float = 530,
    overlay: Overlay = NOTHING_OVER,
    **about: Unpack[About],
) -> Figure:
    """Draw a series with its average, its limits and its signals; what is not held is hatched and named.

    `frame` has one row a period (`period_start`, `value`; null where not held) and `limits` is the XmR result of
    the same values in the same order. `overlay` adds a target, a baseline and days on which something happened.
    """
    series = _series(frame, limits)
    check_overlay(overlay, len(series.values))
    room = _room_for_digits(series, limits, decimals)
    wide = _Layout(width, 264, Padding(34 + room, 14, 96 + room, 40), 3)
    narrow = _Layout(358, 250, Padding(34 + room, 14, 76 + room, 40), 3, long_labels=False)
    drawn = [_draw(series, limits, layout, decimals, gap_reason, overlay) for layout in (wide, narrow)]
    alternative = " ".join((describe(series, limits, subtitle, decimals), *describe_overlay(overlay, series, decimals)))
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=drawn[0], narrow=drawn[1],
        table=_table(series, limits, unit or limits.unit, overlay), alternative=alternative,
        **with_notes(about, *event_notes(overlay, series), *_notes(series, limits)),
    )  # fmt: skip


def small_control_chart(
    frame: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    limits: XmrResult,
    unit: str = "",
    decimals: int = 1,
    gap_reason: str = "not held",
    overlay: Overlay = NOTHING_OVER,
    **about: Unpack[About],
) -> Figure:
    """Draw the same chart in the size of one line of text, for a list of headline numbers."""
    series = _series(frame, limits)
    check_overlay(overlay, len(series.values))
    layout = _small_layout(series, limits, decimals, overlay)
    drawn = _draw(series, limits, layout, decimals, gap_reason, overlay)
    alternative = " ".join((describe(series, limits, subtitle, decimals), *describe_overlay(overlay, series, decimals)))
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=drawn, narrow=drawn,
        table=_table(series, limits, unit or limits.unit, overlay), alternative=alternative,
        **with_notes(about, *_notes(series, limits)),
    )  # fmt: skip


def _small_layout(series: Timeline, limits: XmrResult, decimals: int, overlay: Overlay) -> _Layout:
    """Give the measurements of the small chart, with room on the right for the longest label."""
    layout = _Layout(328, 92, Padding(2, 8, 58, 20), 2.5, small=True)
    entries = (*_label_texts(series, limits, layout, decimals), *labels(overlay, decimals, short=True))
    widest = max((text_width(text, strong=look in STRONG) for _, text, look in entries), default=0.0)
    return replace(layout, padding=replace(layout.padding, right=max(58.0, math.ceil(widest) + LABEL_GAP + 1)))


def _room_for_digits(series: Timeline, limits: XmrResult, decimals: int) -> float:
    """Give the width by which numbers of more than four characters, such as 4,237, pass the usual paddings."""
    shown = [v for v in (*series.values, limits.lower, limits.upper) if math.isfinite(v)]
    longest = max((len(words.number(v, decimals)) for v in shown), default=0)
    return 7.0 * max(0, longest - 4) + (4.0 if longest > 4 else 0.0)


def _series(frame: pl.DataFrame, limits: XmrResult) -> Timeline:
    series = Timeline.of(frame)
    if len(series.values) != len(limits.values):
        raise ArgumentImpossible(
            f"The series has {len(series.values)} periods and its limits were set on {len(limits.values)}.",
            expected="Limits of the same series.",
            do="Call xmr with frame['value'] in the order of period_start.",
        )
    return series


def _draw(
    series: Timeline, limits: XmrResult, layout: _Layout, decimals: int, gap_reason: str, overlay: Overlay
) -> dict[str, Any]:
    low, high, step = _amounts(series, limits, layout, overlay)
    drawing = Drawing(layout.width, layout.height, layout.padding, (0, max(1, len(series.values))), (low, high))
    if not layout.small and any(map(math.isfinite, series.values)):
        _grid(drawing, low, high, step)
    for run in series.held:
        _band(drawing, run, limits, dashed=not layout.small)
    for gap in series.gaps:
        hatch_gap(drawing, gap)
    draw_lines(drawing, overlay)
    for gap in series.gaps:  # named last: a target that goes on through a gap would strike its name out
        name_gap(drawing, series, gap, small=layout.small, reason=gap_reason)
    _points(drawing, series, limits, layout, decimals)
    _labels(drawing, series, limits, layout, decimals, overlay)
    draw_events(drawing, overlay, len(series.values))
    (_small_time_axis if layout.small else draw_time_axis)(drawing, series)
    return drawing.spec()


def _amounts(series: Timeline, limits: XmrResult, layout: _Layout, overlay: Overlay) -> tuple[float, float, float]:
    """Choose the range of the amounts: round numbers on the full chart, just enough on the small one."""
    shown = [v for v in (*series.values, limits.lower, limits.upper, *overlay.levels) if math.isfinite(v)] or [0.0, 1.0]
    low, high = min(shown), max(shown)
    if layout.small:
        room = (high - low) * 0.07 or abs(high) * 0.1 or 1.0
        return low - room, high + room, room
    return round_domain(low, high, from_zero=low >= 0 and low < 0.3 * high)


def _grid(drawing: Drawing, low: float, high: float, step: float) -> None:
    values = ticks(low, high, step)
    rows = [{"y": round(drawing.y_pixel(v)) + 0.5, "text": words.number(v, decimals_for(step))} for v in values]
    drawing.lines(rows, "chart-grid", x=0, x2=drawing.plot_width, y=Pixels("y"))
    drawing.text(rows, x=-7, y=Pixels("y"), align="right")


def _band(drawing: Drawing, run: Gap, limits: XmrResult, *, dashed: bool) -> None:
    """Shade the expected range over one run of held periods; it stops at a gap."""
    if not limits.known:
        return
    x, x2 = drawing.x_pixel(run.first), drawing.x_pixel(run.last + 1)
    top, bottom = drawing.y_pixel(limits.upper), drawing.y_pixel(limits.lower)
    drawing.boxes([{}], "chart-band", x=x, x2=x2, y=top, y2=bottom)
    if dashed:
        drawing.lines([{"y": top}, {"y": bottom}], "chart-limit", dash=(4, 3), x=x, x2=x2, y=Pixels("y"))
    drawing.lines([{}], "chart-mean", x=x, x2=x2, y=drawing.y_pixel(limits.centre))


def draw_gap(drawing: Drawing, series: Timeline, gap: Gap, *, small: bool, reason: str) -> None:
    """Hatch a run of periods that are not held, and say so on it."""
    hatch_gap(drawing, gap)
    name_gap(drawing, series, gap, small=small, reason=reason)


def hatch_gap(drawing: Drawing, gap: Gap) -> None:
    """Hatch a run of periods that are not held."""
    drawing.hatch(drawing.x_pixel(gap.first), 0, drawing.x_pixel(gap.last + 1), drawing.plot_height)


def name_gap(drawing: Drawing, series: Timeline, gap: Gap, *, small: bool, reason: str) -> None:
    """Say on a run of periods that they are not held, in as many words as there is room for."""
    x, x2 = drawing.x_pixel(gap.first), drawing.x_pixel(gap.last + 1)
    middle, height, room = (x + x2) / 2, drawing.plot_height, x2 - x
    if room < 56:
        drawing.upright(middle, height / 2, "not held")
        return
    if small:
        drawing.plate(middle, height / 2, [reason], room=room - 4)
        return
    spoken = series.span(gap, short=True)
    texts = [spoken, f"{reason}:", "unknown, not zero"] if room >= 112 else ["not held"]
    if room < 112 and room >= 70:
        first, _, rest = spoken.rpartition(" ")
        texts = [first, rest, "not held"] if len(spoken) * 6 > room - 8 else [spoken, "not held"]
    drawing.plate(middle, height / 2 - 5, texts, room=room - 2)


def _points(drawing: Drawing, series: Timeline, limits: XmrResult, layout: _Layout, decimals: int) -> None:
    """Draw the line within each run of held periods, then each point in the shape of what it tells."""
    rows: list[dict[str, Any]] = [
        {"x": index + 0.5, "y": value, "order": index, "part": number,
         "note": f"{words.period(series.starts[index], series.kind)}: {words.number(value, decimals)}"}
        for number, run in enumerate(series.held)
        for index, value in enumerate(series.values[run.first : run.last + 1], run.first)
    ]  # fmt: skip
    if not rows:
        return
    drawing.path(rows, "chart-1", x="x", y="y")
    last = rows[-1]["order"]
    ordinary = [row for row in rows if limits.signals[row["order"]].verdict not in LOOKS and row["order"] != last]
    if ordinary:
        young = limits.provisional
        drawing.points(_bare(ordinary), "chart-1", x="x", y="y", radius=layout.radius, hollow=young)
    for verdict, (shape, token) in LOOKS.items():
        found = [row for row in rows if limits.signals[row["order"]].verdict == verdict and row["order"] != last]
        if found:
            drawing.points(_bare(found), token, x="x", y="y", radius=layout.radius + 0.4, shape=shape)
    shape, token = LOOKS.get(limits.signals[last].verdict, ("circle", "ink"))
    drawing.points(_bare(rows[-1:]), token, x="x", y="y", radius=layout.radius + 1.2, shape=shape, edge=1.5)


def _bare(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: row[key] for key in ("x", "y", "note")} for row in rows]


def _labels(
    drawing: Drawing, series: Timeline, limits: XmrResult, layout: _Layout, decimals: int, overlay: Overlay
) -> None:
    """Write the limits, the average, the last value and what lies over them beside the end of the chart."""
    entries = _label_texts(series, limits, layout, decimals)
    entries += labels(overlay, decimals, short=layout.small or not layout.long_labels)
    places = [drawing.y_pixel(value) for value, _, _ in entries]
    least = 13 if layout.small else 15
    places = spread(places, least, top=3, bottom=drawing.plot_height - 2)
    for place, (_, text, look) in zip(places, entries, strict=True):
        token = {"last": "ink", "centre": "ink-2", "target": "done"}.get(look, "ink-3")
        drawing.write(drawing.plot_width + LABEL_GAP, place, text, token, strong=look in STRONG)


def _label_texts(series: Timeline, limits: XmrResult, layout: _Layout, decimals: int) -> list[tuple[float, str, str]]:
    entries = []
    if limits.known:
        upper, centre, lower = (words.number(v, decimals) for v in (limits.upper, limits.centre, limits.lower))
        ends = (" upper limit", " average", " lower limit") if layout.long_labels else (" upper", " avg", " lower")
        if layout.small:
            ends = ("", " avg", "")
        entries = [
            (limits.upper, upper + ends[0], "limit"),
            (limits.centre, centre + ends[1], "centre"),
            (limits.lower, lower + ends[2], "limit"),
        ]
    if limits.latest.index is not None and not layout.small:
        when = words.period(series.starts[limits.latest.index], series.kind, short=True, year=series.kind == "year")
        joined = f" in {when}" if layout.long_labels else f" {when}"
        entries.append((limits.latest.value, words.number(limits.latest.value, decimals) + joined, "last"))
    return entries


def draw_time_axis(drawing: Drawing, series: Timeline) -> None:
    """Draw the time axis: some periods named under their ticks, the years below them."""
    cell = drawing.plot_width / max(1, len(series.values))
    floor = drawing.plot_height
    drawing.lines([{}], "chart-axis", x=0, x2=drawing.plot_width, y=floor + 0.5)
    marks = [{"x": round((index + 0.5) * cell) + 0.5, "text": text} for index, text in series.tick_labels(cell)]
    drawing.lines(marks, "chart-axis", x=Pixels("x"), y=floor, y2=floor + 4)
    drawing.text(marks, x=Pixels("x"), y=floor + 18, dy=0, align="center")
    years = [{"x": index * cell, "text": text} for index, text in series.year_labels(cell)]
    drawing.text(years, "ink-2", x=Pixels("x"), y=floor + 35, dy=0)


def _small_time_axis(drawing: Drawing, series: Timeline) -> None:
    """Name the first period, each January that has room, and the last."""
    cell, floor, width = drawing.plot_width / max(1, len(series.values)), drawing.plot_height, drawing.plot_width
    drawing.lines([{}], "chart-axis", x=0, x2=width, y=floor + 0.5)
    if not series.starts:
        return
    months = series.kind != "year"
    ends = words.period(series.starts[-1], series.kind, short=True, year=not months)
    drawing.write(width, floor + 17, ends, dy=0, align="right")
    free = 0.0
    for index, start in enumerate(series.starts):
        text, x = words.period(start, series.kind, short=True), index * cell
        if (index == 0 or start.month == 1) and x >= free and x + len(text) * 6 < width - 30:
            drawing.lines([{}], "chart-axis", x=round(x) + 0.5, y=floor, y2=floor + 4)
            drawing.write(x, floor + 17, text, dy=0)
            free = x + len(text) * 6 + 16


def describe(series: Timeline, limits: XmrResult, subtitle: str, decimals: int) -> str:
    """Say in words what a reader of the chart would see."""
    said = [words.sentence(f"Control chart of {subtitle[:1].lower()}{subtitle[1:]}")]
    if not series.held:
        return f"{said[0]} Nothing is held: every {series.noun} is unknown."
    held = sum(run.last - run.first + 1 for run in series.held)
    noun = words.plural(held, series.noun)
    said.append(
        words.sentence(f"{words.spelled(held)} {noun} held: {words.listed([series.span(r) for r in series.held])}")
    )
    last = limits.latest
    if last.index is not None:
        when = words.period(series.starts[last.index], series.kind)
        said.append(f"The last, {when}, is {words.number(last.value, decimals)}.")
    if limits.known:
        said.append(_describe_limits(series, limits, decimals))
    if series.gaps:
        unknown = words.listed([series.span(gap) for gap in series.gaps])
        said.append(words.sentence(f"{unknown} {'is' if len(series.gaps) == 1 else 'are'} unknown, not zero"))
    return " ".join(said)


def _describe_limits(series: Timeline, limits: XmrResult, decimals: int) -> str:
    average, lower, upper = (words.number(v, decimals) for v in (limits.centre, limits.lower, limits.upper))
    text = f"The average is {average}; month-to-month variation alone would give {lower} to {upper}."
    text = text.replace("month-to-month", f"{series.noun}-to-{series.noun}")
    signalled = [index for index, signal in enumerate(limits.signals) if signal.rules]
    if not signalled:
        return f"{text} No point meets a rule for change."
    told = [f"{words.period(series.starts[i], series.kind)} ({limits.signals[i].verdict.value})" for i in signalled]
    if len(told) > 6:
        return f"{text} {words.spelled(len(told)).capitalize()} points meet a rule for change, the last {told[-1]}."
    verb = "meets" if len(told) == 1 else "meet"
    return f"{text} {words.listed(told)} {verb} a rule for change."


def _notes(series: Timeline, limits: XmrResult) -> tuple[str, ...]:
    if not limits.known:
        return (f"No limits: fewer than two {series.noun}s that follow one another are held.",)
    points = f"{limits.points_used} {words.plural(limits.points_used, series.noun)}"
    across = ", moving ranges never taken across the gap" if series.gaps else ""
    notes = [f"XmR chart; limits from the {points} held{across}."]
    if limits.provisional:
        notes.append("The limits are provisional: they rest on fewer than twelve points, so the points are hollow.")
    return tuple(notes)


def _table(series: Timeline, limits: XmrResult, unit: str, overlay: Overlay) -> pl.DataFrame:
    known = [math.isfinite(value) for value in series.values]
    table = pl.DataFrame(
        {
            "Period": [words.period(start, series.kind) for start in series.starts],
            unit.capitalize() or "Value": [v if math.isfinite(v) else None for v in series.values],
            "Average": [limits.centre if k and limits.known else None for k in known],
            "Lower limit": [limits.lower if k and limits.known else None for k in known],
            "Upper limit": [limits.upper if k and limits.known else None for k in known],
            "Signal": [
                signal.verdict.value if k else "not held" for k, signal in zip(known, limits.signals, strict=True)
            ],
        }
    )
    if overlay.last_target is None:
        return table
    return table.with_columns(Target=pl.Series(target_column(overlay, known), dtype=pl.Float64))
