"""Figures of little or nothing are still drawn, and say so."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from factories.drawings import areas, control, monthly, squares

from upstream import charts
from upstream.charts import render
from upstream.charts.figure import Figure
from upstream.methods import funnel_limits

SAY = {"name": "n", "title": "T", "subtitle": "Offences"}
NOTHING = pl.DataFrame({"label": ["a", "b"], "value": [None, None]}, schema_overrides={"value": pl.Float64})
ZEROS = pl.DataFrame({"label": ["a", "b"], "value": [0.0, 0.0]})
UNKNOWN = areas().with_columns(value=pl.lit(None, dtype=pl.Float64))
SAME = areas().with_columns(value=pl.lit(4.0))

SPARSE: dict[str, Callable[[], Figure]] = {
    "control chart of one month": lambda: control([3.0]),
    "control chart of two months apart": lambda: control([3.0, None, 4.0]),
    "control chart of nothing": lambda: control([None, None]),
    "control chart of equal months": lambda: control([2.0] * 14),
    "control chart of zeros": lambda: control([0.0] * 14, minimum=0.0),
    "control chart of ten years": lambda: control([float(i % 7) for i in range(120)]),
    "dots of nothing": lambda: charts.interval_dots(NOTHING, **SAY),
    "columns of nothing": lambda: charts.interval_dots(NOTHING, **SAY, vertical=True),
    "dots without intervals": lambda: charts.interval_dots(ZEROS, **SAY),
    "bars of nothing": lambda: charts.bars(NOTHING, **SAY),
    "bars of zeros": lambda: charts.bars(ZEROS, **SAY),
    "strip of nothing": lambda: charts.force_strip(NOTHING, **SAY, ours="a"),
    "strip of one": lambda: charts.force_strip(ZEROS.head(1), **SAY, ours="a"),
    "lines of nothing": lambda: charts.lines(monthly([None, None]).with_columns(series=pl.lit("x")), **SAY),
    "lines of one month": lambda: charts.lines(monthly([5.0]).with_columns(series=pl.lit("x")), **SAY),
    "months of nothing": lambda: charts.month_heat(monthly([None, None]), **SAY),
    "shares of nothing": lambda: charts.share_bars(
        pl.DataFrame({"label": ["x"], "a": [0], "b": [0]}), **SAY, parts=["a", "b"]
    ),
    "funnel of one": lambda: charts.funnel(["a"], funnel_limits([3], [100]), **SAY),
    "funnel of zeros": lambda: charts.funnel(["a", "b"], funnel_limits([0, 0], [100, 90]), **SAY),
    "funnel with unknowns": lambda: charts.funnel(["a", "b"], funnel_limits([3, np.nan], [100, 90]), **SAY),
    "map of nothing": lambda: charts.area_map(squares(), UNKNOWN, **SAY),
    "map of equal areas": lambda: charts.area_map(squares(), SAME, **SAY),
    "map of one area": lambda: charts.area_map(squares(1, 1), areas(1, 1), **SAY),
    "map without districts": lambda: charts.area_map(squares(), areas().drop("district", "area_name"), **SAY),
    "comparison of nothing": lambda: charts.area_map(squares(), UNKNOWN, **SAY, average=3.0),
    "map with no area marked": lambda: charts.marked_map(squares(), areas().drop("district"), **SAY, marked=[]),
}


@pytest.mark.parametrize("name", sorted(SPARSE))
def test_little_or_nothing_is_still_drawn(name: str) -> None:
    figure = SPARSE[name]()
    for wide in (True, False):
        drawn = render.svg(figure, wide=wide)
        assert "NaN" not in drawn
        assert "Infinity" not in drawn
    assert len(figure.alternative) > 20


def test_map_whose_areas_overlap_is_still_drawn() -> None:
    boundaries = squares()
    ring = boundaries["features"][0]["geometry"]["coordinates"][0]
    boundaries["features"][0]["geometry"]["coordinates"] = [[[x + 0.02, y + 0.01] for x, y in ring]]
    assert "<path" in render.svg(charts.area_map(boundaries, areas(), **SAY))


@pytest.mark.parametrize("name", ["dots of nothing", "columns of nothing", "strip of nothing", "lines of nothing"])
def test_nothing_held_invents_no_scale(name: str) -> None:
    """Only the words are written: no tick, no average, no number."""
    spec = SPARSE[name]().wide
    written = [row["text"] for layer in spec["layer"] for row in layer["data"]["values"] if "text" in row]
    assert written == ["not held"]


def test_map_of_nothing_has_no_class_but_the_unknown() -> None:
    spec = SPARSE["map of nothing"]().wide
    written = [row["text"] for layer in spec["layer"] for row in layer["data"]["values"] if "text" in row]
    assert [text for text in written if not text.endswith("km")] == ["not known", "12 areas"]


def test_years_stand_at_their_january_when_months_are_too_many() -> None:
    spec = control([float(i % 7) for i in range(120)]).narrow
    written = [row["text"] for layer in spec["layer"] for row in layer["data"]["values"] if "text" in row]
    assert "Jan" not in written
    assert {"2024", "2033"} <= set(written)
