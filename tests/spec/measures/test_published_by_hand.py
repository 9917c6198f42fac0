"""Figures that publishers give by the year: withheld numbers, overlapping windows, editions, groups."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from factories.tiny_build import SCOPE, ask, cells, held, residents, tiny_build

from upstream.measures import EVERYWHERE
from upstream.methods.rate_ratio import rate_ratio

DORSET = SCOPE.force_code


def excluded(year: int, kind: str, reason: str, count: int | None, **more: Any) -> dict[str, Any]:
    base = {"school_year": year, "authority": "Tinyshire", "school_type": "Total", "kind": kind, "reason": reason}
    return base | {"exclusions": count, "withheld": count is None} | more


def test_withheld_exclusions_are_unknown_and_never_zero() -> None:
    reader = tiny_build(
        {
            "place": [{"lsoa21": "A1", "upper_tier": "U1", "in_partnership": True}],
            "area": [{"area_code": "U1", "area_name": "Tinyshire", "level": "upper_tier"}],
            "exclusion": [
                excluded(2016, "permanent", "Physical assault against a pupil", None),
                excluded(2016, "fixed period", "Physical assault against a pupil", 40),
                excluded(2017, "permanent", "Physical assault against a pupil", 6),
                excluded(2017, "fixed period", "Physical assault against a pupil", 50),
                excluded(2017, "permanent", "all", 10, headcount=20_000),
                excluded(2017, "permanent", "all", 4, school_type="Special", headcount=500),
            ],
        }
    )
    result = ask(reader, "exclusions_assault_pupil_count", "upper_tier", "school year")
    assert cells(result) == {("U1", "2015/16"): None, ("U1", "2016/17"): 56}
    assert cells(result, "status")["U1", "2015/16"] == "withheld by publisher"
    rate = ask(reader, "permanent_exclusion_rate", "upper_tier", "school year")
    assert cells(rate)["U1", "2016/17"] == pytest.approx(0.5)
    by_kind = ask(reader, "exclusions_assault_pupil_count", "upper_tier", "school year", breakdown=["kind"]).frame
    permanent = by_kind.filter(kind="permanent").sort("period")
    assert permanent["value"].to_list() == [None, 6]


def test_rolling_windows_are_given_as_published_and_not_added() -> None:
    def window(ending: date, count: int, force: str = "Dorset") -> dict[str, Any]:
        return {"year_ending": ending, "force": force, "offence": "Homicide", "offences": count}

    rows = [window(date(2017, 9, 30), 4), window(date(2017, 12, 30), 5), window(date(2017, 12, 30), 9, "Kent")]
    reader = tiny_build({"recorded_crime": rows, "area_population": residents([2017])})
    result = ask(reader, "homicide_recorded_count", "force", "rolling year")
    assert cells(result) == {(DORSET, "year to 2017-09"): 4, (DORSET, "year to 2017-12"): 5}
    every = ask(reader, "homicide_recorded_count", "force", "rolling year", areas=[EVERYWHERE])
    assert cells(every)["E23000032", "year to 2017-12"] == 9
    assert cells(every, "status")["E23000032", "year to 2017-09"] == "not held"
    assert cells(ask(reader, "homicide_recorded_rate", "force", "rolling year"))[DORSET, "year to 2017-12"] == 500


def test_admissions_with_a_withheld_month_are_unknown_for_the_quarter() -> None:
    def admitted(month: int, count: int | None, sex: str = "all") -> dict[str, Any]:
        whole = {"age_group": "all", "ethnic_group": "all", "region": "South West"}
        return whole | {"month": date(2020, month, 1), "sex": sex, "admissions": count, "withheld": count is None}

    rows = [admitted(m, 20) for m in (1, 2, 3, 4, 5)] + [admitted(6, None), admitted(1, 15, "male")]
    reader = tiny_build({"sharp_object_admission": rows})
    result = ask(reader, "sharp_object_admissions_count", "region", "quarter")
    assert cells(result) == {("South West", "2020-Q1"): 60, ("South West", "2020-Q2"): None}
    assert cells(result, "status")["South West", "2020-Q2"] == "withheld by publisher"
    by_sex = ask(reader, "sharp_object_admissions_count", "region", "quarter", breakdown=["sex"]).frame
    assert by_sex.filter(period="2020-Q1")["status"].to_list() == ["part held"]  # January only: the rest is unknown
    male = ask(reader, "sharp_object_admissions_count", "region", "month", breakdown=["sex"]).frame
    assert male.filter(period="2020-01")["value"].to_list() == [15]


def test_share_of_most_deprived_small_areas_in_both_editions() -> None:
    def rank(area: str, edition: int, level: str, decile: int) -> dict[str, Any]:
        return {"area_code": area, "level": level, "edition": edition, "domain": "overall", "decile": decile}

    reader = tiny_build(
        {
            "deprivation": [
                *(rank(a, 2025, "lsoa21", d) for a, d in {"A1": 1, "A2": 4, "B1": 1, "B2": 1}.items()),
                *(rank(a, 2019, "lsoa11", d) for a, d in {"old": 1, "B1": 2}.items()),
            ],
            "area_change": [
                {"from_code": "old", "to_code": "A1", "change": "S"},
                {"from_code": "old", "to_code": "A2", "change": "S"},
                {"from_code": "B1", "to_code": "B1", "change": "U"},
            ],
        }
    )
    now = ask(reader, "most_deprived_2025_share", "district", "edition")
    assert cells(now) == {("DA", "2025"): 50, ("DB", "2025"): 100}
    before = ask(reader, "most_deprived_2019_share", "district", "edition")
    assert cells(before) == {("DA", "2019"): 100, ("DB", "2019"): 0}
    assert cells(before, "denominator")["DA", "2019"] == 1  # split in two since, and still one small area of 2011


def test_residents_by_age_and_group_and_households() -> None:
    def person(area: str, level: str, count: float, **more: Any) -> dict[str, Any]:
        base = {"area_code": area, "level": level, "year": 2020, "basis": "mid-year estimate", "sex": "all"}
        base |= {"age_from": 0, "ethnic_group": "all", "ethnicity_scheme": "all", "persons": count}
        return base | more

    def group(area: str, name: str, count: float) -> dict[str, Any]:
        census = {"year": 2021, "basis": "census 2021", "ethnicity_scheme": "5+1"}
        return person(area, "lsoa21", count, ethnic_group=name, **census)

    def home(area: str, kind: str, count: float) -> dict[str, Any]:
        base = {"area_code": area, "level": "lsoa21", "year": 2021, "topic": "tenure"}
        return base | {"category": kind, "households": count}

    reader = tiny_build(
        {
            "population": [
                person("DA", "district", 4000),
                *(person("DA", "district", 10, age_from=age, age_to=age) for age in range(90)),
                person("DA", "district", 100, age_from=90),
                *(group("A1", name, n) for name, n in (("White", 60), ("Other ethnic group", 40))),
                group("A2", "White", 100),
            ],
            "household": [
                home("A1", "Owned: Owns outright", 30),
                home("A1", "Social rented: Other social rented", 10),
                home("A2", "Social rented: Rents from council or Local Authority", 10),
            ],
        }
    )
    assert cells(ask(reader, "residents_10_17_count", "district", "year"))["DA", "2020"] == 80
    assert cells(ask(reader, "residents_10_24_share", "partnership", "year"))["tiny", "2020"] == pytest.approx(15)
    groups = cells(ask(reader, "outside_white_groups_share", "district", "census"))
    assert groups["DA", "2021"] == 20
    assert cells(ask(reader, "white_residents_share", "lsoa21", "census"))["A1", "2021"] == 60
    assert cells(ask(reader, "social_rented_share", "district", "census"))["DA", "2021"] == 40


def searched(group: str, count: int | None, people: int, scheme: str = "ONS 2001 5+1") -> dict[str, Any]:
    base = {"year_ending": date(2018, 3, 31), "force": "Dorset", "geography_type": "Police Force Area"}
    return base | {"ethnic_group": group, "ethnicity_scheme": scheme, "searches": count, "population": people}


def test_searches_by_group_and_their_ratio() -> None:
    rows = [
        searched("All", 460, 100_000, "All"),
        searched("White", 300, 90_000),
        searched("Black", 40, 2_000),
        searched("Asian", None, 3_000),
        searched("Unreported", 115, 0),
    ]
    reader = tiny_build({"stop_search_year": rows})
    assert cells(ask(reader, "search_rate", "force", "financial year")) == {(DORSET, "2017/18"): 4.6}
    by_group = ask(reader, "search_rate", "force", "financial year", breakdown=["ethnic_group"]).frame
    rates = {row["ethnic_group"]: row["value"] for row in by_group.to_dicts()}
    assert rates == {"White": pytest.approx(10 / 3), "Black": 20, "Asian": None}
    row = ask(reader, "search_ratio_black", "force", "financial year").frame.row(0, named=True)
    expected = rate_ratio(events=40, population=2_000, other_events=300, other_population=90_000)
    assert row["value"] == pytest.approx(6)
    assert (row["lower"], row["upper"]) == (pytest.approx(float(expected.lower)), pytest.approx(float(expected.upper)))
    assert cells(ask(reader, "search_unreported_share", "force", "financial year"))[DORSET, "2017/18"] == 25


def test_searches_one_by_one() -> None:
    def search(**more: Any) -> dict[str, Any]:
        base = {"force": "dorset", "month": date(2024, 1, 1), "search_type": "Person search"}
        return base | {"outcome": "Arrest", "self_defined_ethnicity": "White - Irish"} | more

    nothing = "A no further action disposal"
    rows = [
        search(),
        search(outcome=nothing, self_defined_ethnicity="Other ethnic group - Not stated"),
        search(outcome=nothing, self_defined_ethnicity=None),
        search(outcome=None),
        search(search_type="Vehicle search", self_defined_ethnicity=None),
        search(force="hampshire"),
    ]
    reader = tiny_build({"stop_search": rows, "coverage": held(["2024-01"], "stop_search", "dorset")})
    assert cells(ask(reader, "search_count", "force", "month"))[DORSET, "2024-01"] == 5
    assert cells(ask(reader, "search_nothing_found_share", "force", "month"))[DORSET, "2024-01"] == 50
    assert cells(ask(reader, "self_defined_not_stated_share", "partnership", "month"))["tiny", "2024-01"] == 50
    assert ask(reader, "search_linked_share", "force", "month").frame["status"].to_list() == ["no denominator"]
