"""What is drawn over a control chart: a target, the level of the time before, and days on which something happened."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from upstream.charts import words
from upstream.charts.axes import Timeline
from upstream.charts.drawing import Drawing, Pixels
from upstream.methods.checks import ArgumentImpossible

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Overlay:
    """`target` has one entry a period (None where none is in force); `events` are places of periods with words.

    `baseline` is one level with `baseline_words` that name it. What is empty is not drawn.
    """

    target: tuple[float | None, ...] = ()
    target_words: str = "target"
    baseline: float | None = None
    baseline_words: str = "before"
    events: tuple[tuple[int, str], ...] = field(default=())

    @property
    def levels(self) -> list[float]:
        """The amounts for which the axis must have room."""
        return [value for value in (*self.target, self.baseline) if value is not None]

    @property
    def last_target(self) -> float | None:
        """The newest target."""
        return next((value for value in reversed(self.target) if value is not None), None)


def check_overlay(overlay: Overlay, periods: int) -> None:
    """Raise `ArgumentImpossible` when an overlay does not fit a series of so many periods."""
    if overlay.target and len(overlay.target) != periods:
        raise ArgumentImpossible(
            f"The target has {len(overlay.target)} entries and the series {periods} periods.",
            expected="One entry a period, None where no target is in force.",
        )


def draw_lines(drawing: Drawing, overlay: Overlay) -> None:
    """Draw the target, stepping from period to period, and the baseline as a dotted level."""
    steps = [
        {"x": place, "x2": place + 1, "y": value} for place, value in enumerate(overlay.target) if value is not None
    ]
    if steps:
        drawing.lines(steps, "done", width=1.75, dash=(7, 3), x="x", x2="x2", y="y")
    if overlay.baseline is not None:
        y = drawing.y_pixel(overlay.baseline)
        drawing.lines([{}], "ink-2", dash=(1, 3), width=1.5, x=0, x2=drawing.plot_width, y=y)


def draw_events(drawing: Drawing, overlay: Overlay, periods: int) -> None:
    """Mark each period in which something happened by a thin line with its letter on top."""
    cell = drawing.plot_width / max(1, periods)
    marks = [
        {"x": (place + 0.5) * cell, "text": letter} for letter, (place, _) in zip(LETTERS, overlay.events, strict=False)
    ]
    if marks:
        drawing.lines(marks, "control", dash=(2, 2), x=Pixels("x"), y=2, y2=drawing.plot_height)
        drawing.text(marks, "ink-2", x=Pixels("x"), y=-3, dy=0, align="center", strong=True, halo=True)


def labels(overlay: Overlay, decimals: int, *, short: bool) -> Iterator[tuple[float, str, str]]:
    """Give the words that stand beside the end of the chart: amount, text, and how they look."""
    if overlay.last_target is not None:
        name = "target" if short else overlay.target_words
        yield overlay.last_target, f"{words.number(overlay.last_target, decimals)} {name}", "target"
    if overlay.baseline is not None and not short:
        yield overlay.baseline, f"{words.number(overlay.baseline, decimals)} {overlay.baseline_words}", "limit"


def describe(overlay: Overlay, series: Timeline, decimals: int) -> list[str]:
    """Say in words what the overlay shows."""
    said = []
    if overlay.last_target is not None:
        said.append(f"The {overlay.target_words} is {words.number(overlay.last_target, decimals)}.")
    if overlay.baseline is not None:
        said.append(f"The level {overlay.baseline_words} was {words.number(overlay.baseline, decimals)}.")
    return [*said, *event_notes(overlay, series)]


def event_notes(overlay: Overlay, series: Timeline) -> list[str]:
    """List what happened, each with the letter that stands on the chart."""
    return [
        f"{letter}: {words.period(series.starts[place], series.kind)}, {words.sentence(text)}"
        for letter, (place, text) in zip(LETTERS, overlay.events, strict=False)
    ]


def target_column(overlay: Overlay, known: Sequence[bool]) -> list[float | None]:
    """Give the target of each period for the table beside the chart."""
    found = overlay.target or (None,) * len(known)
    return [value if value is not None and math.isfinite(value) else None for value in found]
