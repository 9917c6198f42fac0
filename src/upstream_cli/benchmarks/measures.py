"""How long any measure takes for the smallest areas and periods that it has, from a warm build."""

from __future__ import annotations

from pathlib import Path

from upstream import store
from upstream.measures import MeasureDefinition, calculate, load_definitions
from upstream.partnership import Partnership
from upstream_cli.benchmarks.figure import Figure, percentile, seconds
from upstream_cli.clock import now
from upstream_cli.output import Progress

NAME = "measures"
SUMMARY = "calculating every measure for all small areas and months"
MOST_MILLISECONDS = 150.0
REPEATS = 5
FINEST_LEVELS = (
    "lsoa21",
    "msoa21",
    "ward",
    "district",
    "csp",
    "upper_tier",
    "partnership",
    "force",
    "region",
    "country",
)
FINEST_PERIODS = ("month", "quarter")


def measure(partnership: Partnership, scratch: Path, progress: Progress) -> list[Figure]:
    """Time every measure at its finest, after one call that warms it."""
    store.prepare(partnership, at=now(), progress=progress)
    times: dict[str, float] = {}
    for name, definition in load_definitions(partnership).items():
        progress(name)
        times[name] = median_milliseconds(partnership, definition)
    finest = {n: t for n, t in times.items() if is_finest(load_definitions(partnership)[n])}
    slowest = max(times, key=lambda name: times[name])
    return [
        Figure(NAME, f"measures timed, {len(finest)} of them for LSOAs and months", len(times), "measures"),
        Figure(NAME, "median of all", percentile(list(times.values()), 0.5), "ms"),
        Figure(NAME, f"slowest: {slowest}", times[slowest], "ms", MOST_MILLISECONDS),
    ]


def is_finest(definition: MeasureDefinition) -> bool:
    """Tell whether a measure is carried for LSOAs and months."""
    return "lsoa21" in definition.levels and "month" in definition.periods


def median_milliseconds(partnership: Partnership, definition: MeasureDefinition) -> float:
    """Give the median time of a measure for all its smallest areas and periods."""
    level = next((level for level in FINEST_LEVELS if level in definition.levels), definition.levels[0])
    period = next((period for period in FINEST_PERIODS if period in definition.periods), definition.periods[0])

    def once() -> None:
        calculate(partnership, definition.name, level=level, period=period)

    once()
    return percentile([seconds(once) * 1000 for _ in range(REPEATS)], 0.5)
