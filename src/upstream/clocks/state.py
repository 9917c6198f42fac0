"""In which states a clock can be."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a clock stands; every clock is in exactly one of them at any moment."""

    RUNNING = "running"
    DUE_SOON = "due soon"
    DUE_TODAY = "due today"
    LATE = "late"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met late"

    @property
    def is_open(self) -> bool:
        """Whether what is owed has not been done yet."""
        return self not in (State.MET, State.MET_LATE)
