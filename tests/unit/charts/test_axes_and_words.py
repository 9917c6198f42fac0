"""Round steps, labels that do not touch, and how numbers and spans are written."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

import polars as pl
import pytest
from factories.drawings import monthly

from upstream.charts import bars, force_strip, funnel, interval_dots, lines, share_bars, words
from upstream.charts.axes import Timeline, decimals_for, round_domain, spread, step_for, ticks
from upstream.charts.drawing import hatch_lines
from upstream.methods import ArgumentImpossible, funnel_limits

SAY = {"name": "n", "title": "T", "subtitle": "s"}


@pytest.mark.parametrize(
    ("span", "steps", "step"), [(10, 4, 2.5), (1.3, 4, 0.5), (97, 4, 25), (0.004, 4, 0.001), (9_000, 4, 2_500)]
)
def test_steps_are_round(span: float, steps: int, step: float) -> None:
    assert step_for(span, steps) == pytest.approx(step)


def test_domain_holds_its_values_on_round_numbers() -> None:
    assert round_domain(2.32, 3.6) == (2.0, 4.0, 0.5)
    assert round_domain(13, 79, from_zero=True) == (0, 80, 20)
    assert round_domain(5, 5)[0] < 5 <= round_domain(5, 5)[1]
    assert ticks(2, 4, 0.5) == [2.0, 2.5, 3.0, 3.5, 4.0]
    assert decimals_for(0.25) == 2


def test_labels_are_parted_in_their_order() -> None:
    moved = spread([50, 51, 52, 120], 14, top=0, bottom=200)
    assert all(b - a >= 13.9 for a, b in pairwise(moved))
    assert moved[3] == 120
    assert spread([30, 10], 14, top=0, bottom=100) == [30, 10]


def test_hatch_lines_stay_in_their_box() -> None:
    found = hatch_lines(10, 20, 60, 45)
    assert len(found) > 4
    for x, y, x2, y2 in found:
        assert 10 <= x < x2 <= 60
        assert 20 <= y2 < y <= 45
        assert x2 - x == pytest.approx(y - y2, abs=0.02)  # forty-five degrees


def test_timeline_knows_months_quarters_and_years() -> None:
    assert Timeline.of(monthly([1.0, 2.0])).kind == "month"
    frame = monthly([1.0, 2.0]).with_columns(period_start=pl.Series([date(2024, 1, 1), date(2024, 4, 1)]))
    assert Timeline.of(frame).kind == "quarter"
    assert Timeline.of(frame.with_columns(period_start=pl.Series([date(2024, 1, 1), date(2025, 1, 1)]))).kind == "year"


def test_timeline_finds_its_gaps() -> None:
    line = Timeline.of(monthly([None, 1.0, None, None, 2.0]))
    assert [(gap.first, gap.last) for gap in line.gaps] == [(0, 0), (2, 3)]
    assert [line.span(gap) for gap in line.gaps] == ["January 2024", "March to April 2024"]


def test_numbers_are_written_for_people() -> None:
    assert words.number(41_429) == "41,429"
    assert words.number(-5.04, 1) == "−5.0"
    assert words.number(-0.04, 1) == "0.0"
    assert words.number(None) == words.number(math.nan) == "not known"


def test_spans_and_lists_are_written_as_people_say_them() -> None:
    assert words.span(date(2024, 5, 1), date(2024, 12, 1), "month") == "May to December 2024"
    assert words.span(date(2023, 4, 1), date(2024, 3, 1), "month") == "April 2023 to March 2024"
    assert words.span(date(2021, 1, 1), date(2025, 1, 1), "year") == "2021 to 2025"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed([]) == ""


def test_at_most_four_lines_may_claim_attention() -> None:
    frame = pl.concat([monthly([1.0, 2.0]).with_columns(series=pl.lit(str(i))) for i in range(5)])
    with pytest.raises(ArgumentImpossible, match="5 series"):
        lines(frame, **SAY)
    assert lines(frame, **SAY, quiet=["0"]).table.columns == ["Period", "0", "1", "2", "3", "4"]


def test_parts_are_per_cent_of_their_row() -> None:
    table = share_bars(pl.DataFrame({"label": ["x"], "a": [1], "b": [3]}), **SAY, parts=["a", "b"]).table
    assert table.row(0) == ("x", 25.0, 75.0)
    with pytest.raises(ArgumentImpossible, match="1 parts"):
        share_bars(pl.DataFrame({"label": ["x"], "a": [1]}), **SAY, parts=["a"])


def test_bars_start_at_zero() -> None:
    spec = bars(pl.DataFrame({"label": ["x", "y"], "value": [50.0, 100.0]}), **SAY).wide
    boxes = [row for layer in spec["layer"] if layer["mark"]["type"] == "rect" for row in layer["data"]["values"]]
    assert [row["x_px"] for row in boxes] == [0, 0]
    assert boxes[1]["x2"] == pytest.approx(2 * boxes[0]["x2"], abs=0.02)


def test_strip_without_our_force_says_so() -> None:
    frame = pl.DataFrame({"label": ["A", "B", "C"], "value": [1.0, 2.0, None]})
    assert "C is not known" in force_strip(frame, **SAY, ours="C").alternative
    assert "One is not held." in force_strip(frame, **SAY, ours="A").alternative


def test_dots_of_the_strip_do_not_cover_one_another() -> None:
    frame = pl.DataFrame({"label": [f"F{i}" for i in range(30)], "value": [20 + i % 5 / 10 for i in range(30)]})
    spec = force_strip(frame, **SAY, ours="none").wide
    dots = [row for layer in spec["layer"] if layer["mark"]["type"] == "point" for row in layer["data"]["values"]]
    assert len(dots) == 30
    gaps = [math.dist((a["x"], a["y"]), (b["x"], b["y"])) for i, a in enumerate(dots) for b in dots[i + 1 :]]
    assert min(gaps) > 10


def test_funnel_names_what_stands_out_by_shape() -> None:
    limits = funnel_limits([5, 30, 110, 60], [100, 1_000, 1_000, 900], multiplier=100)
    figure = funnel(["a", "b", "c", "d"], limits, **SAY)
    shapes = {layer["mark"]["shape"] for layer in figure.wide["layer"] if layer["mark"]["type"] == "point"}
    assert shapes == {"circle", "diamond", "triangle-up"}
    assert "Farthest above: c." in figure.alternative


def test_interval_dots_writes_value_and_interval() -> None:
    frame = pl.DataFrame({"label": ["x", "y"], "value": [5.0, 9.0], "lower": [4.0, 8.0], "upper": [6.0, 10.0]})
    figure = interval_dots(frame, **SAY)
    written = {row["text"] for layer in figure.wide["layer"] for row in layer["data"]["values"] if "text" in row}
    assert {"5.0", "(4.0 to 6.0)"} <= written
    assert "Highest: y, 9.0 (8.0 to 10.0); lowest: x, 5.0 (4.0 to 6.0)." in figure.alternative
