"""Numbers in words, marks in cells, and maps without scripts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream_web.core.drawing import glyphs, labels, maps, numbers

SQUARE = {
    "features": [
        {
            "id": "A",
            "geometry": {"type": "Polygon", "coordinates": [[[0, 52], [1, 52], [1, 53], [0, 53], [0, 52]]]},
        },
        {
            "id": "B",
            "geometry": {"type": "MultiPolygon", "coordinates": [[[[1, 52], [2, 52], [2, 53], [1, 53], [1, 52]]]]},
        },
    ]
}


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (41429, 0, "41,429"),
        (36.14, 1, "36.1"),
        (376.2, 1, "376"),
        (-0.04, 1, "0.0"),
        (-5.25, 1, "−5.2"),
        (None, 1, "not known"),
        (float("nan"), 1, "not known"),
    ],
)
def test_numbers_are_written_for_readers(value, decimals, said):
    assert numbers.number(value, decimals) == said


def test_intervals_and_changes_take_words_and_a_true_minus():
    assert numbers.interval(351.2, 402.8, 1) == "351 to 403"
    assert numbers.interval(98.7, 402.8, 1) == "99 to 403"
    assert numbers.interval(None, 3) == ""
    assert numbers.signed_percent(-0.05) == "−5%"
    assert numbers.signed_percent(0.001) == "0%"
    assert numbers.signed_interval(-0.17, 0.08) == "−17 to +8"
    assert numbers.listed(["Leek", "Stone", "Stafford"]) == "Leek, Stone and Stafford"
    assert numbers.listed(["Leek"]) == "Leek"
    assert numbers.span(date(2025, 1, 1), date(2025, 12, 31)) == "January to December 2025"


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_scale_holds_every_value(values):
    scale = glyphs.common_scale(values)
    assert scale.low <= min(values)
    assert scale.high >= max(values)
    assert all(0 <= scale.place(value) <= glyphs.WIDTH for value in values)


def test_glyph_without_a_value_draws_only_the_reference():
    drawn = glyphs.interval_glyph(glyphs.Scale(0, 10), None, None, None, 5.0)
    assert "c-ref" in drawn
    assert "c-dot" not in drawn
    assert "style=" not in drawn


def test_spark_breaks_where_nothing_is_known():
    line = glyphs.spark([1.0, 2.0, None, 3.0, 4.0]).split('c-line" d="')[1].split('"')[0]
    assert line.count("M") == 2
    assert line.count("L") == 2


def test_map_fills_its_width_and_every_path_starts_and_closes():
    layout = maps.fit(SQUARE)
    made = maps.shapes(SQUARE, layout)
    assert [shape.code for shape in made] == ["A", "B"]
    assert layout.width == pytest.approx(maps.WIDTH)
    assert max(shape.box[2] for shape in made) == pytest.approx(maps.WIDTH - maps.MARGIN)
    assert all(shape.path.startswith("M") and shape.path.endswith("z") for shape in made)
    assert made[0].box[2] == made[1].box[0], "neighbours still meet"


def test_painted_map_marks_the_unknown_and_escapes_codes():
    made = maps.shapes(SQUARE, maps.fit(SQUARE))
    drawn = maps.painted(made, {"A": "m-3"})
    assert '<g class="m-3"><path data-code="A"' in drawn
    assert '<g class="m-unknown"><path data-code="B"' in drawn
    assert maps.chosen(made, "A").count("<path") == 2
    assert maps.chosen(made, "nowhere") == ""


def test_scale_bar_is_a_round_number_of_kilometres():
    # A degree of latitude is 111.32 km: two degrees of longitude at 52.5 north are about 136 km across 636 units.
    assert ">20 km<" in maps.scale_bar(maps.fit(SQUARE))


def test_names_that_collide_are_left_out_and_earlier_ones_win():
    frame = labels.Box(0, 0, 300, 300)
    crowd = [labels.Place(f"Town {number}", 150 + number, 150) for number in range(12)]
    drawn = labels.place_names(crowd, frame, size=20)
    assert "Town 0" in drawn
    assert 1 <= drawn.count("<text") < 12
    assert labels.place_names([labels.Place("Outside", 400, 10)], frame, size=20) == ""


def test_enlarged_part_is_where_most_areas_lie():
    crowd = [(50 + index % 10, 50 + index // 10) for index in range(100)]
    spread = [(index * 6.0, 500.0) for index in range(100)]
    box = labels.densest_box([*crowd, *spread], width=60, height=60)
    assert box is not None
    assert box.holds(54, 54)
    assert labels.densest_box(crowd[:20], width=60, height=60) is None
