"""The rules of the control chart, one by one, and what gaps do to them."""

from __future__ import annotations

import math

import pytest

from upstream.methods import ArgumentImpossible, Rule, Verdict, xmr

NAN = math.nan
CALM = [10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0]


def rules(values: list[float], **options: object) -> list[tuple[Rule, ...]]:
    return [signal.rules for signal in xmr(values, **options).signals]  # type: ignore[arg-type]


def test_calm_series_has_no_signal() -> None:
    chart = xmr(CALM)
    assert not any(signal.rules for signal in chart.signals)
    assert chart.latest.signal.verdict is Verdict.ORDINARY
    assert not chart.provisional


def test_point_outside_the_limits() -> None:
    chart = xmr([*CALM, 40.0], polarity="lower is better", baseline=slice(0, 12))
    assert chart.signals[-1].rules[0] is Rule.OUTSIDE_LIMITS
    assert chart.latest.signal.verdict is Verdict.WORSE


@pytest.mark.parametrize(
    ("polarity", "verdict"),
    [("lower is better", Verdict.BETTER), ("higher is better", Verdict.WORSE), ("neither", Verdict.CHANGED)],
)
def test_verdict_follows_the_polarity(polarity: str, verdict: Verdict) -> None:
    chart = xmr([*CALM, -20.0], polarity=polarity, baseline=slice(0, 12))
    assert chart.latest.signal.verdict is verdict
    assert chart.latest.signal.direction == -1


def test_six_on_one_side_are_no_run_and_seven_are() -> None:
    base, high = slice(0, 12), 11.5
    assert Rule.RUN not in rules([*CALM[:-1], *[high] * 5], baseline=slice(0, 11))[-1]
    seven = rules([*CALM, 10.5, *[high] * 7], baseline=base)
    assert all(Rule.RUN in met for met in seven[-7:])
    assert Rule.RUN not in seven[-8]


def test_point_on_the_average_ends_a_run() -> None:
    found = rules([*CALM, 10.5, *[11.5] * 3, 11.0, *[11.5] * 3], baseline=slice(0, 12))
    assert not any(Rule.RUN in met for met in found)


def test_run_does_not_cross_a_gap() -> None:
    found = rules([*CALM, 10.5, *[11.5] * 4, NAN, *[11.5] * 4], baseline=slice(0, 12))
    assert not any(Rule.RUN in met for met in found)


def test_seven_rising_are_a_trend_and_six_are_not() -> None:
    """Ranges are all alike, so no other rule is met before the trend."""
    seven = rules([*CALM, 8.0, 8.5, 9.0, 9.5, 10.0, 10.5, 10.9], baseline=slice(0, 12))
    assert all(Rule.TREND in met for met in seven[-7:])
    assert not any(Rule.TREND in met for met in rules([*CALM, 12.5, 8.5, 9.0, 9.5, 10.0, 10.5, 10.9, 10.9]))


def test_trend_does_not_cross_a_gap() -> None:
    found = rules([*CALM, 8.0, 8.5, 9.0, NAN, 9.5, 10.0, 10.5, 10.9], baseline=slice(0, 12))
    assert not any(Rule.TREND in met for met in found)


def test_two_of_three_close_to_a_limit() -> None:
    """The limits of the calm series are 11 ± 5.32; its outer third begins at 14.55."""
    found = rules([*CALM, 15.0, 11.0, 15.0], baseline=slice(0, 12))
    assert [Rule.TWO_OF_THREE in met for met in found[-3:]] == [True, False, True]
    assert not any(Rule.TWO_OF_THREE in met for met in rules([*CALM, 15.0, 11.0, 11.0, 15.0], baseline=slice(0, 12)))
    assert not any(Rule.TWO_OF_THREE in met for met in rules([*CALM, 15.0, NAN, 15.0], baseline=slice(0, 12)))


def test_moving_ranges_are_not_taken_across_a_gap() -> None:
    chart = xmr([10, 12, NAN, 100, 102])
    assert chart.ranges_used == 2
    assert chart.mean_moving_range == 2
    assert math.isnan(chart.signals[2].direction) is False
    assert chart.signals[2].verdict is Verdict.NOT_KNOWN


def test_screening_leaves_out_the_one_great_range() -> None:
    """Eleven ranges of 2 and one of 88: the mean is 9.17 and the range limit 29.9, so the 88 goes."""
    plain, screened = xmr([*CALM, 100.0]), xmr([*CALM, 100.0], screen_moving_ranges=True)
    assert plain.ranges_screened == 0
    assert screened.ranges_screened == 1
    assert screened.mean_moving_range == 2
    assert screened.upper < plain.upper


def test_fewer_than_twelve_points_are_provisional() -> None:
    assert xmr(CALM[:11]).provisional
    assert not xmr(CALM).provisional


def test_latest_counts_its_run_and_skips_unknown_months() -> None:
    chart = xmr([*CALM, 13.0, 13.0, NAN])
    assert chart.latest.index == 13
    assert chart.latest.points_on_this_side == 3  # the last calm point, 12, lies above the average too


@pytest.mark.parametrize("values", [[], [NAN, NAN], [5.0], [5.0, NAN, 6.0]])
def test_too_little_to_judge_gives_no_limits(values: list[float]) -> None:
    chart = xmr(values)
    assert not chart.known
    assert all(signal.verdict is Verdict.NOT_KNOWN for signal in chart.signals)


def test_constant_series_is_ordinary() -> None:
    chart = xmr([0.1] * 20)
    assert chart.upper == chart.lower
    assert not any(signal.rules for signal in chart.signals)


def test_limits_are_cut_where_the_quantity_ends() -> None:
    assert xmr([0, 5, 0, 5, 0, 5], minimum=0).lower == 0
    assert xmr([95, 100, 95, 100], maximum=100).upper == 100


def test_two_dimensions_are_refused() -> None:
    with pytest.raises(ArgumentImpossible, match="2 dimensions"):
        xmr([[1, 2], [3, 4]])
