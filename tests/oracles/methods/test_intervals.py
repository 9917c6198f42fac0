"""Intervals of counts, rates and shares against published tables and other packages."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.stats import contingency
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson_2indep

from upstream.methods import (
    byars_poisson,
    directly_standardised_rate,
    exact_poisson,
    indirectly_standardised_ratio,
    poisson_rate,
    rate_ratio,
    risk_difference,
    risk_ratio,
    wilson_proportion,
)

# The exact 95 % limits of a Poisson count, as tabulated in every handbook since Garwood (1936) and printed
# for example by Ulm, American Journal of Epidemiology 131 (1990) 373-375, and in Breslow and Day (1987).
GARWOOD_95 = [
    (0, 0.0, 3.689),
    (1, 0.0253, 5.572),
    (2, 0.2422, 7.225),
    (3, 0.6187, 8.767),
    (5, 1.623, 11.668),
    (10, 4.795, 18.390),
    (20, 12.217, 30.888),
]


@pytest.mark.parametrize(("events", "lower", "upper"), GARWOOD_95)
def test_exact_limits_agree_with_the_published_table(events: int, lower: float, upper: float) -> None:
    answer = exact_poisson(events)
    assert float(answer.lower) == pytest.approx(lower, abs=0.0006)
    assert float(answer.upper) == pytest.approx(upper, abs=0.0006)


@pytest.mark.parametrize("events", [1, 7, 40, 389, 41_429])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_exact_limits_agree_with_the_chi_squared_form(events: int, level: float) -> None:
    """The chi-squared quantiles of scipy: another route to the same limits than ours through the gamma function."""
    tail = (1 - level) / 2
    answer = exact_poisson(events, confidence_level=level)
    assert float(answer.lower) == pytest.approx(stats.chi2.ppf(tail, 2 * events) / 2, rel=1e-9)
    assert float(answer.upper) == pytest.approx(stats.chi2.ppf(1 - tail, 2 * events + 2) / 2, rel=1e-9)


@pytest.mark.parametrize("events", [10, 25, 100, 817, 41_429])
def test_byars_limits_are_close_to_the_exact_ones(events: int) -> None:
    """Breslow and Day (1987) p. 69 call the approximation accurate even for small counts: here under 0.3 %."""
    lower, upper = byars_poisson(events)
    exact = exact_poisson(events)
    assert float(lower) == pytest.approx(float(exact.lower), rel=3e-3)
    assert float(upper) == pytest.approx(float(exact.upper), rel=3e-3)


def test_byars_limits_by_hand() -> None:
    """65 events, z = 1.959964: 65 (1 - 1/585 - z / (3 √65))³ and 66 (1 - 1/594 + z / (3 √66))³, written out."""
    lower, upper = byars_poisson(65)
    assert float(lower) == pytest.approx(65 * (1 - 0.0017094 - 0.0810346) ** 3, rel=1e-5)
    assert float(upper) == pytest.approx(66 * (1 - 0.0016835 + 0.0804183) ** 3, rel=1e-5)


def test_rate_of_the_worked_example() -> None:
    """817 offences among 2,172 residents: by hand 817 / 2.172 = 376.15; exact limits as a second opinion."""
    answer = poisson_rate(817, 2172)
    assert float(answer.value) == pytest.approx(376.15, abs=0.01)
    assert float(answer.lower) == pytest.approx(stats.chi2.ppf(0.025, 1634) / 2 / 2.172, rel=1e-3)
    assert float(answer.upper) == pytest.approx(stats.chi2.ppf(0.975, 1636) / 2 / 2.172, rel=1e-3)


# R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3: the score interval.
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("part", "whole", "lower", "upper"), NEWCOMBE)
def test_wilson_agrees_with_newcombes_table(part: int, whole: int, lower: float, upper: float) -> None:
    answer = wilson_proportion(part, whole)
    assert float(answer.lower) == pytest.approx(lower, abs=0.00006)
    assert float(answer.upper) == pytest.approx(upper, abs=0.00006)


@pytest.mark.parametrize(("part", "whole"), [(0, 7), (7, 7), (3, 7), (500, 1_000), (1, 40_872)])
def test_wilson_agrees_with_statsmodels(part: int, whole: int) -> None:
    lower, upper = proportion_confint(part, whole, method="wilson")
    answer = wilson_proportion(part, whole)
    assert float(answer.lower) == pytest.approx(lower, abs=1e-12)
    assert float(answer.upper) == pytest.approx(upper, abs=1e-12)


def test_directly_standardised_rate_step_by_step() -> None:
    """Dobson's formula written out a second time, with scipy's chi-squared limits in place of our gamma ones.

    Two age bands, four events: few enough for the exact interval.
    """
    events, people, standard = np.array([1.0, 3.0]), np.array([500.0, 900.0]), np.array([7.0, 3.0])
    weights = standard / standard.sum()
    rate = (weights * events / people).sum()
    variance = (weights**2 * events / people**2).sum()
    low, high = stats.chi2.ppf(0.025, 8) / 2, stats.chi2.ppf(0.975, 10) / 2
    answer = directly_standardised_rate({"a": 1, "b": 3}, {"a": 500, "b": 900}, {"a": 7, "b": 3}, multiplier=100_000)
    assert float(answer.value) == pytest.approx(1e5 * rate)
    assert float(answer.lower) == pytest.approx(1e5 * (rate + np.sqrt(variance / 4) * (low - 4)))
    assert float(answer.upper) == pytest.approx(1e5 * (rate + np.sqrt(variance / 4) * (high - 4)))
    assert bool(answer.too_few)


def test_standardising_to_itself_gives_the_crude_rate() -> None:
    events, people = {"young": 12, "old": 40}, {"young": 1_000, "old": 3_000}
    answer = directly_standardised_rate(events, people, people, multiplier=1_000)
    crude = poisson_rate(52, 4_000)
    assert float(answer.value) == pytest.approx(float(crude.value))
    assert float(answer.lower) == pytest.approx(float(crude.lower))
    assert float(answer.upper) == pytest.approx(float(crude.upper))


def test_standardised_ratio_agrees_with_the_exact_one() -> None:
    answer = indirectly_standardised_ratio(5, 2.5)
    assert float(answer.lower) == pytest.approx(stats.chi2.ppf(0.025, 10) / 5)
    assert float(answer.upper) == pytest.approx(stats.chi2.ppf(0.975, 12) / 5)


def test_rate_ratio_of_the_breast_cancer_study() -> None:
    """Rothman and Greenland (1998): 41 in 28,010 and 15 in 19,017 person-years; ratio 1.86 (1.03 to 3.35)."""
    answer = rate_ratio(events=41, population=28_010, other_events=15, other_population=19_017)
    found = [round(float(part), 2) for part in (answer.value, answer.lower, answer.upper)]
    assert found == [1.86, 1.03, 3.35]


def test_rate_ratio_agrees_with_statsmodels() -> None:
    lower, upper = confint_poisson_2indep(60, 51_477.5, 30, 54_308.7, method="wald-log")
    answer = rate_ratio(events=60, population=51_477.5, other_events=30, other_population=54_308.7)
    assert float(answer.lower) == pytest.approx(lower, rel=1e-4)
    assert float(answer.upper) == pytest.approx(upper, rel=1e-4)


def test_exact_rate_ratio_agrees_with_clopper_pearson() -> None:
    """scipy's exact binomial interval of 4 out of 4 + 9, turned into odds and scaled by the two populations."""
    binomial = stats.binomtest(4, 13).proportion_ci(0.95, method="exact")
    answer = rate_ratio(events=4, population=100, other_events=9, other_population=50, method="exact")
    assert float(answer.lower) == pytest.approx(0.5 * binomial.low / (1 - binomial.low), rel=1e-9)
    assert float(answer.upper) == pytest.approx(0.5 * binomial.high / (1 - binomial.high), rel=1e-9)


def test_risk_ratio_agrees_with_scipy() -> None:
    expected = contingency.relative_risk(27, 122, 44, 487).confidence_interval(0.95)
    answer = risk_ratio(cases=27, total=122, other_cases=44, other_total=487)
    assert float(answer.lower) == pytest.approx(expected.low, rel=1e-9)
    assert float(answer.upper) == pytest.approx(expected.high, rel=1e-9)


def test_risk_difference_agrees_with_newcombe() -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10, example (a): 56/70 - 48/80."""
    answer = risk_difference(cases=56, total=70, other_cases=48, other_total=80)
    assert round(float(answer.lower), 4) == 0.0524
    assert round(float(answer.upper), 4) == 0.3339


def test_risk_difference_agrees_with_statsmodels() -> None:
    lower, upper = confint_proportions_2indep(9, 10, 3, 10, method="newcomb", compare="diff")
    answer = risk_difference(cases=9, total=10, other_cases=3, other_total=10)
    assert float(answer.lower) == pytest.approx(lower, abs=1e-10)
    assert float(answer.upper) == pytest.approx(upper, abs=1e-10)
