"""What the packaged national files know about a police force: its districts, its neighbours, districts like its own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import shapely
from shapely.geometry import shape

from upstream.exceptions import WrongUse
from upstream.geography.national import national_file

TOUCHING_DEGREES = 0.005  # generalised outlines of neighbours may lie some hundred metres apart
FEATURES = ("log_residents", "log_density", "deprivation", "aged_10_to_24", "outside_white_groups")


class UnknownDistrict(WrongUse):
    """A district code is in none of the packaged files."""


@cache
def district_table() -> pl.DataFrame:
    """List the districts of England and Wales with their community safety partnership and police force.

    Columns: district, district_name, csp, csp_name, force, force_name.
    """
    frame = pl.read_csv(national_file("lookup_district_csp_force"))
    names = ("district", "district_name", "csp", "csp_name", "force", "force_name")
    return frame.rename(dict(zip(frame.columns, names, strict=True))).sort("district")


def districts_of_force(force_code: str) -> pl.DataFrame:
    """List the districts that lie in the police force area with the code `force_code` (E23… or W15…)."""
    return district_table().filter(pl.col("force") == force_code)


@cache
def district_outlines() -> dict[str, Any]:
    """Read the packaged outline of each district; outlines that cross themselves are mended."""
    with gzip.open(national_file("boundaries_districts"), "rt", encoding="utf-8") as file:
        features = json.load(file)["features"]
    return {item["properties"]["LAD24CD"]: shapely.make_valid(shape(item["geometry"])) for item in features}


def neighbouring_forces(force_code: str) -> list[str]:
    """Name the codes of the forces of which a district touches one of this force's, in order of code."""
    outlines = district_outlines()
    force_of = dict(district_table().select("district", "force").iter_rows())
    ours = shapely.union_all([outlines[code] for code, force in force_of.items() if force == force_code])
    near = ours.buffer(TOUCHING_DEGREES)
    others = {force for code, force in force_of.items() if force != force_code and outlines[code].intersects(near)}
    return sorted(others)


def similar_districts(districts: Sequence[str], *, each: int = 2) -> list[str]:
    """Choose, for each of `districts`, the `each` districts of England most like it that are not among them.

    Likeness is the straight distance over five features, each counted in standard deviations over England:
    logarithm of residents and of residents per square kilometre (mid-2022), average score of the Indices of
    Deprivation 2025, share of residents aged 10 to 24 (mid-2020) and share outside the White groups
    (Census 2021). Districts made after 2021 have no ages there and are left out. Welsh districts have no
    English deprivation score: they get none. The result is in order of code, without repetition.
    """
    unknown = sorted(set(districts) - set(district_table()["district"]))
    if unknown:
        raise UnknownDistrict(
            f"{', '.join(unknown)} is not a district of England or Wales in 2024.",
            do="Take the codes from the look-up of districts to police force areas.",
        )
    frame = _features()
    codes = np.array(frame["district"].to_list())
    values = frame.select(FEATURES).to_numpy()
    scaled = (values - values.mean(axis=0)) / values.std(axis=0)
    outside = ~np.isin(codes, list(districts))
    chosen: set[str] = set()
    for row in np.flatnonzero(~outside):
        distance = np.linalg.norm(scaled - scaled[row], axis=1)
        chosen |= set(codes[outside][np.argsort(distance[outside], kind="stable")[:each]].tolist())
    return sorted(chosen)


def names_of_districts(codes: Iterable[str]) -> dict[str, str]:
    """Give each district code its name."""
    names = dict(district_table().select("district", "district_name").iter_rows())
    return {code: names[code] for code in codes}


@cache
def _features() -> pl.DataFrame:
    residents = pl.read_csv(national_file("population_districts")).select(
        "LAD24CD", pl.col("Mid-2022: Population").alias("residents")
    )
    deprivation = pl.read_csv(national_file("deprivation_districts_2025")).select(
        "ltla24_code", pl.col("imd_average_score").alias("deprivation")
    )
    ages = pl.read_csv(national_file("population_districts_age")).select(
        "ltla21_code",
        (pl.sum_horizontal(str(age) for age in range(10, 25)) / pl.col("total_population")).alias("aged_10_to_24"),
    )
    frame = (
        residents.join(deprivation, left_on="LAD24CD", right_on="ltla24_code")
        .join(ages, left_on="LAD24CD", right_on="ltla21_code")
        .join(_outside_white(), left_on="LAD24CD", right_on="ltla21_code")
        .join(_square_kilometres(), left_on="LAD24CD", right_on="district")
    )
    density = pl.col("residents") / pl.col("square_kilometres")
    return frame.select(
        pl.col("LAD24CD").alias("district"),
        pl.col("residents").log().alias("log_residents"),
        density.log().alias("log_density"),
        "deprivation",
        "aged_10_to_24",
        "outside_white_groups",
    ).sort("district")


def _outside_white() -> pl.DataFrame:
    census = pl.read_csv(national_file("census_ethnicity_districts"))
    counts = census.filter(pl.col("ethnic_group").str.ends_with("(number)"))
    white = pl.col("ethnic_group").str.starts_with("White")
    return counts.group_by("ltla21_code").agg(
        (pl.col("value").filter(~white).sum() / pl.col("value").sum()).alias("outside_white_groups")
    )


def _square_kilometres() -> pl.DataFrame:
    """Area from the outlines: a degree of latitude is 111.2 km, one of longitude shrinks with its cosine."""
    rows = [
        {"district": code, "square_kilometres": outline.area * 111.2**2 * np.cos(np.radians(outline.centroid.y))}
        for code, outline in district_outlines().items()
    ]
    return pl.DataFrame(rows)
