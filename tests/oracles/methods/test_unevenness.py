"""Concentration, ranks and deprivation slopes against known answers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from upstream.methods import concentration, deprivation_slope, rank_intervals


def test_gini_agrees_with_the_mean_difference() -> None:
    """The other definition: half the mean absolute difference of all pairs over the mean."""
    counts = np.array([3.0, 0, 8, 1, 1, 20, 5])
    pairs = np.abs(counts[:, None] - counts[None, :]).mean()
    answer = concentration(counts, generator=np.random.default_rng(1))
    assert answer.gini == pytest.approx(pairs / (2 * counts.mean()))


def test_chance_alone_agrees_with_the_law_of_the_largest_share() -> None:
    """Two equal places and 100 events: the fuller holds max(X, 100 - X) of a binomial; its mean is summed in scipy."""
    law = stats.binom(100, 0.5)
    expected = sum(max(k, 100 - k) * law.pmf(k) for k in range(101)) / 100
    answer = concentration([60, 40], generator=np.random.default_rng(5), share_of_places=[0.5], draws=20_000)
    assert float(answer.by_chance[0]) == pytest.approx(expected, abs=0.001)


def test_chance_of_standing_first_agrees_with_the_exact_one() -> None:
    """Two units with 12 and 8 events: P(gamma(12.5) > gamma(8.5)) is a beta probability."""
    answer = rank_intervals([12, 8], generator=np.random.default_rng(2), draws=40_000, top=0.5)
    assert float(answer.likely_top[0]) == pytest.approx(stats.beta(8.5, 12.5).cdf(0.5), abs=0.01)


def test_slope_agrees_with_a_weighted_line() -> None:
    """numpy's weighted least squares through the ten rates at the middle of their share of the population."""
    generator = np.random.default_rng(3)
    people = generator.integers(1_000, 2_000, 200).astype(float)
    tenth = np.repeat(np.arange(1, 11), 20)
    events = generator.poisson(people * 0.05 * (11 - tenth) / 10)
    answer = deprivation_slope(events, people, tenth, generator=generator, resamples=50)
    sizes = np.array([people[tenth == t].sum() for t in range(1, 11)])
    share = sizes / sizes.sum()
    gradient, level = np.polyfit(np.cumsum(share) - share / 2, answer.rate, 1, w=np.sqrt(share))
    assert answer.slope[0] == pytest.approx(-gradient)
    assert answer.relative[0] == pytest.approx(level / (level + gradient))


def test_resampling_interval_covers_the_truth_as_often_as_it_says() -> None:
    """400 made-up partnerships whose true ratio is 4, areas differing by a gamma factor: 95 % of intervals hold it.

    With 400 trials a true cover of 92 to 96 % gives between 355 and 395 hits nearly always.
    """
    generator = np.random.default_rng(11)
    group, hits = np.repeat([1, 2], 40), 0
    true_rates = np.where(group == 1, 80.0, 20.0)
    for _ in range(400):
        rates = true_rates * generator.gamma(4, 1 / 4, 80)
        answer = deprivation_slope(
            generator.poisson(rates * 1.6), np.full(80, 1_600.0), group, generator=generator, resamples=300
        )
        hits += answer.ratio[1] <= 4 <= answer.ratio[2]
    assert 355 <= hits <= 395
