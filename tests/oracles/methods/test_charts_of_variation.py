"""Limits of control charts, funnels and changes against published constants and other packages."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from upstream.methods import change_between_periods, dispersion, funnel_limits, g_chart, t_chart, xmr
from upstream.methods.xmr import D2, LIMIT_FACTOR, RANGE_FACTOR

# Violence and sexual offences recorded by Staffordshire Police, January to April 2024 and all of 2025: rows of the
# files of data.police.uk counted with zcat and grep, and the days of each month.
VIOLENCE_2024 = [3669, 3087, 3178, 3654]
VIOLENCE_2025 = [3117, 2814, 3383, 3456]


def test_constants_of_the_xmr_chart() -> None:
    """3/d2 = 2.65868 and D4 = 3.26653 for ranges of two; tables of quality control print 2.660 and 3.267."""
    assert pytest.approx(2.65868, abs=5e-6) == LIMIT_FACTOR
    assert pytest.approx(3.26653, abs=5e-6) == RANGE_FACTOR
    assert pytest.approx(1.128379, abs=1e-6) == D2


def test_xmr_limits_by_hand() -> None:
    """Mean 11, moving ranges 2, 1, 2, 3, 2: their mean is 2, so the limits are 11 ± 2.65868 × 2."""
    chart = xmr([10, 12, 11, 13, 10, 12 - 2])
    ranges = [2, 1, 2, 3, 0]
    mean = sum([10, 12, 11, 13, 10, 10]) / 6
    assert chart.moving_ranges == tuple(float(r) for r in ranges)
    assert chart.centre == pytest.approx(mean)
    assert chart.upper == pytest.approx(mean + 2.65868 * 1.6, abs=1e-4)
    assert chart.lower == pytest.approx(mean - 2.65868 * 1.6, abs=1e-4)


def test_d2_is_the_mean_range_of_two_normal_draws() -> None:
    """E|X - Y| for independent standard normal X and Y, by numerical integration in scipy."""
    assert stats.halfnorm(scale=math.sqrt(2)).mean() == pytest.approx(D2)
    assert stats.halfnorm(scale=math.sqrt(2)).std() / D2 * 3 + 1 == pytest.approx(RANGE_FACTOR)


def test_change_between_periods_agrees_with_a_quasi_poisson_regression() -> None:
    """statsmodels: Poisson regression on a period term with the Pearson scale, and Student's t for its interval."""
    counts = np.array(VIOLENCE_2024 + VIOLENCE_2025, dtype=float)
    days = np.array([31, 29, 31, 30, 31, 28, 31, 30], dtype=float)
    design = sm.add_constant(np.repeat([0.0, 1.0], 4))
    fitted = sm.GLM(counts, design, family=sm.families.Poisson(), exposure=days).fit(scale="X2")
    half = stats.t.ppf(0.975, 6) * fitted.bse[1]
    answer = change_between_periods(VIOLENCE_2025, VIOLENCE_2024, exposure=days[4:], earlier_exposure=days[:4])
    assert float(answer.value) == pytest.approx(math.exp(fitted.params[1]), rel=1e-6)
    assert float(answer.dispersion) == pytest.approx(fitted.scale, rel=1e-6)
    assert float(answer.lower) == pytest.approx(math.exp(fitted.params[1] - half), rel=1e-6)
    assert float(answer.upper) == pytest.approx(math.exp(fitted.params[1] + half), rel=1e-6)


def test_dispersion_agrees_with_scipy() -> None:
    counts, people = np.array([12, 30, 25, 8]), np.array([1_000, 1_800, 2_100, 700])
    expected = stats.chisquare(counts, counts.sum() * people / people.sum())
    answer = dispersion(counts, people)
    assert answer.statistic == pytest.approx(expected.statistic)
    assert answer.p_value == pytest.approx(expected.pvalue)


def test_t_chart_turns_exponential_times_into_nearly_normal_ones() -> None:
    """Nelson (1994): the power 1/3.6 takes the skewness of exponential times from 2 to about nothing."""
    times = stats.expon.ppf(np.linspace(0.0005, 0.9995, 1000))
    assert abs(float(stats.skew(times ** (1 / 3.6)))) < 0.05
    assert float(stats.skew(times)) > 1.8


def test_t_chart_limits_by_hand() -> None:
    times = [16.0, 30.0, 8.0, 22.0]
    root = [t ** (1 / 3.6) for t in times]
    ranges = [abs(b - a) for a, b in pairwise(root)]
    centre, width = sum(root) / 4, 2.65868 * sum(ranges) / 3
    chart = t_chart(times)
    assert chart.upper == pytest.approx((centre + width) ** 3.6, rel=1e-4)
    assert chart.lower == pytest.approx(max(0.0, centre - width) ** 3.6, rel=1e-4, abs=1e-9)


def test_g_chart_limits_are_three_geometric_standard_deviations() -> None:
    """scipy's geometric distribution of failures before an event, with the same mean."""
    chart = g_chart([4, 10, 1, 7, 3])
    geometric = stats.geom(1 / (5 + 1))
    assert chart.upper == pytest.approx(5 + 3 * geometric.std())
    assert chart.lower == 0


@pytest.mark.parametrize("size", [50.0, 400.0, 9_000.0])
def test_funnel_limits_hold_the_promised_share(size: float) -> None:
    """Between the whole counts either side of the smoothed limit the tail area passes 2.5 %, in scipy's Poisson."""
    funnel = funnel_limits([30, 50], [1_000, 1_000])
    _, upper = funnel.limits_at([size])
    count = float(upper[0, 0]) * size
    law = stats.poisson(size * funnel.target)
    assert law.sf(math.floor(count) - 1) >= 0.025 >= law.sf(math.ceil(count))


def test_funnel_limits_of_large_units_are_the_normal_ones() -> None:
    funnel = funnel_limits([3_000, 5_000], [10_000, 10_000], family="proportion")
    lower, upper = funnel.limits_at([1e6])
    error = math.sqrt(0.4 * 0.6 / 1e6)
    assert upper[0, 0] == pytest.approx(0.4 + 1.959964 * error, abs=2e-6)
    assert lower[1, 0] == pytest.approx(0.4 - 3.090232 * error, abs=2e-6)
