"""What methods do with nothing: no events, nobody to count them by, numbers not known, numbers that cannot be."""

from __future__ import annotations

import math

import numpy as np
import pytest

from upstream.methods import (
    ArgumentImpossible,
    change_between_counts,
    change_between_periods,
    concentration,
    deprivation_slope,
    directly_standardised_rate,
    dispersion,
    exact_poisson,
    expected_events,
    funnel_limits,
    g_chart,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
    poisson_rate,
    rank_intervals,
    rate_ratio,
    risk_difference,
    risk_ratio,
    t_chart,
    wilson_proportion,
)

NAN = math.nan


def seeded() -> np.random.Generator:
    return np.random.default_rng(7)


def test_no_events_give_a_rate_of_zero_with_an_upper_limit() -> None:
    """The upper 95 % limit of no events is ln 40 = 3.689."""
    answer = poisson_rate(0, 1_000)
    assert float(answer.value) == float(answer.lower) == 0
    assert float(answer.upper) == pytest.approx(math.log(40))


def test_unknown_is_never_zero() -> None:
    answer = poisson_rate([NAN, 5, 5], [1_000, NAN, 0])
    assert np.isnan(answer.value).all()
    assert np.isnan(answer.lower).all()
    assert np.isnan(answer.upper).all()
    assert set(answer.methods) == {"none: not known"}


def test_rate_says_which_interval_each_row_was_given() -> None:
    assert poisson_rate([9, 10], 1_000).methods.tolist() == ["exact Poisson", "Byar's method"]
    assert poisson_rate([9, 10], 1_000, exact_below=0).methods.tolist() == ["Byar's method"] * 2


def test_result_carries_its_inputs_and_how_it_was_made() -> None:
    answer = poisson_rate(12, 3_000, multiplier=100_000, confidence_level=0.9)
    assert (float(answer.events), float(answer.population)) == (12, 3_000)
    assert (answer.multiplier, answer.confidence_level, answer.unit) == (100_000, 0.9, "per 100,000")
    assert "Byar" in answer.method


@pytest.mark.parametrize("level", [95, 0, 1, -0.5])
def test_level_that_is_no_proportion_is_refused(level: float) -> None:
    with pytest.raises(ArgumentImpossible, match="confidence_level"):
        exact_poisson(3, confidence_level=level)


def test_negative_count_is_refused_by_name() -> None:
    with pytest.raises(ArgumentImpossible, match="population holds -5"):
        poisson_rate(3, -5)


def test_part_larger_than_its_whole_is_refused() -> None:
    with pytest.raises(ArgumentImpossible, match="numerator holds 6, more than denominator"):
        wilson_proportion([1, 6], 5)


def test_share_of_nothing_is_unknown() -> None:
    answer = wilson_proportion([0, 0], [0, NAN])
    assert np.isnan(answer.value).all()
    assert np.isnan(answer.upper).all()


def test_strata_are_joined_by_name() -> None:
    with pytest.raises(ArgumentImpossible, match="events lacks the strata"):
        directly_standardised_rate({"young": 1}, {"young": 9, "old": 9}, {"young": 1, "old": 1})
    forwards = directly_standardised_rate({"a": 1, "b": 9}, {"a": 90, "b": 50}, {"a": 3, "b": 1})
    backwards = directly_standardised_rate({"b": 9, "a": 1}, {"b": 50, "a": 90}, {"b": 1, "a": 3})
    assert float(forwards.value) == pytest.approx(float(backwards.value))


def test_standardised_rate_of_many_areas_in_one_call() -> None:
    answer = directly_standardised_rate(
        {"a": [1, 4], "b": [9, 20]}, {"a": [90, 100], "b": [50, 60]}, {"a": 3, "b": 1}, multiplier=1
    )
    assert answer.value.shape == (2,)
    assert float(answer.value[1]) == pytest.approx(0.75 * 4 / 100 + 0.25 * 20 / 60)


def test_standardised_rate_of_no_events_has_an_upper_limit() -> None:
    answer = directly_standardised_rate({"a": 0, "b": 0}, {"a": 90, "b": 50}, {"a": 1, "b": 1}, multiplier=1)
    assert float(answer.value) == 0
    assert float(answer.upper) > 0


def test_stratum_without_people_makes_the_rate_unknown() -> None:
    answer = directly_standardised_rate({"a": 0, "b": 3}, {"a": 0, "b": 50}, {"a": 1, "b": 1})
    assert math.isnan(float(answer.value))


def test_expected_events_and_the_rate_built_on_them() -> None:
    """100 people at 5 per 1,000 and 300 at 2 per 1,000: 0.5 + 0.6 events."""
    expected = expected_events({"a": 100, "b": 300}, {"a": 5, "b": 4}, {"a": 1_000, "b": 2_000})
    assert float(expected) == pytest.approx(1.1)
    ratio = indirectly_standardised_ratio(2, expected)
    rate = indirectly_standardised_rate(2, expected, reference_rate=3.0)
    assert float(rate.value) == pytest.approx(3 * float(ratio.value))


def test_rate_ratio_with_a_zero_takes_the_exact_interval() -> None:
    answer = rate_ratio(events=[0, 5, 0], population=10, other_events=[5, 0, 0], other_population=10)
    assert set(answer.methods) == {"exact, given the total of both"}
    assert answer.value.tolist()[:2] == [0, math.inf]
    assert math.isnan(answer.value[2])
    assert answer.lower.tolist()[0] == 0
    assert answer.upper.tolist()[1:] == [math.inf, math.inf]


def test_exact_rate_ratio_is_wider() -> None:
    usual = rate_ratio(events=9, population=10, other_events=5, other_population=10)
    exact = rate_ratio(events=9, population=10, other_events=5, other_population=10, method="exact")
    assert exact.lower < usual.lower
    assert exact.upper > usual.upper


def test_unknown_method_is_refused() -> None:
    with pytest.raises(ArgumentImpossible, match="method is 'bayes'"):
        rate_ratio(events=9, population=10, other_events=5, other_population=10, method="bayes")
    with pytest.raises(ArgumentImpossible, match="method is 'wald'"):
        risk_difference(cases=1, total=2, other_cases=1, other_total=2, method="wald")


def test_risk_ratio_without_cases_takes_the_conservative_interval() -> None:
    answer = risk_ratio(cases=0, total=20, other_cases=4, other_total=20)
    assert str(answer.methods) == "conservative, from two exact intervals"
    assert float(answer.lower) == 0
    assert 0 < float(answer.upper) < math.inf


def test_conservative_intervals_are_wider() -> None:
    counts = {"cases": 12, "total": 40, "other_cases": 6, "other_total": 50}
    for compare in (risk_ratio, risk_difference):
        usual, safe = compare(**counts), compare(**counts, method="conservative")
        assert safe.lower < usual.lower
        assert safe.upper > usual.upper


def test_change_with_too_few_months_has_no_interval() -> None:
    answer = change_between_periods([30], [40])
    assert float(answer.value) == 0.75
    assert math.isnan(float(answer.lower))
    assert str(answer.methods) == "none: too few months"


def test_change_leaves_out_months_not_held() -> None:
    with_gap = change_between_periods(
        [90, NAN, 110], [100, 120, 110], exposure=[31, 28, 31], earlier_exposure=[31, 28, 31]
    )
    without = change_between_periods([90, 110], [100, 120, 110], exposure=[31, 31], earlier_exposure=[31, 28, 31])
    assert float(with_gap.value) == float(without.value)
    assert float(with_gap.lower) == float(without.lower)


def test_change_from_nothing_has_no_interval() -> None:
    answer = change_between_periods([5, 6, 7], [0, 0, 0])
    assert math.isnan(float(answer.value))


def test_change_of_many_areas_says_which_surely_moved() -> None:
    answer = change_between_periods([[200, 210, 205], [100, 90, 110]], [[100, 105, 110], [100, 95, 105]])
    assert answer.surely.tolist() == [1, 0]


def test_change_of_two_counts_says_that_it_allows_for_chance_alone() -> None:
    assert str(change_between_counts(817, 800).methods) == "chance alone (Poisson)"


def test_dispersion_of_nothing_is_unknown() -> None:
    assert math.isnan(dispersion([0, 0, 0]).ratio)
    assert math.isnan(dispersion([4]).ratio)


def test_two_events_on_one_day_are_half_a_day_apart() -> None:
    assert t_chart([0, 3, 5]).spacings[0] == 0.5


def test_long_wait_is_a_signal_before_the_next_event() -> None:
    times = [20, 35, 12, 28, 41, 17, 30, 22, 26, 33, 15, 29]
    assert t_chart(times, waiting=30).waiting_signal == 0
    assert t_chart(times, waiting=200).waiting_signal == 1
    assert g_chart(times, waiting=200).waiting_signal == 1


def test_funnel_leaves_out_what_is_not_known() -> None:
    funnel = funnel_limits([5, NAN, 9], [100, 100, NAN])
    assert funnel.target == pytest.approx(0.05)
    assert np.isnan(funnel.lower[0, 1:]).sum() >= 1
    assert funnel.position.tolist() == [0, 0, 0]


def test_funnel_widens_only_when_the_field_is_spread() -> None:
    generator = seeded()
    people = np.full(300, 2_000.0)
    even = funnel_limits(generator.poisson(60, 300), people, over_dispersion=True)
    uneven = funnel_limits(generator.poisson(60 * generator.gamma(5, 0.2, 300)), people, over_dispersion=True)
    assert even.dispersion < 1.2
    assert uneven.widened
    assert uneven.dispersion > 5
    assert (np.abs(uneven.position) == 2).mean() < 0.05


def test_funnel_of_an_unknown_family_is_refused() -> None:
    with pytest.raises(ArgumentImpossible, match="family is 'normal'"):
        funnel_limits([1], [2], family="normal")
    with pytest.raises(ArgumentImpossible, match="levels are"):
        funnel_limits([1], [2], levels=(0.998, 0.95))


def test_ranks_of_unknown_units_are_unknown() -> None:
    answer = rank_intervals([10, NAN, 30], generator=seeded())
    assert answer.rank.tolist()[0] == 2
    assert math.isnan(answer.rank[1])
    assert math.isnan(answer.lower[1])


def test_equal_rates_share_their_rank() -> None:
    assert rank_intervals([10, 10, 30], generator=seeded()).rank.tolist() == [2.5, 2.5, 1]


def test_concentration_without_events_is_refused() -> None:
    with pytest.raises(ArgumentImpossible, match="No events"):
        concentration([0, 0], generator=seeded())


def test_concentration_tells_where_half_of_the_harm_lies() -> None:
    answer = concentration([50, 20, 10, 10, 10], generator=seeded())
    assert answer.half_of_events_in == 1
    assert concentration([40, 20, 20, 20], generator=seeded()).half_of_events_in == 2


def test_deprivation_slope_of_one_group_is_refused() -> None:
    with pytest.raises(ArgumentImpossible, match="1 group"):
        deprivation_slope([1, 2], [10, 10], [3, 3], generator=seeded())


def test_deprivation_slope_leaves_out_unknown_areas() -> None:
    answer = deprivation_slope([8, NAN, 2], [100, 100, 100], [1, 1, 2], generator=seeded())
    assert answer.events.tolist() == [8, 2]
    assert answer.areas.tolist() == [1, 1]
