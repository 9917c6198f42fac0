"""Whatever changed between two censuses, taking counts from one to the other loses nothing and invents nothing."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import shapely
from factories import squares as sq
from hypothesis import given, settings
from hypothesis import strategies as st

from upstream.geography import convert_lsoa, derive_places, place_points

OLD = [f"old{number}" for number in range(5)]
NEW = [f"new{number}" for number in range(6)]
pairs = st.lists(st.tuples(st.sampled_from(OLD), st.sampled_from(NEW)), min_size=1, max_size=12, unique=True)
rows = st.lists(st.tuples(st.sampled_from([*OLD, "elsewhere", None]), st.integers(0, 10**6)), max_size=20)
residents = st.one_of(
    st.none(), st.fixed_dictionaries({code: st.floats(0, 1e5, allow_subnormal=False) for code in NEW})
)


def frame(crimes: list[tuple[str | None, int]]) -> pl.DataFrame:
    return pl.DataFrame(crimes, schema={"lsoa_code": pl.String, "count": pl.Int64}, orient="row")


def look_up(changes: list[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(changes, schema={"from_code": pl.String, "to_code": pl.String}, orient="row")


@given(pairs, rows, residents)
def test_totals_and_rows_are_kept(
    changes: list[tuple[str, str]], crimes: list[tuple[str | None, int]], people: dict[str, float] | None
) -> None:
    made = convert_lsoa(frame(crimes), look_up(changes), residents=people)
    assert math.isclose(made.frame["count"].sum(), sum(count for _, count in crimes), rel_tol=1e-9, abs_tol=1e-6)
    assert sum(made.rows.values()) == len(crimes)
    assert (made.frame["count"] >= 0).all()


@given(pairs, rows)
def test_counts_go_only_to_areas_that_the_look_up_names(
    changes: list[tuple[str, str]], crimes: list[tuple[str | None, int]]
) -> None:
    made = convert_lsoa(frame(crimes), look_up(changes)).frame
    for old, count in crimes:
        parts = {to for source, to in changes if source == old} or {None}
        reached = made.filter(pl.col("lsoa_code").is_in(list(parts), nulls_equal=True))
        assert reached["count"].sum() >= count - 1e-6


@given(pairs, rows)
def test_order_of_rows_does_not_matter(changes: list[tuple[str, str]], crimes: list[tuple[str | None, int]]) -> None:
    one = convert_lsoa(frame(crimes), look_up(changes)).frame
    other = convert_lsoa(frame(crimes[::-1]), look_up(changes[::-1])).frame
    assert one["lsoa_code"].to_list() == other["lsoa_code"].to_list()
    assert one["count"].to_list() == pytest.approx(other["count"].to_list())


@given(rows, residents)
def test_cut_areas_come_back_whole(crimes: list[tuple[str | None, int]], people: dict[str, float] | None) -> None:
    """Cut every area in parts and join the parts again: each area has what it had."""
    cuts = look_up([(code, f"new{n}") for code in OLD[:3] for n in (OLD.index(code) * 2, OLD.index(code) * 2 + 1)])
    known = frame([row for row in crimes if row[0] in OLD[:3]])
    there = convert_lsoa(known, cuts, residents=people).frame
    back = convert_lsoa(there, cuts, to=2011).frame
    expected = known.group_by("lsoa_code").agg(pl.col("count").sum()).sort("lsoa_code")
    assert back["lsoa_code"].to_list() == expected["lsoa_code"].to_list()
    assert back["count"].to_list() == pytest.approx(expected["count"].to_list())


coordinates = st.lists(st.tuples(st.floats(-1, 4), st.floats(-1, 4)), min_size=1, max_size=30)
boxes = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(1, 2), st.integers(1, 2)), min_size=1, max_size=6
)


@given(coordinates, boxes)
def test_tree_agrees_with_testing_every_outline(
    points: list[tuple[float, float]], corners: list[tuple[int, int, int, int]]
) -> None:
    """The slow plain way: ask every outline about every point, and take the first that is touched."""
    outlines = [shapely.box(x, y, x + wide, y + high) for x, y, wide, high in corners]
    codes = [f"area{number}" for number in range(len(outlines))]
    xs, ys = zip(*points, strict=True)
    found = place_points(xs, ys, codes, outlines).frame
    for (x, y), code, how in zip(points, found["area_code"], found["how"], strict=True):
        point = shapely.Point(x, y)
        inside = [name for name, outline in zip(codes, outlines, strict=True) if outline.contains(point)]
        touched = [name for name, outline in zip(codes, outlines, strict=True) if outline.intersects(point)]
        expected = inside[0] if inside else (touched[0] if touched else None)
        assert code == expected
        assert (how == "in more than one outline") == (len(inside) > 1)


street_rows = st.lists(
    st.tuples(
        st.sampled_from([sq.A1A, sq.A1B, sq.W1A, sq.X1A, sq.OLD_A1, sq.OLD_W1, sq.OLD_W2, "E01999999", None]),
        st.one_of(st.none(), st.tuples(st.floats(-0.5, 3.5), st.floats(-0.5, 2.5))),
        st.sampled_from([date(2018, 12, 1), date(2025, 1, 1)]),
        st.sampled_from(["Robbery", "Burglary"]),
    ),
    max_size=25,
)


@settings(max_examples=15)
@given(street_rows)
def test_build_counts_every_crime_once(
    crimes: list[tuple[str | None, tuple[float, float] | None, date, str]],
) -> None:
    connection = sq.empty_tables()
    sq.add_small_areas(connection)
    sq.add_changes(connection)
    sq.add_residents(connection)
    made = [sq.crime(code, None, xy, month=month, crime_type=kind) for code, xy, month, kind in crimes]
    sq.insert(connection, "street_crime", made)
    derive_places(connection, sq.partnership(Path("unused")))
    before = connection.execute("SELECT month, crime_type, count(*) FROM street_crime GROUP BY ALL ORDER BY ALL")
    expected = before.fetchall()
    after = connection.execute("SELECT month, crime_type, sum(offences) FROM crime_month GROUP BY ALL ORDER BY ALL")
    found = after.fetchall()
    assert [row[:2] for row in found] == [row[:2] for row in expected]
    assert [row[2] for row in found] == pytest.approx([row[2] for row in expected])
    noted = connection.execute("SELECT coalesce(sum(rows), 0) FROM conversion_note").fetchone()
    assert noted == (len(crimes),)
    connection.close()
