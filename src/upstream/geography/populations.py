"""How many people live somewhere, from the nearest year that is held, in all or by age, sex or ethnic group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from upstream.exceptions import WrongUse
from upstream.geography.areas import areas
from upstream.geography.building import HeldBuild, once_per_build, read
from upstream.geography.levels import ROLLED_UP, level
from upstream.geography.vintages import convert_lsoa


class PopulationNotHeld(WrongUse):
    """No population is held for that level and cut; the message says for which it is."""


@dataclass(frozen=True)
class Population:
    """Residents of every area of a level in one year.

    `year` is the year used, which may differ from the one asked for: `note` then says so in a sentence, and is
    empty otherwise. Columns of `frame`: area_code, area_name, the cut if any, persons.
    """

    frame: pl.DataFrame
    level: str
    year: int
    basis: str
    note: str


def year_to_use(held: Iterable[int], wanted: int) -> tuple[int, str]:
    """Choose the year of an estimate: the latest not after `wanted`, else the nearest after it.

    Gives the year and a sentence, empty when it is the year wanted. Raises `PopulationNotHeld` without any year.

    >>> year_to_use([2020, 2022], 2025)
    (2022, 'Residents are those of mid-2022, the latest held for 2025.')
    """
    years = sorted(set(held))
    if not years:
        raise PopulationNotHeld(
            "No estimate of residents is held.", do="Load the feed population_lsoa21 or population_districts."
        )
    before = [year for year in years if year <= wanted]
    if not before:
        return years[0], f"Residents are those of mid-{years[0]}, the earliest held; {wanted} lies before it."
    if before[-1] == wanted:
        return wanted, ""
    return before[-1], f"Residents are those of mid-{before[-1]}, the latest held for {wanted}."


@once_per_build
def population(build: HeldBuild, level_name: str, year: int) -> Population:
    """Give mid-year residents of all ages of every area of a level, in `year` or by the rule of `year_to_use`."""
    level(level_name)
    rows = read(
        build, "SELECT area_code, year, persons FROM area_population WHERE level = $level", {"level": level_name}
    )
    if rows.is_empty():
        raise _not_held(level_name, "all ages")
    used, note = year_to_use(rows["year"], year)
    frame = rows.filter(pl.col("year") == used).select("area_code", "persons")
    return Population(_named(build, level_name, frame, ()), level_name, used, "mid-year estimate", note)


@once_per_build
def population_by_age(build: HeldBuild, level_name: str, year: int) -> Population:
    """Give residents by single year of age (90 means 90 and over) of every area of a level.

    Estimates by age exist for small areas of 2011; they are taken to those of 2021 by residents and added up. They
    belong to the series made before the census of 2021, as the note says. Districts come as published.
    """
    held = _ages(build, level_name)
    if held.is_empty():
        raise _not_held(level_name, "age")
    used, note = year_to_use(held["year"], year)
    frame = held.filter(pl.col("year") == used).select("area_code", "age", "persons")
    series = "Ages are from estimates made before the census of 2021."
    words = " ".join(part for part in (note, series if used < 2021 else "") if part)
    return Population(_named(build, level_name, frame, ("age",)), level_name, used, "mid-year estimate", words)


@once_per_build
def population_by_ethnic_group(build: HeldBuild, level_name: str, scheme: str = "5+1") -> Population:
    """Give residents by ethnic group at the census of 2021: `scheme` 5+1 from small areas, 18+1 for districts."""
    query = """
        SELECT area_code, level, ethnic_group, sum(persons) AS persons FROM population
        WHERE ethnicity_scheme = $scheme AND sex = 'all' AND age_from = 0 AND age_to IS NULL GROUP BY ALL
    """
    rows = read(build, query, {"scheme": scheme})
    frame = _up_to_level(build, rows, level_name, ("ethnic_group",))
    if frame.is_empty():
        raise _not_held(level_name, f"ethnic group ({scheme})")
    named = _named(build, level_name, frame, ("ethnic_group",))
    return Population(named, level_name, 2021, "census 2021", "Residents are those of the census of March 2021.")


def _ages(build: HeldBuild, level_name: str) -> pl.DataFrame:
    query = """
        SELECT area_code, level, year, age_from AS age, sum(persons) AS persons FROM population
        WHERE basis = 'mid-year estimate' AND sex = 'all' AND ethnic_group = 'all'
            AND (age_to = age_from OR (age_to IS NULL AND age_from > 0))
        GROUP BY ALL
    """
    rows = read(build, query)
    old = rows.filter(pl.col("level") == "lsoa11")
    if old.height and level_name in ROLLED_UP:
        rows = pl.concat([rows.filter(pl.col("level") != "lsoa11"), _to_2021(build, old).select(rows.columns)])
    return _up_to_level(build, rows, level_name, ("year", "age"))


def _to_2021(build: HeldBuild, old: pl.DataFrame) -> pl.DataFrame:
    """Ages of 2011 areas in those of 2021: the parts of a split get shares by residents of 2020 or near."""
    changes = read(build, "SELECT from_code, to_code FROM area_change")
    near = population(build, "lsoa21", int(old["year"].max()))  # type: ignore[arg-type]
    residents = dict(near.frame.select("area_code", "persons").iter_rows())
    # An area without a look-up is taken to be unchanged when the same code is in use in 2021.
    same = pl.DataFrame({"from_code": list(residents), "to_code": list(residents)}, schema=changes.schema)
    known = pl.concat([changes, same.join(changes, on="from_code", how="anti")])
    made = convert_lsoa(old, known, code="area_code", counts=("persons",), residents=residents).frame
    return made.drop_nulls("area_code").with_columns(level=pl.lit("lsoa21"))


def _up_to_level(build: HeldBuild, rows: pl.DataFrame, level_name: str, cut: tuple[str, ...]) -> pl.DataFrame:
    """Rows of a level as they are held, or added up from small areas where every one of them is held."""
    own = rows.filter(pl.col("level") == level_name).drop("level")
    if level_name not in ROLLED_UP or level_name == "lsoa21":
        return own
    small = rows.filter(pl.col("level") == "lsoa21")
    above = "CASE WHEN in_partnership THEN $slug END" if level_name == "partnership" else level_name
    whole = areas(build, "partnership")["area_code"]
    facts: dict[str, object] | None = {"slug": whole[0]} if level_name == "partnership" and len(whole) else None
    place = read(build, f"SELECT lsoa21 AS area_code, {above} AS parent FROM place", facts).drop_nulls()
    complete = place.group_by("parent").agg(
        pl.col("area_code").is_in(small["area_code"].unique().to_list()).all().alias("complete")
    )
    place = place.join(complete.filter("complete"), on="parent", how="semi").filter(
        ~pl.col("parent").is_in(own["area_code"].unique().to_list())
    )
    summed = small.join(place, on="area_code").group_by("parent", *cut).agg(pl.col("persons").sum())
    return pl.concat([own, summed.rename({"parent": "area_code"}).select(own.columns)])


def _named(build: HeldBuild, level_name: str, frame: pl.DataFrame, cut: tuple[str, ...]) -> pl.DataFrame:
    names = areas(build, level_name).select("area_code", "area_name")
    return (
        frame.join(names, on="area_code", how="left")
        .select("area_code", "area_name", *cut, "persons")
        .sort("area_code", *cut)
    )


def _not_held(level_name: str, cut: str) -> PopulationNotHeld:
    return PopulationNotHeld(
        f"Residents by {cut} are not held for {level(level_name).plural}.",
        do="See the feeds page for the files of population and census that can be loaded.",
    )
