"""The worked example's measures against a second calculation: Polars, straight from the files as published.

Nothing here uses the store, the build or the measures' own code except to ask for the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from upstream.measures import EVERYWHERE, calculate, compare_forces, load_definitions
from upstream.partnership import Partnership

ROOT = Path(__file__).resolve().parents[3]
OPEN_DATA = ROOT / "partnerships" / "staffordshire" / "open_data"
NATIONAL = ROOT / "src" / "upstream" / "geography" / "national"
ASB = "Anti-social behaviour"
STOKE = "E06000021"


def read(feed: str, *, within: Path = OPEN_DATA) -> pl.DataFrame:
    files = sorted((within / feed).glob("*.gz"))
    assert files, f"no file of {feed}"
    return pl.concat([pl.read_csv(file, infer_schema=False) for file in files])


def number(name: str) -> pl.Expr:
    return pl.col(name).str.replace_all(",", "").cast(pl.Float64, strict=False)


@pytest.fixture(scope="module")
def street() -> pl.DataFrame:
    """Rows of the own force: month, lsoa, lsoa_name, kind, outcome."""
    rows = read("police_street").select(
        month="Month", lsoa="LSOA code", lsoa_name="LSOA name", kind="Crime type", outcome="Last outcome category"
    )
    return rows.with_columns(pl.col(pl.String).replace("", None))


@pytest.fixture(scope="module")
def lookup() -> pl.DataFrame:
    return read("lookup_lsoa21_ward").select(lsoa="LSOA21CD", ward="WD24CD", district="LAD24CD", name="LAD24NM")


def answers(
    example: Partnership,
    measure: str,
    level: str,
    period: str,
    *,
    start: date | None = None,
    end: date | None = None,
    areas: Sequence[str] = (),
) -> dict[tuple[str, str], float]:
    """Known and not zero, by area and period."""
    result = calculate(example, measure, level=level, period=period, start=start, end=end, areas=areas)
    known = result.frame.filter(pl.col("value").is_not_null() & (pl.col("value") != 0))
    return {(area, when): value for area, when, value in known.select("area_code", "period", "value").iter_rows()}


def pairs(frame: pl.DataFrame) -> dict[tuple[str, str], float]:
    """The first two columns as key and the third as value, zeros left out."""
    return {(a, p): float(v) for a, p, v in frame.iter_rows() if v}


COUNTS = [name for name, d in load_definitions().items() if d.calculation == "crime_count"]


@pytest.mark.parametrize("measure", COUNTS)
def test_crime_counts_of_small_areas_and_districts(
    example: Partnership, street: pl.DataFrame, lookup: pl.DataFrame, measure: str
) -> None:
    kinds = load_definitions()[measure].parameters.get("crime_types")
    rows = street.filter(pl.col("kind").is_in(kinds) if kinds else pl.col("kind") != ASB)
    recent = rows.filter(pl.col("month") >= "2024-01").join(lookup, on="lsoa")
    for level, column in (("lsoa21", "lsoa"), ("ward", "ward")):
        expected = pairs(recent.group_by(column, "month").len())
        assert answers(example, measure, level, "month", start=date(2024, 1, 1)) == expected
    # A district can be read off the name of the small area, old or new, which needs no look-up between the two.
    districts = lookup.select("district", "name").unique()
    named = rows.with_columns(name=pl.col("lsoa_name").str.replace(r" \d{3}[A-Z]+$", "")).join(districts, on="name")
    assert answers(example, measure, "district", "month") == pairs(named.group_by("district", "month").len())
    whole = rows.group_by(pl.lit("staffordshire").alias("area"), "month").len()
    assert answers(example, measure, "partnership", "month") == pairs(whole)


def test_crime_rates_of_middle_areas_and_districts(
    example: Partnership, street: pl.DataFrame, lookup: pl.DataFrame
) -> None:
    people = read("population_lsoa21")
    people = people.select(lsoa=pl.col(people.columns[0]), persons=number("Mid-2022: Population"))
    rows = street.filter(pl.col("kind") == "Robbery", pl.col("month").str.starts_with("2025"))
    by_small = people.join(rows.group_by("lsoa").len(), on="lsoa", how="left").with_columns(pl.col("len").fill_null(0))
    by_district = by_small.join(lookup, on="lsoa").group_by("district").agg(pl.col("len", "persons").sum())
    expected = {(d, "2025"): 1000 * n / persons for d, n, persons in by_district.iter_rows()}
    found = answers(example, "robbery_rate", "district", "year", start=date(2025, 1, 1), end=date(2025, 12, 31))
    assert found == pytest.approx(expected, rel=1e-12)
    names = read("msoa_names").select(msoa="MSOACD", name="MSOANM", now="MSOA21CD")
    names = names.filter(pl.col("now").is_not_null() & (pl.col("now") != ""))
    small = read("lookup_lsoa21_ward").select(lsoa="LSOA21CD", name=pl.col("LSOA21NM").str.replace(r"[A-Z]$", ""))
    middle = by_small.join(small, on="lsoa").join(names, on="name").group_by("msoa").agg(pl.col("len", "persons").sum())
    expected = {(m, "2025"): 1000 * n / persons for m, n, persons in middle.iter_rows() if n}
    found = answers(example, "robbery_rate", "msoa21", "year", start=date(2025, 1, 1), end=date(2025, 12, 31))
    assert found == pytest.approx(expected, rel=1e-12)


def test_outcome_shares(example: Partnership, street: pl.DataFrame) -> None:
    rows = street.filter(pl.col("month").str.starts_with("2025"), pl.col("outcome").is_not_null())
    closed = rows.filter(~pl.col("outcome").is_in(["Under investigation", "Status update unavailable"]))
    unsolved = closed.filter(pl.col("outcome").str.contains("no suspect")).height
    not_positive = "Investigation|Unable|public interest|another organisation"
    positive = closed.filter(~pl.col("outcome").str.contains(not_positive)).height
    year = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}

    def share(measure: str) -> float:
        return answers(example, measure, "partnership", "year", **year)["staffordshire", "2025"]

    assert share("no_suspect_share") == pytest.approx(100 * unsolved / closed.height, rel=1e-12)
    assert share("positive_outcome_share") == pytest.approx(100 * positive / closed.height, rel=1e-12)
    assert share("under_investigation_share") == pytest.approx(100 * (1 - closed.height / rows.height), rel=1e-9)


def test_recorded_crime_of_every_force(example: Partnership) -> None:
    rows = read("recorded_crime", within=NATIONAL).filter(pl.col("Offence") == "Robbery")
    found = calculate(example, "robbery_recorded_rate", level="force", areas=[EVERYWHERE]).frame
    own = rows.filter(pl.col("PFA") == "Staffordshire").sort(pl.col("12 months ending").str.to_date("%d/%m/%Y"))[
        "Rolling year total number of offences"
    ]
    assert found.filter(area_code="E23000015")["numerator"].to_list() == own.cast(pl.Float64).to_list()
    last = found.filter(period="year to 2018-12").drop_nulls("numerator")
    published = rows.filter(pl.col("12 months ending") == "31/12/2018")
    total = published["Rolling year total number of offences"].cast(pl.Int64).sum()
    assert last["numerator"].sum() == total


def test_exclusions_by_reason(example: Partnership) -> None:
    rows = read("exclusions_reasons", within=NATIONAL).filter(
        pl.col("la_name") == "Stoke-on-Trent", pl.col("school_type") == "Total", pl.col("year") >= "201011"
    )
    result = calculate(example, "exclusions_assault_adult_count", level="upper_tier", areas=[STOKE]).frame
    found = {row["period"]: (row["value"], row["status"]) for row in result.to_dicts()}
    for year, permanent, fixed in rows.select("year", "perm_physical_adult", "fixed_physical_adult").iter_rows():
        label = f"{year[:4]}/{year[4:]}"
        withheld = "x" in (permanent, fixed)
        expected = (None, "withheld by publisher") if withheld else (float(permanent) + float(fixed), "known")
        assert found[label] == expected


def test_exclusion_rates(example: Partnership) -> None:
    rows = read("exclusions_totals", within=NATIONAL).filter(
        pl.col("school_type") == "Total", pl.col("year") == "201617"
    )
    counts = {r["la_name"]: 1000 * float(r["fixed_excl"]) / float(r["headcount"]) for r in rows.to_dicts()}
    found = answers(example, "fixed_exclusion_rate", "upper_tier", "school year")
    assert found[STOKE, "2016/17"] == pytest.approx(counts["Stoke-on-Trent"], rel=1e-12)
    assert found["E10000028", "2016/17"] == pytest.approx(counts["Staffordshire"], rel=1e-12)


def test_admissions_of_the_region(example: Partnership) -> None:
    book = openpyxl.load_workbook(next((NATIONAL / "sharp_object_admissions").glob("*.xlsx")), read_only=True)
    rows = list(book["GOR-Data-Totals"].iter_rows(values_only=True))
    column = next(row.index("West Midlands") for row in rows if "West Midlands" in row)
    april = [row for row in rows if row[1] == "April"]
    found = answers(example, "sharp_object_admissions_count", "region", "month")
    by_period = {period: value for (_, period), value in found.items()}
    for row in april:
        assert by_period[f"{row[0][:4]}-04"] == row[column]


def test_deprivation(example: Partnership, lookup: pl.DataFrame) -> None:
    rows = read("deprivation_2025").with_columns(number("IMD_decile"), number("Income_score"))
    joined = rows.join(lookup, left_on="lsoa21_code", right_on="lsoa")
    share = joined.group_by("district").agg(100 * (pl.col("IMD_decile") == 1).mean())
    expected = {(district, "2025"): value for district, value in share.iter_rows() if value}
    assert answers(example, "most_deprived_2025_share", "district", "edition") == pytest.approx(expected, rel=1e-12)
    income = {(code, "2025"): 100 * v for code, v in rows.select("lsoa21_code", "Income_score").iter_rows() if v}
    assert answers(example, "income_deprivation_2025_score", "lsoa21", "edition") == pytest.approx(income, rel=1e-12)
    old = read("deprivation_2019").select(
        name="Local Authority District name (2019)",
        decile=number("Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"),
    )
    old_share = old.filter(pl.col("name") == "Tamworth").select(100 * (pl.col("decile") == 1).mean()).item()
    found = answers(example, "most_deprived_2019_share", "district", "edition")
    assert found["E07000199", "2019"] == pytest.approx(old_share, rel=1e-12)


def test_people_and_households(example: Partnership, lookup: pl.DataFrame) -> None:
    ages = read("population_districts_age", within=NATIONAL).filter(pl.col("ltla21_code") == STOKE)
    young = sum(float(ages[str(age)][0]) for age in range(10, 18))
    assert answers(example, "residents_10_17_count", "district", "year")[STOKE, "2020"] == young
    groups = (
        read("census_ethnicity_lsoa21").with_columns(n=number("n")).join(lookup, left_on="lsoa21_code", right_on="lsoa")
    )
    stoke = groups.filter(pl.col("district") == STOKE)
    white = stoke.filter(pl.col("ethnic_group") == "White")["n"].sum() / stoke["n"].sum()
    found = answers(example, "outside_white_groups_share", "district", "census")[STOKE, "2021"]
    assert found == pytest.approx(100 * (1 - white), rel=1e-9)
    homes = read("census_household_overcrowding").with_columns(n=number("n"))
    crowded = homes.filter(pl.col("occupancy_rating").str.contains("overcrowded"))["n"].sum() / homes["n"].sum()
    found = answers(example, "overcrowded_households_share", "partnership", "census")["staffordshire", "2021"]
    assert found == pytest.approx(100 * crowded, rel=1e-12)


def test_search_rates_agree_with_those_published(example: Partnership) -> None:
    rows = read("stop_search_year", within=NATIONAL)
    names = {name.strip(): name for name in rows.columns}
    own = rows.filter(pl.col("Geography") == "Staffordshire", pl.col("Ethnicity_type") == "All")
    published = dict(own.select("Time", number(names["Rate per 1,000 population by ethnicity"])).iter_rows())
    found = answers(example, "search_rate", "force", "financial year")
    assert {period for _, period in found} == set(published)
    for (_, period), value in found.items():
        assert value == pytest.approx(published[period], abs=0.011)  # published with two decimals


def test_forces_side_by_side(example: Partnership) -> None:
    panel = read("police_counts", within=NATIONAL).filter(
        pl.col("Month").str.starts_with("2025"), pl.col("Crime type") == "Violence and sexual offences"
    )
    whole = panel.group_by("file_force").agg(pl.col("Month").n_unique(), pl.col("n").cast(pl.Float64).sum())
    whole = whole.filter(pl.col("Month") == 9)
    frame = compare_forces(example, "violence_rate").frame
    staffordshire = whole.filter(pl.col("file_force") == "staffordshire")["n"].item()
    assert frame.filter(pl.col("is_own"))["numerator"].item() == staffordshire
    not_compared = {"btp", "city-of-london", "northern-ireland"}
    assert frame.height == len(set(whole["file_force"]) - not_compared)
    assert frame["numerator"].sum() == whole.filter(~pl.col("file_force").is_in(not_compared))["n"].sum()
