"""What a control chart draws and says."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from factories.drawings import CALM, control, monthly

from upstream.charts import control_chart
from upstream.charts.theme import TOKENS
from upstream.methods import ArgumentImpossible, xmr


def marks(spec: dict[str, Any], kind: str, colour: str = "") -> list[dict[str, Any]]:
    """The layers of one kind of mark, and one colour if named."""
    wanted = [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]
    return [layer for layer in wanted if not colour or layer["mark"].get("color") == TOKENS[colour]]


def test_line_is_broken_at_a_gap() -> None:
    spec = control([1.0, 2.0, None, 4.0, 5.0, 4.0]).wide
    (line,) = marks(spec, "line")
    assert [(row["part"], row["order"]) for row in line["data"]["values"]] == [(0, 0), (0, 1), (1, 3), (1, 4), (1, 5)]


def test_expected_range_stops_at_a_gap() -> None:
    spec = control([1.0, 2.0, None, 4.0, 5.0, 4.0]).wide
    spans = [
        (layer["encoding"]["x"]["value"], layer["encoding"]["x2"]["value"])
        for layer in marks(spec, "rect", "chart-band")
    ]
    cell = spec["width"] / 6
    assert spans == [
        (0, pytest.approx(2 * cell, abs=0.02)),
        (pytest.approx(3 * cell, abs=0.02), pytest.approx(6 * cell, abs=0.02)),
    ]


@pytest.mark.parametrize(
    ("polarity", "shape", "colour"),
    [
        ("lower is better", "diamond", "concern"),
        ("higher is better", "triangle-up", "improve"),
        ("neither", "square", "notice"),
    ],
)
def test_signal_has_a_shape_of_its_own(polarity: str, shape: str, colour: str) -> None:
    spec = control([*CALM, 60.0, 11.0], polarity=polarity, baseline=slice(0, 12)).wide
    (layer,) = [layer for layer in marks(spec, "point", colour) if layer["mark"]["shape"] == shape]
    assert layer["data"]["values"][0]["y"] == 60


def test_points_are_hollow_while_limits_are_provisional() -> None:
    figure = control([1.0, 2.0, 1.0, 2.0])
    assert marks(figure.wide, "point", "paper")
    assert any("provisional" in note for note in figure.notes)
    assert not marks(control(list(CALM)).wide, "point", "paper")


def test_ends_are_labelled_directly() -> None:
    spec = control(list(CALM)).wide
    written = [row["text"] for layer in marks(spec, "text") for row in layer["data"]["values"]]
    assert "12.0 in Dec" in written
    assert "11.0 average" in written
    assert {"16.3 upper limit", "5.7 lower limit"} <= set(written)  # 11 ± 2.65868 × 2


def test_alternative_text_says_what_a_reader_would_see() -> None:
    said = control([*CALM, None, None, 60.0], polarity="lower is better", baseline=slice(0, 12)).alternative
    assert "Control chart of offences a day." in said
    assert "13 months held: January to December 2024 and March 2025." in said
    assert "March 2025 (worse) meets a rule for change." in said
    assert "January to February 2025 is unknown, not zero." in said


def test_nothing_held_says_so() -> None:
    figure = control([None, None, None], small=True)
    assert figure.alternative.endswith("Nothing is held: every month is unknown.")
    assert figure.table["Signal"].to_list() == ["not held"] * 3


def test_table_holds_limits_only_where_held() -> None:
    table = control([*CALM, None, 11.0]).table
    assert table["Upper limit"].null_count() == 1
    assert table["Period"].to_list()[0] == "January 2024"


def test_month_left_out_of_the_frame_is_refused() -> None:
    frame = monthly([1.0, 2.0, 3.0]).filter(pl.col("value") != 2)
    frame = pl.concat([frame, monthly([4.0], frame["period_start"][1].replace(month=4))])
    with pytest.raises(ArgumentImpossible, match="months apart"):
        control_chart(frame, name="c", title="", subtitle="s", limits=xmr(frame["value"]))


def test_limits_of_another_series_are_refused() -> None:
    with pytest.raises(ArgumentImpossible, match="limits were set on 3"):
        control_chart(monthly([1.0, 2.0]), name="c", title="", subtitle="s", limits=xmr([1, 2, 3]))
