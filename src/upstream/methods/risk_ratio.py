"""Two shares compared: how many times, and how many points apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtri

from upstream.methods.checks import (
    ArgumentImpossible,
    Floats,
    broadcast,
    check_confidence_level,
    check_counts,
    check_denominators,
    check_part_of,
    divide,
)
from upstream.methods.wilson_proportion import wilson_proportion

KATZ = "log-normal (Katz)"
HYBRID = "hybrid score (Newcombe)"
CONSERVATIVE = "conservative, from two exact intervals"


@dataclass(frozen=True, eq=False)
class RiskComparison:
    """A comparison of two shares with its limits; `methods` says for each row which interval it was given."""

    cases: Floats
    total: Floats
    other_cases: Floats
    other_total: Floats
    value: Floats
    lower: Floats
    upper: Floats
    methods: NDArray[Any]
    confidence_level: float
    unit: str
    method: str


def risk_ratio(
    *,
    cases: ArrayLike,
    total: ArrayLike,
    other_cases: ArrayLike,
    other_total: ArrayLike,
    confidence_level: float = 0.95,
    method: str = "log-normal",
) -> RiskComparison:
    """Divide one share by another.

    "log-normal" takes the logarithm of the ratio as normal; with no cases in either group it does not exist and the
    row gets the other. "conservative" joins the exact limits of both shares, each held with half the error, so
    that it covers at least what it promises, and usually more.

    >>> answer = risk_ratio(cases=27, total=122, other_cases=44, other_total=487)
    >>> round(float(answer.value), 4), round(float(answer.lower), 4), round(float(answer.upper), 4)
    (2.4495, 1.5837, 3.7887)

    Source: D. Katz et al., *Biometrics* 34 (1978) 469-474; the counts of the example are made up.
    """
    first, whole, second, other = _check(cases, total, other_cases, other_total)
    level = _check_method(method, ("log-normal", "conservative"), confidence_level)
    value = divide(first / whole, second / other)
    value = np.where((second == 0) & (first > 0), np.inf, value)
    z = float(ndtri(1 - (1 - level) / 2))
    spread = np.exp(z * np.sqrt(divide(1, first) - 1 / whole + divide(1, second) - 1 / other))
    safe = np.isnan(spread) | (method == "conservative")
    (low, high), (other_low, other_high) = _exact_pair(first, whole, second, other, level)
    with np.errstate(invalid="ignore", divide="ignore"):
        least, most = low / other_high, np.where(other_low > 0, high / other_low, np.inf + 0 * high)
    return RiskComparison(
        first, whole, second, other, value,
        lower=np.where(safe, least, value / spread), upper=np.where(safe, most, value * spread),
        methods=_names(first + whole + second + other, safe, KATZ),
        confidence_level=level, unit="times", method="risk ratio",
    )  # fmt: skip


def risk_difference(
    *,
    cases: ArrayLike,
    total: ArrayLike,
    other_cases: ArrayLike,
    other_total: ArrayLike,
    confidence_level: float = 0.95,
    method: str = "hybrid score",
) -> RiskComparison:
    """Take one share from another.

    "hybrid score" joins the Wilson limits of both shares; "conservative" their exact limits.

    >>> answer = risk_difference(cases=56, total=70, other_cases=48, other_total=80)
    >>> round(float(answer.value), 4), round(float(answer.lower), 4), round(float(answer.upper), 4)
    (0.2, 0.0524, 0.3339)

    Source: R. G. Newcombe, *Statistics in Medicine* 17 (1998) 873-890, method 10 and table II, example (a).
    """
    first, whole, second, other = _check(cases, total, other_cases, other_total)
    level = _check_method(method, ("hybrid score", "conservative"), confidence_level)
    share, other_share = first / whole, second / other
    one = wilson_proportion(first, whole, confidence_level=level)
    two = wilson_proportion(second, other, confidence_level=level)
    value = share - other_share
    lower = value - np.hypot(share - one.lower, two.upper - other_share)
    upper = value + np.hypot(one.upper - share, other_share - two.lower)
    if method == "conservative":
        (low, high), (other_low, other_high) = _exact_pair(first, whole, second, other, level)
        lower, upper = low - other_high, high - other_low
    safe = np.full(value.shape, method == "conservative")
    return RiskComparison(
        first, whole, second, other, value, lower, upper,
        methods=_names(first + whole + second + other, safe, HYBRID),
        confidence_level=level, unit="difference of shares", method="risk difference",
    )  # fmt: skip


def _check(cases: ArrayLike, total: ArrayLike, other_cases: ArrayLike, other_total: ArrayLike) -> tuple[Floats, ...]:
    first, whole, second, other = broadcast(
        check_counts("cases", cases),
        check_denominators("total", total),
        check_counts("other_cases", other_cases),
        check_denominators("other_total", other_total),
    )
    check_part_of("cases", first, "total", whole)
    check_part_of("other_cases", second, "other_total", other)
    return first, whole, second, other


def _check_method(method: str, known: tuple[str, ...], confidence_level: float) -> float:
    if method not in known:
        raise ArgumentImpossible(f"method is {method!r}.", expected=f"One of {', '.join(known)}.")
    return check_confidence_level(confidence_level)


def _exact_pair(
    first: Floats, whole: Floats, second: Floats, other: Floats, level: float
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Give Clopper-Pearson limits of both shares, each at half the error, so that both hold together."""
    half = 1 - (1 - level) / 2
    return _clopper_pearson(first, whole, half), _clopper_pearson(second, other, half)


def _clopper_pearson(part: Floats, whole: Floats, level: float) -> tuple[Floats, Floats]:
    tail, rest = (1 - level) / 2, whole - part
    with np.errstate(invalid="ignore"):
        low = np.where(part > 0, betaincinv(np.maximum(part, 1e-9), rest + 1, tail), 0.0 * whole)
        high = np.where(rest > 0, betaincinv(part + 1, np.maximum(rest, 1e-9), 1 - tail), 1.0 + 0.0 * whole)
    return low, high


def _names(total: Floats, safe: NDArray[np.bool_], usual: str) -> NDArray[Any]:
    return np.where(np.isnan(total), "none: not known", np.where(safe, CONSERVATIVE, usual))
