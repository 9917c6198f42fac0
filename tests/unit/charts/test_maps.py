"""Projection, classes, names and hatching of maps."""

from __future__ import annotations

import math

import pytest
import shapely
from factories.drawings import INSET, PLACES, areas, squares

from upstream.charts import area_map
from upstream.charts.map_classes import class_of, diverging_classes, round_breaks, sequential_classes
from upstream.charts.map_shapes import Projection, fit, hatching, outlines, read_areas
from upstream.charts.place_names import placed
from upstream.methods import ArgumentImpossible

CODES = areas()["area_code"].to_list()


def test_projection_keeps_distances() -> None:
    """Stafford to Stoke-on-Trent stations, 24.0 km by the great circle, to a part in a thousand."""
    projection = Projection(-2.1, 52.9, scale=6371.0088)
    here, there = projection.pixel(-2.1220, 52.8039), projection.pixel(-2.1810, 53.0080)
    one, other = (math.radians(x) for x in (52.8039, 53.0080))
    arc = math.acos(math.sin(one) * math.sin(other) + math.cos(one) * math.cos(other) * math.cos(math.radians(0.059)))
    assert math.dist(here, there) == pytest.approx(6371.0088 * arc, rel=1e-3)
    assert there[1] < here[1]  # north is up


def test_areas_fill_their_box_without_leaving_it() -> None:
    shapes = fit(read_areas(squares(), CODES), 300, 200)
    left, top, right, bottom = shapely.total_bounds(list(shapes.areas.values()))
    assert (left, top) == (pytest.approx(0, abs=1), pytest.approx(0, abs=1))
    assert right <= 300.01
    assert bottom <= 200.01
    assert max(right / 300, bottom / 200) == pytest.approx(1, abs=0.01)


def test_code_is_found_in_whatever_property_holds_it() -> None:
    boundaries = squares()
    for feature in boundaries["features"]:
        feature["properties"] = {"ladnm": "x", "code": feature["properties"]["LSOA21CD"]}
    assert set(read_areas(boundaries, CODES)) == set(CODES)


def test_boundaries_of_another_level_are_refused() -> None:
    with pytest.raises(ArgumentImpossible, match="None of 2 area codes"):
        read_areas(squares(), ["E1", "E2"])


def test_districts_are_joined_from_their_areas() -> None:
    shapes = fit(read_areas(squares(), CODES), 300, 200)
    frame = areas()
    joined = outlines(shapes, tuple(zip(frame["area_code"], frame["district"], strict=True)))
    assert len(joined) == 2
    assert sum(shape.area for shape in joined) == pytest.approx(sum(s.area for s in shapes.areas.values()), rel=1e-3)
    assert all(shape.geom_type == "Polygon" for shape in joined)


def test_hatching_stays_inside() -> None:
    shape = shapely.Polygon([(10, 10), (60, 12), (50, 50), (15, 40)])
    lines = hatching([shape])
    assert shapely.length(lines) > 100
    assert shape.buffer(0.2).covers(lines)


def test_breaks_are_round_and_within_the_values() -> None:
    breaks = round_breaks([3.7 * 1.02**i for i in range(300)])
    assert 3 <= len(breaks) <= 5
    assert all(float(f"{b:.2g}") == b for b in breaks)
    assert round_breaks([5.0, 5.0, 5.0]) == ()


def test_value_falls_in_the_class_that_its_written_form_names() -> None:
    classes = sequential_classes((15.0, 25.0))
    assert [step.words for step in classes] == ["under 15", "15 to 24", "25 and over"]
    assert class_of(24.6, classes, decimals=0) == 2  # written 25
    assert class_of(24.4, classes, decimals=0) == 1
    assert class_of(None, classes) is None
    assert class_of(math.nan, classes) is None


def test_few_classes_still_run_from_light_to_dark() -> None:
    tokens = [step.token for step in sequential_classes((1.0,), 1)]
    assert tokens == ["map-seq-1", "map-seq-6"]


def test_more_than_six_classes_are_refused() -> None:
    with pytest.raises(ArgumentImpossible, match="6 breaks make 7 classes"):
        sequential_classes((1, 2, 3, 4, 5, 6))


def test_comparison_has_seven_classes_around_the_average() -> None:
    classes = diverging_classes()
    assert len(classes) == 7
    assert classes[class_of(1.0, classes) or 0].words == "about the same"
    assert classes[class_of(3.0, classes) or 0].token == "map-div-1"
    assert classes[class_of(0.1, classes) or 0].token == "map-div-7"


def test_every_area_is_counted_in_one_class() -> None:
    figure = area_map(squares(), areas(unknown=("A11",)), name="m", title="", subtitle="s")
    counts = [
        int(row["text"].split()[0])
        for layer in figure.wide["layer"]
        for row in layer["data"]["values"]
        if str(row.get("text", "")).endswith(("area", "areas"))
    ]
    assert sum(counts) == 12


def test_table_has_the_highest_first_and_the_unknown_last() -> None:
    table = area_map(squares(), areas(unknown=("A11",)), name="m", title="", subtitle="s", unit="per 1,000").table
    assert table["Per 1,000"].to_list()[0] == 110
    assert table["Per 1,000"].to_list()[-1] is None


def test_withheld_area_is_flat_grey_and_not_counted_as_unknown() -> None:
    frame = areas(unknown=("A11",)).with_columns(
        status=areas()["area_code"].replace_strict({"A11": "withheld by publisher"}, default="known")
    )
    figure = area_map(squares(), frame, name="m", title="", subtitle="s")
    written = [row["text"] for layer in figure.wide["layer"] for row in layer["data"]["values"] if "text" in row]
    assert "held back" in written
    assert "not known" not in written


def test_inset_enlarges_the_part_in_its_box() -> None:
    main, near = (
        fit(read_areas(squares(), CODES), 200, 200, within=box) for box in (None, (-2.295, 52.705, -2.105, 52.795))
    )
    assert set(near.areas) == {"A11", "A12"}
    assert near.projection.scale > main.projection.scale
    figure = area_map(squares(), areas(), name="m", title="", subtitle="s", inset=INSET, places=PLACES)
    written = [row["text"] for layer in figure.wide["layer"] for row in layer["data"]["values"] if "text" in row]
    assert {"North and South", "Middle"} <= set(written)


def test_names_do_not_cover_one_another() -> None:
    crowd = [(f"Town {i}", -2.2 + i * 0.004, 52.75 + (i % 3) * 0.004) for i in range(12)]
    shapes = fit(read_areas(squares(), CODES), 300, 300)
    names = placed(crowd, shapes.projection, (0, 0, 300, 300))
    assert 1 <= len(names) < 12
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            a, b = one.box, other.box
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
