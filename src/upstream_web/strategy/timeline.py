"""The plan through time: a bar for each action, drawn on the server without script and readable without sight.

Places are percentages of the width, so that one drawing fits every width and no text in it is ever shrunk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from upstream.clocks import add_months
from upstream_web.core.words import short_day_words
from upstream_web.strategy.models import Action, ActionState, Strategy
from upstream_web.strategy.rag import Rag

MONTHS = {"quarter": 3, "year": 12}
MOST_ROWS = 400
LAST_LABEL_AT = 95
BAR_HEIGHT, BAR_TOP = 10, 7
ROW_HEIGHT = 24
DIAMOND = mark_safe('<path d="M0 -5l5 5-5 5-5-5z"/>')
GRID = mark_safe('<use href="#tl-grid"/>')
BAR_STYLES = {Rag.RED: "late", Rag.AMBER: "soon", Rag.GREEN: "open", Rag.GREY: "waiting", Rag.BLUE: "done"}


@dataclass(frozen=True)
class Span:
    """The days shown, the last one not included, with the days at which a line is drawn and their labels."""

    zoom: str
    first: date
    end: date
    ticks: tuple[tuple[date, str], ...]

    def place(self, day: date) -> float:
        """Say where a day stands, in percent of the width; days outside stand at the edge."""
        share = (day - self.first).days / (self.end - self.first).days
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def holds(self, day: date) -> bool:
        """Whether a day is among those shown."""
        return self.first <= day < self.end

    @property
    def words(self) -> str:
        """Say the span."""
        return f"{short_day_words(self.first)} to {short_day_words(self.end - timedelta(days=1))}"

    def moved(self, steps: int) -> date:
        """Give the first day of the span so many spans on."""
        return add_months(self.first, steps * MONTHS.get(self.zoom, 12))


def span_of(zoom: str, first: date | None, today: date, strategy: Strategy | None) -> Span:
    """Give the span of a zoom: a quarter, a year, or the whole strategy; beginning near today unless told otherwise."""
    if zoom == "whole" and strategy is not None:
        begin = strategy.period_from.replace(day=1)
        return _span("whole", begin, strategy.period_until + timedelta(days=1))
    zoom = zoom if zoom in MONTHS else "year"
    begin = (first or add_months(today, -3 if zoom == "year" else -1)).replace(day=1)
    return _span(zoom, begin, add_months(begin, MONTHS[zoom]))


def _span(zoom: str, begin: date, end: date) -> Span:
    step = 12 if zoom == "whole" else 1
    day = begin if zoom != "whole" else date(begin.year, 1, 1)
    ticks: list[tuple[date, str]] = []
    while day < end:
        if day >= begin:
            ticks.append((day, _label(day, zoom)))
        day = add_months(day, step)
    return Span(zoom, begin, end, tuple(ticks))


def _label(day: date, zoom: str) -> str:
    """Name a month, or its year where one begins; both together would not fit on a phone."""
    return f"{day:%Y}" if zoom == "whole" or day.month == 1 else f"{day:%b}"


@dataclass(frozen=True)
class Row:
    """One action with its bar, and the same in words."""

    action: Action
    bar: SafeString
    words: str


@dataclass(frozen=True)
class Group:
    """The actions of one priority, or of one lead body."""

    title: str
    rows: tuple[Row, ...]


def groups(actions: Iterable[Action], by: str, span: Span) -> list[Group]:
    """Lay actions out in groups by "lead" or by priority; the actions come in the order of their group."""
    return [
        Group(title, tuple(Row(action, bar(action, span), said(action)) for action in found))
        for title, found in groupby(actions, key=lambda action: group_title(action, by))
    ]


def group_title(action: Action, by: str) -> str:
    """Name the group of an action."""
    return str(action.lead_body if by == "lead" else action.commitment.priority)


def ends_on(action: Action) -> date:
    """Give the day on which an action's bar ends: when it was done, or when it is due."""
    return action.done_on or action.due_on


def said(action: Action) -> str:
    """Say what a bar shows."""
    parts = [f"{short_day_words(action.starts_on)} to {short_day_words(ends_on(action))}"]
    if action.due_on != action.baseline_due_on:
        parts.append(f"due at first on {short_day_words(action.baseline_due_on)}")
    parts.append("done" if action.state == ActionState.DONE else f"{action.percent}% done")
    return ", ".join(parts)


def bar(action: Action, span: Span) -> SafeString:
    """Draw the bar of an action over the grid: its time, the part done, the day it was due at first, milestones."""
    left = span.place(action.starts_on)
    right = max(span.place(ends_on(action) + timedelta(days=1)), left + 0.4)
    style = BAR_STYLES[action.standing.colour]
    pieces = [
        GRID,
        _rect(left, right - left, f"tl-bar tl-bar--{style}"),
        _rect(left, (right - left) * action.percent / 100, f"tl-done tl-done--{style}"),
        *_baseline(action, span),
        *_milestones(action, span),
    ]
    drawn = "".join(pieces)
    return mark_safe(  # drawn above, of numbers alone
        f'<svg class="tl" width="100%" height="{ROW_HEIGHT}" aria-hidden="true">{drawn}</svg>'
    )


def grid(span: Span, today: date) -> SafeString:
    """Draw the lines between months or years, and today, once for all bars, which point to them."""
    lines = [_line(span.place(day), "tl-grid") for day, _ in span.ticks[1:]]
    if span.holds(today):
        lines.append(_line(span.place(today), "tl-today"))
    drawn = format_html_join("", "{}", ((line,) for line in lines))
    return format_html(
        '<svg class="tl" width="0" height="0" aria-hidden="true"><symbol id="tl-grid">{}</symbol></svg>', drawn
    )


def _line(x: float, css: str) -> SafeString:
    return format_html('<line class="{}" x1="{}%" x2="{}%" y1="0" y2="100%"/>', css, x, x)


def _rect(x: float, width: float, css: str) -> SafeString:
    return mark_safe(  # numbers, and names of this module
        f'<rect class="{css}" x="{x}%" width="{round(width, 2)}%" y="{BAR_TOP}" height="{BAR_HEIGHT}"/>'
    )


def _baseline(action: Action, span: Span) -> Iterator[SafeString]:
    if action.baseline_due_on != action.due_on and span.holds(action.baseline_due_on):
        x = span.place(action.baseline_due_on)
        yield format_html('<line class="tl-first" x1="{}%" x2="{}%" y1="3" y2="{}"/>', x, x, ROW_HEIGHT - 3)


def _milestones(action: Action, span: Span) -> Iterator[SafeString]:
    for milestone in action.milestones.all():
        if span.holds(milestone.due_on):
            css = "tl-step tl-step--done" if milestone.done_on else "tl-step"
            yield format_html(
                '<svg class="{}" x="{}%" y="{}" overflow="visible">{}</svg>',
                css, span.place(milestone.due_on), ROW_HEIGHT / 2, DIAMOND,
            )  # fmt: skip


def axis(span: Span) -> SafeString:
    """Draw the head of the timeline: the names of its months or years over the grid."""
    # A label that would begin at the very end has no room.
    labels = [(place, label) for day, label in span.ticks if (place := span.place(day)) < LAST_LABEL_AT]
    texts = format_html_join("", '<text x="{}%" dx="3" y="12">{}</text>', labels)
    return format_html('<svg class="tl tl--axis" width="100%" height="18" aria-hidden="true">{}{}</svg>', GRID, texts)
