"""What holds of every kind of figure: valid, complete, safe under the content policy, alike each time."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import altair
import pytest
from factories.drawings import all_figures

from upstream import charts
from upstream.charts import render
from upstream.charts.figure import Figure
from upstream.charts.theme import TOKENS

FIGURES = all_figures()
KINDS = sorted(FIGURES)
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


@pytest.fixture(params=KINDS)
def figure(request: pytest.FixtureRequest) -> Figure:
    return FIGURES[request.param]


def texts(spec: dict[str, Any]) -> list[str]:
    """Every text that a drawing writes."""
    return [str(row["text"]) for layer in spec["layer"] for row in layer["data"]["values"] if "text" in row]


def test_every_chart_function_is_drawn_here() -> None:
    drawn = {*KINDS, "Figure", "Reference"}
    assert not set(charts.__all__) - drawn


@pytest.mark.parametrize("wide", [True, False])
def test_specification_is_valid_vega_lite(figure: Figure, wide: bool) -> None:
    """Altair's schema is the judge; its converter also refuses what the schema does not know."""
    chart = altair.Chart.from_dict(figure.wide if wide else figure.narrow)
    assert chart.to_dict(validate=True)["config"]["aria"] is False


@pytest.mark.parametrize("wide", [True, False])
def test_drawing_has_one_text_alternative_and_no_inline_style(figure: Figure, wide: bool) -> None:
    drawn = render.svg(figure, wide=wide)
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-label") == figure.alternative
    assert drawn.count("role=") == 1
    assert drawn.count("aria-") == 1
    assert "style=" not in drawn
    assert " id=" not in drawn  # two drawings on one page must not share names
    assert "<script" not in drawn
    assert "NaN" not in drawn
    assert "undefined" not in drawn


def test_drawing_uses_no_colour_outside_the_tokens(figure: Figure) -> None:
    found = {colour.lower() for colour in COLOUR.findall(json.dumps([figure.wide, figure.narrow]))}
    assert found <= set(TOKENS.values())


def test_narrow_drawing_fits_a_phone(figure: Figure) -> None:
    spec = figure.narrow
    assert spec["width"] + spec["padding"]["left"] + spec["padding"]["right"] <= 358


def test_no_text_is_smaller_than_twelve_pixels(figure: Figure) -> None:
    sizes = [
        layer["mark"].get("fontSize", 12)
        for spec in (figure.wide, figure.narrow)
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text"
    ]
    assert all(size >= 12 for size in sizes)


def test_figure_carries_its_numbers_as_a_table(figure: Figure) -> None:
    assert figure.table.height > 0
    assert len(figure.alternative) > 40
    assert figure.alternative.endswith(".")


def test_same_figure_gives_the_same_bytes(figure: Figure) -> None:
    assert render.svg(figure) == render.svg(figure)


@pytest.mark.parametrize(
    "kind", ["control_chart", "small_control_chart", "interval_dots", "interval_columns", "bars", "lines", "share_bars"]
)
def test_what_is_not_held_is_hatched_and_said(kind: str) -> None:
    figure = FIGURES[kind]
    for spec in (figure.wide, figure.narrow):
        written = " ".join(texts(spec))
        assert "not held" in written or "unknown, not zero" in written
        assert TOKENS["unknown"] in {layer["mark"].get("color") for layer in spec["layer"]}
    assert re.search("not held|unknown", figure.alternative, re.IGNORECASE)


def test_unknown_area_is_hatched_and_counted() -> None:
    figure = FIGURES["area_map"]
    assert "not known" in texts(figure.wide)
    assert TOKENS["unknown"] in {layer["mark"].get("stroke") for layer in figure.wide["layer"]}
    assert "One area is not known" in figure.alternative
