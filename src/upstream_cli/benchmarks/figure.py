"""What a benchmark finds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure that was measured; `bound` is the value that it must not pass, from above or from below."""

    benchmark: str
    what: str
    value: float
    unit: str
    bound: float | None = None
    at_least: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the promise is kept; None when there is none."""
        if self.bound is None:
            return None
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    @property
    def target(self) -> str:
        """The promise in words."""
        if self.bound is None:
            return ""
        return f"{'at least' if self.at_least else 'at most'} {self.bound:g} {self.unit}".strip()


def seconds(work: Callable[[], object]) -> float:
    """Time one piece of work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which `share` of the values lie (0.5 is the median)."""
    if share == 0.5:
        return statistics.median(values)
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
