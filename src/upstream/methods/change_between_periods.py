"""The change from one period to another, with an interval that allows for month-to-month variation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from upstream.methods.checks import ArgumentImpossible, Floats, check_confidence_level, check_counts, divide
from upstream.methods.rate_ratio import rate_ratio

ALLOWING = "allows for month-to-month variation"
POISSON = "chance alone (Poisson)"
NO_INTERVAL = "none: too few months"
FEWEST_MONTHS = 3


@dataclass(frozen=True, eq=False)
class ChangeBetweenPeriods:
    """Ratios of the later level to the earlier, their limits, and the same for the change in per cent.

    `dispersion` is how many times more the months vary than chance alone would make them.
    """

    events: Floats
    earlier_events: Floats
    value: Floats
    lower: Floats
    upper: Floats
    dispersion: Floats
    months: NDArray[np.int64]
    methods: NDArray[Any]
    confidence_level: float
    unit: str = "times"
    method: str = "ratio of event rates; over-dispersed Poisson with Student's t"

    @property
    def percent(self) -> tuple[Floats, Floats, Floats]:
        """The change in per cent with its limits: -5 means five per cent fewer."""
        return 100 * (self.value - 1), 100 * (self.lower - 1), 100 * (self.upper - 1)

    @property
    def surely(self) -> NDArray[np.int64]:
        """Whether the whole interval lies above no change (+1), below it (-1), or holds it (0)."""
        return np.where(self.lower > 1, 1, np.where(self.upper < 1, -1, 0))


def change_between_periods(
    months: ArrayLike,
    earlier_months: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    earlier_exposure: ArrayLike | None = None,
    confidence_level: float = 0.95,
) -> ChangeBetweenPeriods:
    """Compare the level of two periods from their months, one row an area and one column a month.

    `exposure` holds what each month is to be divided by (its days, or days times residents); without it months
    count alike. A month that is not held (nan) is left out with its exposure; the caller chooses
    comparable months. How much the months of one period differ among themselves sets the
    width: the variance of a Poisson count is multiplied by the Pearson dispersion, never less than 1, and Student's t
    serves because few months say little about variation. It matters: crime counts differ from month to month far
    more than chance, and the plain interval would call nearly every year a change. With fewer than three months
    in all, or no event in a period, there is no interval.

    >>> answer = change_between_periods([90, 110, 100], [100, 120, 110])
    >>> [round(float(part), 1) for part in answer.percent]
    [-9.1, -27.2, 13.4]

    Source: P. McCullagh and J. A. Nelder, *Generalized Linear Models* (2nd ed., 1989), section 6.2 (quasi-Poisson).
    """
    level = check_confidence_level(confidence_level)
    now, now_days = _rows("months", months, exposure)
    then, then_days = _rows("earlier_months", earlier_months, earlier_exposure)
    events, before = np.nansum(now, axis=-1), np.nansum(then, axis=-1)
    level_now, level_then = (divide(e, np.nansum(d, axis=-1)) for e, d in ((events, now_days), (before, then_days)))
    value = divide(level_now, level_then)
    count = np.isfinite(now).sum(axis=-1) + np.isfinite(then).sum(axis=-1)
    chi_squared = _pearson(now, now_days) + _pearson(then, then_days)
    dispersion = np.maximum(1.0, divide(chi_squared, count - 2.0))
    error = np.sqrt(dispersion * (divide(1, events) + divide(1, before)))
    enough = (count >= FEWEST_MONTHS) & np.isfinite(error) & np.isfinite(value)
    error = np.where(enough, error, np.nan)
    spread = np.exp(stdtrit(np.maximum(count - 2.0, 1.0), 1 - (1 - level) / 2) * error)
    return ChangeBetweenPeriods(
        events=events, earlier_events=before, value=value, lower=value / spread, upper=value * spread,
        dispersion=np.where(enough, dispersion, np.nan), months=count,
        methods=np.where(enough, ALLOWING, NO_INTERVAL), confidence_level=level,
    )  # fmt: skip


def change_between_counts(
    events: ArrayLike,
    earlier_events: ArrayLike,
    *,
    exposure: ArrayLike = 1.0,
    earlier_exposure: ArrayLike = 1.0,
    confidence_level: float = 0.95,
) -> ChangeBetweenPeriods:
    """Compare two totals whose months are not held; the limits allow for chance alone and say so.

    >>> answer = change_between_counts(817, 800)
    >>> [round(float(part), 1) for part in answer.percent]
    [2.1, -7.4, 12.6]
    """
    ratio = rate_ratio(
        events=events, population=exposure, other_events=earlier_events, other_population=earlier_exposure,
        confidence_level=confidence_level,
    )  # fmt: skip
    known = np.isfinite(ratio.value)
    return ChangeBetweenPeriods(
        events=ratio.events, earlier_events=ratio.other_events, value=ratio.value, lower=ratio.lower,
        upper=ratio.upper, dispersion=np.where(known, 1.0, np.nan), months=np.where(known, 2, 0),
        methods=np.where(known, POISSON, NO_INTERVAL), confidence_level=confidence_level,
        method="ratio of two counts; log-normal, exact where a count is zero",
    )  # fmt: skip


def _rows(name: str, months: ArrayLike, exposure: ArrayLike | None) -> tuple[Floats, Floats]:
    """Give counts and exposures, both unknown where the month is not held."""
    counts = check_counts(name, months)
    if counts.ndim == 0:
        raise ArgumentImpossible(f"{name} is one number.", expected="One number a month.", do="Give the months.")
    days = np.broadcast_to(np.asarray(1.0 if exposure is None else exposure, dtype=float), counts.shape)
    held = np.isfinite(counts) & (days > 0)
    return np.where(held, counts, np.nan), np.where(held, days, np.nan)


def _pearson(months: Floats, days: Floats) -> Floats:
    """Add up how far each month lies from its period's level, in units of its Poisson variance."""
    level = divide(np.nansum(months, axis=-1), np.nansum(days, axis=-1))
    fitted = days * level[..., None]
    return np.nansum(divide((months - fitted) ** 2, fitted), axis=-1)
