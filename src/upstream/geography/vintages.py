"""Taking counts from the small areas of one census to those of another, and saying what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import shapely

from upstream.exceptions import WrongUse
from upstream.geography.points import place_points

UNCHANGED, MERGED, BY_POINT, BY_RESIDENTS, IN_EQUAL_PARTS, NOT_IN_LOOK_UP, WITHOUT_AREA = (
    "unchanged",
    "merged",
    "split, placed by coordinates",
    "split, shared out by residents",
    "split, shared out in equal parts",
    "not in the look-up",
    "without area",
)
_NEAREST_DEGREES = 1.0  # the code says that the point is in one of the parts


class ConversionImpossible(WrongUse):
    """Small areas cannot be taken to another census with what was given."""


@dataclass(frozen=True)
class Conversion:
    """Counts in the areas of another census, and what became of each row.

    `frame` has the columns given, with codes of the new census and counts added up; `rows` says how many rows were
    treated each way, `words` the same in sentences. Totals of every count are those of the frame given.
    """

    frame: pl.DataFrame
    from_census: int
    to_census: int
    rows: dict[str, int]
    words: tuple[str, ...]


def convert_lsoa(
    frame: pl.DataFrame,
    changes: pl.DataFrame,
    *,
    to: int = 2021,
    code: str = "lsoa_code",
    counts: Sequence[str] = ("count",),
    residents: Mapping[str, float] | None = None,
    outlines: Mapping[str, shapely.Geometry] | None = None,
    coordinates: tuple[str, str] = ("longitude", "latitude"),
) -> Conversion:
    """Take `counts` by small area to the areas of the census of the year `to` (2011 or 2021).

    `changes` has columns from_code (2011) and to_code (2021), one row a pair, as the table `area_change`. An area
    that was cut in several parts is decided, in this order: by `coordinates` of the row in the `outlines` of all
    its parts (the nearest where it lies in none); by the parts' `residents`; in equal parts. Rows whose code the
    look-up does not hold keep their row with an empty code, so that totals hold. An unknown (null) count stays
    unknown and makes the sum it enters unknown. Only for counts that may be added: never for rates, ranks or scores.

    >>> changes = pl.DataFrame({"from_code": ["A", "A"], "to_code": ["B", "C"]})
    >>> crimes = pl.DataFrame({"lsoa_code": ["A"], "count": [10]})
    >>> convert_lsoa(crimes, changes, residents={"B": 1000, "C": 3000}).frame["count"].to_list()
    [2.5, 7.5]
    """
    _check(frame, changes, to, code, counts)
    columns = ("from_code", "to_code") if to == 2021 else ("to_code", "from_code")
    parts = changes.select(pl.col(columns[0]).alias(code), pl.col(columns[1]).alias("new_code")).unique()
    numbered = frame.with_row_index("row_number")
    pointed = _place(numbered, parts, code, outlines, coordinates)
    spread = _spread(numbered, parts, pointed, code, residents)
    rows = {how: number for how, number in spread.unique("row_number").group_by("how").len().sort("how").iter_rows()}
    keys = [name for name in frame.columns if name not in (*counts, *coordinates)]
    shared = spread.with_columns(pl.col(name) * pl.col("share") for name in counts)
    summed = shared.with_columns(pl.col("new_code").alias(code)).group_by(keys).agg(_known_sum(name) for name in counts)
    order = [name for name in frame.columns if name not in coordinates]
    made = summed.select(order).sort(code, *(key for key in keys if key != code), nulls_last=True)
    return Conversion(made, 2011 if to == 2021 else 2021, to, rows, _words(rows, to))


def _check(frame: pl.DataFrame, changes: pl.DataFrame, to: int, code: str, counts: Sequence[str]) -> None:
    if to not in (2011, 2021):
        raise ConversionImpossible(f"There is no census of {to} to take small areas to.", expected="2011 or 2021")
    missing = [name for name in (code, *counts) if name not in frame.columns]
    missing += [f"{name} of the look-up" for name in ("from_code", "to_code") if name not in changes.columns]
    if missing:
        raise ConversionImpossible(
            f"Columns are missing: {', '.join(missing)}.", do="Name them with `code` and `counts`."
        )


def _known_sum(name: str) -> pl.Expr:
    return pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).cast(pl.Float64).alias(name)


def _place(
    rows: pl.DataFrame,
    parts: pl.DataFrame,
    code: str,
    outlines: Mapping[str, shapely.Geometry] | None,
    coordinates: tuple[str, str],
) -> pl.DataFrame:
    """Rows of a split area that coordinates decide: row_number and new_code."""
    nothing = pl.DataFrame(schema={"row_number": rows.schema["row_number"], "new_code": pl.String})
    if not outlines or not set(coordinates) <= set(rows.columns):
        return nothing
    placed = [nothing]
    split = parts.filter(pl.len().over(code) > 1).group_by(code).agg("new_code")
    for old, codes in split.iter_rows():
        here = rows.filter(pl.col(code) == old).drop_nulls(list(coordinates))
        if here.is_empty() or not all(new in outlines for new in codes):
            continue
        shapes = [outlines[new] for new in codes]
        x, y = (here[name].to_numpy() for name in coordinates)
        found = place_points(x, y, codes, shapes, nearest_within=_NEAREST_DEGREES).frame["area_code"]
        placed.append(here.select("row_number").with_columns(found.alias("new_code")))
    return pl.concat(placed).drop_nulls()


def _spread(
    rows: pl.DataFrame,
    parts: pl.DataFrame,
    pointed: pl.DataFrame,
    code: str,
    residents: Mapping[str, float] | None,
) -> pl.DataFrame:
    """One row for each row and area it goes to, with its share and how that was decided."""
    by_point = rows.join(pointed, on="row_number").with_columns(share=pl.lit(1.0), how=pl.lit(BY_POINT))
    rest = rows.join(pointed, on="row_number", how="anti")
    by_code = rest.join(_shares(parts, code, residents), on=code, how="left").with_columns(
        pl.col("share").fill_null(1.0),
        how=pl.when(pl.col(code).is_null())
        .then(pl.lit(WITHOUT_AREA))
        .otherwise(pl.col("how").fill_null(NOT_IN_LOOK_UP)),
    )
    return pl.concat([by_point, by_code.select(by_point.columns)])


def _shares(parts: pl.DataFrame, code: str, residents: Mapping[str, float] | None) -> pl.DataFrame:
    """Each old area's parts with the share of its counts that goes to each."""
    persons = pl.col("new_code").replace_strict(dict(residents or {}), default=None, return_dtype=pl.Float64)
    several = pl.len().over(code) > 1
    whole = pl.col("persons").sum().over(code)
    known = (pl.col("persons").null_count().over(code) == 0) & (whole > 0)
    return parts.with_columns(persons=persons if residents else pl.lit(None, pl.Float64)).select(
        code,
        "new_code",
        share=pl.when(several & known).then(pl.col("persons") / whole).otherwise(1 / pl.len().over(code)),
        how=pl.when(several & known)
        .then(pl.lit(BY_RESIDENTS))
        .when(several)
        .then(pl.lit(IN_EQUAL_PARTS))
        .when(pl.len().over("new_code") > 1)
        .then(pl.lit(MERGED))
        .otherwise(pl.lit(UNCHANGED)),
    )


def _words(rows: dict[str, int], to: int) -> tuple[str, ...]:
    """What was done, a sentence for each way that occurred."""
    sentences = {
        UNCHANGED: "{} had an area that is the same in {}",
        MERGED: "{} had an area that was joined with another by {}",
        BY_POINT: "{} had an area cut in parts by {}: placed by coordinates",
        BY_RESIDENTS: "{} had an area cut in parts by {}: shared out by the residents of the parts",
        IN_EQUAL_PARTS: "{} had an area cut in parts by {}: shared out equally, since residents are not known",
        NOT_IN_LOOK_UP: "{} had a code that the look-up to {} does not hold: no area is given",
        WITHOUT_AREA: "{} had no area: none is given in {}",
    }
    return tuple(
        sentences[how].format(f"{rows[how]:,} row{'s' if rows[how] != 1 else ''}", to) + "."
        for how in sentences
        if how in rows
    )
