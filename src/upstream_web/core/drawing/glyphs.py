"""Marks in table cells: an estimate with its interval on one scale, and the shape of a series.

They repeat what the row says in figures, so they are hidden from screen readers. Colours come from the style
sheet by class; nothing here carries an inline style.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from upstream_web.core.drawing.numbers import is_missing

WIDTH, HEIGHT = 168, 34
SPARK_WIDTH, SPARK_HEIGHT = 92, 30
MARGIN = 6


@dataclass(frozen=True)
class Scale:
    """One horizontal scale shared by all rows of a table."""

    low: float
    high: float

    def place(self, value: float, width: float = WIDTH) -> float:
        """Where `value` stands from the left, in the drawing's units."""
        span = (self.high - self.low) or 1.0
        inside = min(max(value, self.low), self.high)
        return round(MARGIN + (inside - self.low) / span * (width - 2 * MARGIN), 1)


def common_scale(values: Sequence[float | None], *, from_zero: bool = False) -> Scale:
    """Make the scale that holds all `values`, with round ends."""
    known = [value for value in values if value is not None and not is_missing(value)]
    if not known:
        return Scale(0.0, 1.0)
    low, high = min(known), max(known)
    if from_zero or 0 <= low < 0.35 * high:
        low = min(0.0, low)
    step = _round_step((high - low) / 7 or abs(high) / 7 or 1.0)
    return Scale(step * (low // step), step * -(-high // step))


def _round_step(rough: float) -> float:
    power = 1.0
    while power > rough:
        power /= 10
    while power * 10 <= rough:
        power *= 10
    return next(power * leap for leap in (1, 2, 5, 10) if power * leap >= rough)


def interval_glyph(
    scale: Scale,
    value: float | None,
    lower: float | None,
    upper: float | None,
    reference: float | None,
    *,
    width: int = WIDTH,
) -> SafeString:
    """Draw one estimate as a dot on its interval, with a dotted line where the whole area stands."""
    parts = []
    if reference is not None and not is_missing(reference):
        parts.append(f'<path class="c-ref" d="M{scale.place(reference, width)} 0V{HEIGHT}"/>')
    if lower is not None and upper is not None and not (is_missing(lower) or is_missing(upper)):
        parts.append(
            f'<path class="c-int c-int--strong" d="M{scale.place(lower, width)} 17H{scale.place(upper, width)}"/>'
        )
    if value is not None and not is_missing(value):
        parts.append(f'<circle class="c-dot" cx="{scale.place(value, width)}" cy="17" r="4.5"/>')
    return _drawing(width, HEIGHT, "".join(parts))


def spark(values: Sequence[float | None]) -> SafeString:
    """Draw the shape of a series; the line breaks where a value is not known, and the last point is marked."""
    known = [value for value in values if value is not None and not is_missing(value)]
    if len(known) < 2:
        return _drawing(SPARK_WIDTH, SPARK_HEIGHT, "")
    low, high = min(known), max(known)
    step = (SPARK_WIDTH - 6) / max(len(values) - 1, 1)
    marks, pen_down, last = [], False, (0.0, 0.0)
    for index, value in enumerate(values):
        if value is None or is_missing(value):
            pen_down = False
            continue
        last = (round(3 + index * step, 1), round(26 - (value - low) / ((high - low) or 1.0) * 21, 1))
        marks.append(f"{'L' if pen_down else 'M'}{last[0]} {last[1]}")
        pen_down = True
    body = (
        f'<path class="c-grid" d="M0 26.5H{SPARK_WIDTH}"/><path class="c-line" d="{"".join(marks)}"/>'
        f'<circle class="c-dot--last" cx="{last[0]}" cy="{last[1]}" r="3"/>'
    )
    return _drawing(SPARK_WIDTH, SPARK_HEIGHT, body)


def _drawing(width: int, height: int, body: str) -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}</svg>',
        width,
        height,
        width,
        height,
        mark_safe(body),
    )
