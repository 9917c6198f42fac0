"""The months of one feed as a row of cells: what came, what is missing, what was refused, what is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from upstream_web.core.words import span_words

STRIP_WIDTH = 344.0
CELL_HEIGHT = 10
CELL_GAP = 1.5
LEAST_LABEL_GAP = 34.0
WIDEST_CELL = STRIP_WIDTH / 8


class MonthState(StrEnum):
    """What is known about one month of a feed."""

    RECEIVED = "received"
    MISSING = "missing"
    REFUSED = "refused"
    DUE = "due"


@dataclass(frozen=True)
class MonthStrip:
    """The months of a feed in order, or its years when `by_year`; `title` names the feed for those who do not see."""

    title: str
    months: tuple[tuple[date, MonthState], ...]
    by_year: bool = False

    @property
    def alternative(self) -> str:
        """Say in words what the drawing shows."""
        say = _years if self.by_year else span_words
        spans = [
            f"{state} {', '.join(say(*span) for span in _runs(self.months, state))}"
            for state in MonthState
            if any(found == state for _, found in self.months)
        ]
        return f"{self.title}: {'; '.join(spans) or 'nothing received'}"


def months_between(first: date, last: date) -> list[date]:
    """Give the first day of each month from `first` to `last`, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    return [date((start + step) // 12, (start + step) % 12 + 1, 1) for step in range(count)]


def _years(first: date, last: date) -> str:
    return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"


def _runs(months: Iterable[tuple[date, MonthState]], wanted: MonthState) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    previous: MonthState | None = None
    for month, state in months:
        if state == wanted:
            runs = [*runs[:-1], (runs[-1][0], month)] if previous == wanted else [*runs, (month, month)]
        previous = state
    return runs


def _cell(left: float, width: float, state: MonthState) -> SafeString:
    """Draw one month; the numbers are ours, so nothing needs to be escaped."""
    if state == MonthState.REFUSED:
        middle, half = left + width / 2, min(6.0, max(4.0, width / 2))
        path = f"M{middle:.1f} {5 - half:.1f}l{half} {half}-{half} {half}-{half}-{half}z"
        return mark_safe(f'<path class="c-cell--bad" d="{path}"/>')
    if state == MonthState.DUE:
        box = f'x="{left + 0.5:.1f}" y="0.5" width="{max(width - 1, 1):.1f}" height="{CELL_HEIGHT - 1}"'
        return mark_safe(f'<rect class="c-cell--due" {box}/>')
    look = 'fill="url(#hatch)"' if state == MonthState.MISSING else 'class="c-cell"'
    return mark_safe(f'<rect {look} x="{left:.1f}" y="0" width="{width:.1f}" height="{CELL_HEIGHT}"/>')


def _year_labels(months: Sequence[tuple[date, MonthState]], step: float) -> list[tuple[str, int]]:
    labels: list[tuple[str, int]] = []
    last_x = -LEAST_LABEL_GAP
    for index, (month, _) in enumerate(months):
        x = index * step + 0.8
        if (month.month == 1 or index == 0) and x - last_x >= LEAST_LABEL_GAP:
            labels.append((f"{x:.1f}", month.year))
            last_x = x
    return labels


def strip_svg(strip: MonthStrip) -> SafeString:
    """Draw the strip as SVG with classes only, so that it obeys the content policy and prints."""
    step = min(STRIP_WIDTH / max(len(strip.months), 1), WIDEST_CELL)
    gap = min(CELL_GAP, step / 4)
    cells = format_html_join(
        "", "{}", ((_cell(index * step + 0.8, step - gap, state),) for index, (_, state) in enumerate(strip.months))
    )
    labels = format_html_join("", '<text x="{}" y="24">{}</text>', _year_labels(strip.months, step))
    return format_html(
        '<svg class="chart" viewBox="0 0 345 26" width="345" height="26" role="img" aria-label="{}">{}{}</svg>',
        strip.alternative,
        cells or mark_safe(f'<rect x="0.8" y="0" width="{STRIP_WIDTH - 1:.0f}" height="10" fill="url(#hatch)"/>'),
        labels,
    )
