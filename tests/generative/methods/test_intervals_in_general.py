"""What must hold of every interval, whatever the numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from upstream.methods import (
    change_between_periods,
    concentration,
    exact_poisson,
    poisson_rate,
    rate_ratio,
    risk_difference,
    risk_ratio,
    wilson_proportion,
    xmr,
)

counts = st.integers(0, 50_000)
few = st.integers(0, 200)
people = st.integers(1, 2_000_000)
levels = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.998])
months = st.lists(st.one_of(st.floats(0, 500), st.just(math.nan)), min_size=0, max_size=60)


def wider(narrow: Any, wide: Any) -> bool:
    slack = 1e-9 * (1 + abs(float(narrow.value)))
    return float(wide.lower) <= float(narrow.lower) + slack and float(wide.upper) >= float(narrow.upper) - slack


@given(counts, people)
def test_rate_lies_within_its_limits_and_they_widen_with_confidence(events: int, population: int) -> None:
    answers = [poisson_rate(events, population, confidence_level=level) for level in (0.8, 0.95, 0.998)]
    for answer in answers:
        assert float(answer.lower) <= float(answer.value) <= float(answer.upper)
        assert float(answer.lower) >= 0
    assert wider(answers[0], answers[1])
    assert wider(answers[1], answers[2])


@given(st.lists(st.tuples(counts, people), min_size=1, max_size=12), levels)
def test_many_rates_at_once_are_the_rates_one_by_one(rows: list[tuple[int, int]], level: float) -> None:
    together = poisson_rate([e for e, _ in rows], [p for _, p in rows], confidence_level=level)
    for index, (events, population) in enumerate(rows):
        alone = poisson_rate(events, population, confidence_level=level)
        assert math.isclose(float(alone.lower), together.lower[index], rel_tol=1e-12)
        assert math.isclose(float(alone.upper), together.upper[index], rel_tol=1e-12)
        assert str(alone.methods) == together.methods[index]


@given(few, levels)
def test_more_events_move_both_exact_limits_up(events: int, level: float) -> None:
    fewer, more = exact_poisson(events, confidence_level=level), exact_poisson(events + 1, confidence_level=level)
    assert fewer.lower < more.lower
    assert fewer.upper < more.upper


@given(few, few, levels)
def test_share_lies_within_its_limits(part: int, rest: int, level: float) -> None:
    if part + rest == 0:
        return
    answer = wilson_proportion(part, part + rest, confidence_level=level)
    assert 0 <= float(answer.lower) <= float(answer.value) + 1e-12
    assert float(answer.value) <= float(answer.upper) + 1e-12 <= 1 + 1e-9


@given(few, few, levels)
def test_share_and_the_rest_mirror_each_other(part: int, rest: int, level: float) -> None:
    if part + rest == 0:
        return
    one = wilson_proportion(part, part + rest, confidence_level=level)
    other = wilson_proportion(rest, part + rest, confidence_level=level)
    assert math.isclose(float(one.lower), 1 - float(other.upper), abs_tol=1e-12)


@given(few, people, few, people, st.sampled_from(["log-normal", "exact"]))
def test_swapping_the_groups_turns_a_rate_ratio_over(a: int, n: int, b: int, m: int, method: str) -> None:
    if a == 0 or b == 0:
        return
    one = rate_ratio(events=a, population=n, other_events=b, other_population=m, method=method)
    other = rate_ratio(events=b, population=m, other_events=a, other_population=n, method=method)
    assert float(one.lower) <= float(one.value) <= float(one.upper)
    assert math.isclose(float(one.lower), 1 / float(other.upper), rel_tol=1e-8)


@given(few, few, few, few)
def test_risk_comparisons_hold_their_value(cases: int, spared: int, others: int, others_spared: int) -> None:
    if 0 in (cases, others) or spared + others_spared == 0:
        return
    counted = {"cases": cases, "total": cases + spared, "other_cases": others, "other_total": others + others_spared}
    for method in ("log-normal", "conservative"):
        ratio = risk_ratio(**counted, method=method)
        assert float(ratio.lower) <= float(ratio.value) * (1 + 1e-9)
        assert float(ratio.upper) >= float(ratio.value) * (1 - 1e-9)
    for method in ("hybrid score", "conservative"):
        difference = risk_difference(**counted, method=method)
        assert -1 <= float(difference.lower) <= float(difference.value) + 1e-9
        assert float(difference.value) - 1e-9 <= float(difference.upper) <= 1


@given(st.lists(st.integers(1, 500), min_size=2, max_size=12), st.lists(st.integers(1, 500), min_size=2, max_size=12))
def test_change_allowing_for_variation_is_never_narrower_than_chance(now: list[int], then: list[int]) -> None:
    answer = change_between_periods(now, then)
    plain = rate_ratio(events=sum(now), population=len(now), other_events=sum(then), other_population=len(then))
    assert float(answer.dispersion) >= 1
    assert math.isclose(float(answer.value), float(plain.value), rel_tol=1e-9)
    assert float(answer.lower) <= float(plain.lower) * (1 + 1e-9)
    assert float(answer.upper) >= float(plain.upper) * (1 - 1e-9)


@given(months)
def test_control_chart_takes_any_series(values: list[float]) -> None:
    chart = xmr(values)
    assert len(chart.signals) == len(values)
    assert not chart.known or chart.lower <= chart.centre <= chart.upper
    for value, signal in zip(values, chart.signals, strict=True):
        if math.isnan(value):
            assert not signal.rules


@given(months, st.floats(0.1, 10), st.floats(-50, 50))
def test_control_chart_keeps_its_signals_when_the_unit_changes(values: list[float], scale: float, shift: float) -> None:
    rounded = [round(value) if math.isfinite(value) else value for value in values]
    plain, other = xmr(rounded), xmr([value * scale + shift for value in rounded])
    assert not plain.known or math.isclose(other.upper, plain.upper * scale + shift, rel_tol=1e-6, abs_tol=1e-6)


@given(months, st.integers(1, 6))
def test_longer_gap_at_the_end_or_start_changes_nothing(values: list[float], length: int) -> None:
    gap = [math.nan] * length
    plain, later, sooner = xmr(values), xmr([*values, *gap]), xmr([*gap, *values])
    assert plain.signals == later.signals[: len(values)] == sooner.signals[length:]


@given(months)
def test_turning_time_round_keeps_the_limits(values: list[float]) -> None:
    forth, back = xmr(values), xmr(values[::-1])
    assert forth.known == back.known
    assert not forth.known or math.isclose(forth.upper, back.upper, rel_tol=1e-9, abs_tol=1e-9)


@given(st.lists(st.integers(0, 300), min_size=2, max_size=60).filter(any))
def test_concentration_curve_rises_and_bends(events: list[int]) -> None:
    answer = concentration(events, generator=np.random.default_rng(1), draws=20)
    steps = np.diff(answer.curve)
    assert answer.curve[0] == 0
    assert math.isclose(float(answer.curve[-1]), 1)
    assert (steps >= -1e-12).all()
    assert (np.diff(steps) <= 1e-12).all()
    assert -1e-9 <= answer.gini < 1
    assert (answer.by_chance_lower <= answer.by_chance_upper + 1e-12).all()
