"""How often time was kept: a share with its uncertainty, from clocks whose outcome is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from upstream.clocks.clock import Clock
from upstream.clocks.counting import When
from upstream.clocks.standing import state_of
from upstream.clocks.state import State
from upstream.methods import wilson_proportion


@dataclass(frozen=True)
class Compliance:
    """The share met in time among clocks that were met or whose time has run out, with Wilson's interval.

    `running` are open and not yet due, paused ones among them: they are not in the share. `rate`, `lower` and
    `upper` lie between 0 and 1 and are unknown (None) when no outcome is known.
    """

    met: int
    met_late: int
    late: int
    running: int
    rate: float | None
    lower: float | None
    upper: float | None
    confidence_level: float
    method: str

    @property
    def counted(self) -> int:
        """Clocks whose outcome is known: met, met late, or open with their time run out."""
        return self.met + self.met_late + self.late

    @property
    def words(self) -> str:
        """The share in a sentence: 47 of 52 in time (90%, likely between 79% and 96%); 6 still running."""
        running = f"; {self.running} still running" if self.running else ""
        if self.rate is None or self.lower is None or self.upper is None:
            return f"None has come to its end yet{running}"
        share = f"{self.rate:.0%}, likely between {self.lower:.0%} and {self.upper:.0%}"
        return f"{self.met} of {self.counted} in time ({share}){running}"


def compliance(clocks: Iterable[Clock], *, at: When, confidence_level: float = 0.95) -> Compliance:
    """Count how many of `clocks` kept their time, as known at `at` (a moment where any of them counts hours).

    >>> compliance([], at=__import__("datetime").date(2026, 1, 1)).rate is None
    True
    """
    states = Counter(state_of(clock, at=at) for clock in clocks)
    met, met_late, late = states[State.MET], states[State.MET_LATE], states[State.LATE]
    counted = met + met_late + late
    share = wilson_proportion(met, counted, confidence_level=confidence_level)
    return Compliance(
        met=met,
        met_late=met_late,
        late=late,
        running=states.total() - counted,
        rate=float(share.value) if counted else None,
        lower=float(share.lower) if counted else None,
        upper=float(share.upper) if counted else None,
        confidence_level=share.confidence_level,
        method=share.method,
    )
