from __future__ import annotations

import polars as pl
import pytest
import shapely

from upstream.geography import convert_lsoa
from upstream.geography.vintages import ConversionImpossible

CHANGES = pl.DataFrame(
    {"from_code": ["same", "cut", "cut", "one", "two"], "to_code": ["same", "west", "east", "joined", "joined"]}
)


def frame(*rows: tuple[str | None, int | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"lsoa_code": pl.String, "count": pl.Int64}, orient="row")


def answer(conversion_frame: pl.DataFrame) -> dict[str | None, float | None]:
    return dict(conversion_frame.select("lsoa_code", "count").iter_rows())


def test_unchanged_and_merged_areas() -> None:
    made = convert_lsoa(frame(("same", 5), ("one", 2), ("two", 3)), CHANGES)
    assert answer(made.frame) == {"same": 5.0, "joined": 5.0}
    assert made.rows == {"unchanged": 1, "merged": 2}


def test_split_area_by_residents() -> None:
    made = convert_lsoa(frame(("cut", 10)), CHANGES, residents={"west": 300, "east": 700})
    assert answer(made.frame) == {"west": 3.0, "east": 7.0}


@pytest.mark.parametrize("residents", [None, {"west": 300}, {"west": 0, "east": 0}])
def test_split_area_without_full_residents_in_equal_parts(residents: dict[str, float] | None) -> None:
    made = convert_lsoa(frame(("cut", 10)), CHANGES, residents=residents)
    assert answer(made.frame) == {"west": 5.0, "east": 5.0}
    assert made.words == ("1 row had an area cut in parts by 2021: shared out equally, since residents are not known.",)


def test_split_area_by_coordinates_first() -> None:
    rows = frame(("cut", 1), ("cut", 1), ("cut", 1)).with_columns(
        longitude=pl.Series([0.5, 1.5, None]), latitude=pl.Series([0.5, 0.5, None])
    )
    outlines = {"west": shapely.box(0, 0, 1, 1), "east": shapely.box(1, 0, 2, 1)}
    made = convert_lsoa(rows, CHANGES, outlines=outlines, residents={"west": 1, "east": 3})
    assert answer(made.frame) == {"west": 1.25, "east": 1.75}
    assert made.rows == {"split, placed by coordinates": 2, "split, shared out by residents": 1}


def test_back_to_2011_joins_what_was_cut_and_shares_what_was_joined() -> None:
    rows = frame(("west", 3), ("east", 7), ("joined", 10))
    made = convert_lsoa(rows, CHANGES, to=2011, residents={"one": 1, "two": 4})
    assert answer(made.frame) == {"cut": 10.0, "one": 2.0, "two": 8.0}
    assert (made.from_census, made.to_census) == (2021, 2011)


def test_unknown_codes_keep_their_counts_without_area() -> None:
    made = convert_lsoa(frame(("same", 1), ("elsewhere", 2), (None, 4)), CHANGES)
    assert answer(made.frame) == {"same": 1.0, None: 6.0}
    assert made.rows == {"not in the look-up": 1, "unchanged": 1, "without area": 1}


def test_unknown_count_makes_its_sum_unknown() -> None:
    made = convert_lsoa(frame(("one", None), ("two", 3), ("same", 1)), CHANGES)
    assert answer(made.frame) == {"joined": None, "same": 1.0}


def test_other_columns_are_kept_apart() -> None:
    rows = frame(("one", 1), ("two", 2), ("two", 4)).with_columns(year=pl.Series([2020, 2020, 2021]))
    made = convert_lsoa(rows, CHANGES)
    assert made.frame.rows() == [("joined", 3.0, 2020), ("joined", 4.0, 2021)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": 2001}, "2011 or 2021"),
        ({"counts": ("crimes",)}, "crimes"),
        ({"code": "area"}, "area"),
    ],
)
def test_conversion_impossible(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ConversionImpossible, match=words):
        convert_lsoa(frame(("same", 1)), CHANGES, **changes)  # type: ignore[arg-type]
