"""Targets, baselines and events over a control chart."""

from __future__ import annotations

import pytest
from factories.drawings import CALM, monthly

from upstream.charts import control_chart, small_control_chart
from upstream.charts.drawing import text_width
from upstream.charts.overlay import Overlay
from upstream.charts.theme import TOKENS
from upstream.methods import ArgumentImpossible, xmr

FRAME = monthly(list(CALM))
OVER = Overlay(
    target=(None,) * 6 + (9.0, 9.0, 8.5, 8.5, 8.0, 8.0), target_words="target", baseline=11.5,
    baseline_words="in 2024", events=((3, "a new recording rule"),),
)  # fmt: skip


def drawn(overlay, chart=control_chart):
    return chart(FRAME, name="c", title="T", subtitle="Offences a day", limits=xmr(CALM), overlay=overlay)


def rules(spec, token):
    return [
        layer for layer in spec["layer"]
        if layer["mark"]["type"] == "rule" and layer["mark"].get("color") == TOKENS[token]
    ]  # fmt: skip


@pytest.mark.parametrize("chart", [control_chart, small_control_chart])
def test_target_is_drawn_for_its_months_only(chart):
    (layer,) = rules(drawn(OVER, chart).wide, "done")
    assert [(row["x"], row["y"]) for row in layer["data"]["values"]] == [
        (6, 9.0), (7, 9.0), (8, 8.5), (9, 8.5), (10, 8.0), (11, 8.0),
    ]  # fmt: skip


def test_words_and_table_tell_the_same():
    figure = drawn(OVER)
    assert "The target is 8.0." in figure.alternative
    assert "The level in 2024 was 11.5." in figure.alternative
    assert figure.notes[0] == "A: April 2024, A new recording rule."
    assert figure.table["Target"].to_list() == list(OVER.target)


def test_without_overlay_nothing_is_added():
    figure = drawn(Overlay())
    assert not rules(figure.wide, "done")
    assert "Target" not in figure.table.columns


def test_axis_has_room_for_a_target_far_away():
    spec = drawn(Overlay(target=(40.0,) * 12)).wide
    assert max(float(row["text"]) for row in text_rows(spec)) >= 40


@pytest.mark.parametrize("target", [9.0, 1234.5, 123456.7])
def test_small_chart_has_room_for_the_whole_label_of_its_target(target):
    spec = drawn(Overlay(target=(target,) * 12), small_control_chart).wide
    label = f"{target:,.1f} target"
    assert label in [row["text"] for layer in spec["layer"] if layer["mark"]["type"] == "text"
                     for row in layer["data"]["values"]]  # fmt: skip
    assert spec["padding"]["right"] >= 7 + text_width(label, strong=True)


def test_name_of_a_gap_stands_over_a_target_that_goes_on_through_it():
    values = [*CALM[:6], *[None] * 4, *CALM[10:]]
    frame = monthly(values)
    spec = small_control_chart(
        frame, name="c", title="T", subtitle="Offences a day", limits=xmr(values), overlay=Overlay(target=(9.0,) * 12)
    ).wide
    target = next(place for place, layer in enumerate(spec["layer"]) if layer in rules(spec, "done"))
    named = next(
        place for place, layer in enumerate(spec["layer"])
        if layer["mark"]["type"] == "text" and layer["data"]["values"][0]["text"] == "not held"
    )  # fmt: skip
    assert target < named


def text_rows(spec):
    return [row for layer in spec["layer"] if layer["mark"]["type"] == "text"
            for row in layer["data"]["values"] if row["text"].replace(".", "").isdigit()]  # fmt: skip


def test_target_of_another_length_is_refused():
    with pytest.raises(ArgumentImpossible, match="5 entries and the series 12 periods"):
        drawn(Overlay(target=(1.0,) * 5))
