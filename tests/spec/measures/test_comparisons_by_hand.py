"""Forces, districts and years side by side, on a build where the answer can be counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from factories.tiny_build import crime, held, month, residents, tiny_build

from upstream.exceptions import MeasureCannotBeCutThatWay
from upstream.measures import compare_districts, compare_forces, compare_previous
from upstream.measures.reader import BuildReader

KENT, HAMPSHIRE = "E23000032", "E23000030"


def counted(when: str, force: str, district: str | None, offences: int, kind: str = "Robbery") -> dict[str, Any]:
    return {
        "month": month(when),
        "force_slug": force,
        "district_code": district,
        "crime_type": kind,
        "offences": offences,
    }


@pytest.fixture(scope="module")
def reader() -> BuildReader:
    """Dorset (ours) and Hampshire hold both months, Kent only the first; all others nothing."""
    forces = [
        {"level": "force", "area_code": code, "year": 2024, "persons": 200_000.0}
        for code in ("E23000039", KENT, HAMPSHIRE)
    ]
    districts = [
        {"level": "district", "area_code": c, "year": 2024, "persons": 100_000.0} for c in ("DA", "DB", "D9", "D8")
    ]
    links = {"DA": "E23000039", "DB": "E23000039", "D9": HAMPSHIRE, "D8": KENT}
    return tiny_build(
        {
            "crime_count": [
                counted("2024-01", "dorset", "DA", 10),
                counted("2024-02", "dorset", "DA", 20),
                counted("2024-02", "dorset", None, 10),
                counted("2024-02", "dorset", "D9", 7),
                counted("2024-01", "dorset", "DA", 99, "Burglary"),
                counted("2024-01", "hampshire", "D9", 90),
                counted("2024-01", "kent", "D8", 5),
            ],
            "coverage": [
                *held(["2024-01", "2024-02"], "crime_count", "dorset"),
                *held(["2024-01", "2024-02"], "crime_count", "hampshire"),
                *held(["2024-01"], "crime_count", "kent"),
            ],
            "area_population": [*forces, *districts],
            "area_link": [
                {"child_code": d, "child_level": "district", "parent_code": f, "parent_level": "force"}
                for d, f in links.items()
            ],
            "area": [{"area_code": c, "area_name": f"District {c}", "level": "district"} for c in links],
        }
    )


def test_only_forces_with_all_months_are_compared(reader: BuildReader) -> None:
    comparison = compare_forces(reader, "robbery_rate")
    found = {row["area_name"]: row for row in comparison.frame.to_dicts()}
    assert list(found) == ["Dorset", "Hampshire"]
    assert found["Dorset"]["numerator"] == 47
    assert found["Dorset"]["value"] == pytest.approx(0.235)
    assert (found["Dorset"]["is_own"], found["Hampshire"]["is_neighbour"]) == (True, True)
    assert "Kent" in comparison.missing
    assert len(comparison.missing) == 41
    assert comparison.middle == pytest.approx((0.235 + 0.45) / 2)


def test_asking_for_months_that_more_forces_hold_brings_more_forces(reader: BuildReader) -> None:
    comparison = compare_forces(reader, "robbery_count", start=date(2024, 1, 1), end=date(2024, 1, 31))
    assert comparison.frame["area_name"].to_list() == ["Kent", "Dorset", "Hampshire"]


def test_districts_count_what_their_own_force_recorded(reader: BuildReader) -> None:
    similar = compare_districts(reader, "robbery_rate")
    assert {r["area_code"]: r["numerator"] for r in similar.frame.to_dicts()} == {"DA": 30, "DB": 0, "D9": 90}
    every = compare_districts(reader, "robbery_rate", among="all")
    assert every.missing == ("District D8",)
    with pytest.raises(MeasureCannotBeCutThatWay, match="similar or all"):
        compare_districts(reader, "robbery_rate", among="some")


def test_forces_cannot_be_compared_on_what_only_ours_holds(reader: BuildReader) -> None:
    with pytest.raises(MeasureCannotBeCutThatWay, match="not held for other forces"):
        compare_forces(reader, "no_suspect_share")


def test_change_uses_only_months_held_in_both_years() -> None:
    months = ["2023-01", "2023-02", "2023-03", "2024-02", "2024-03", "2024-04"]
    counts = {"2023-01": 500, "2023-02": 28, "2023-03": 31, "2024-02": 58, "2024-03": 62, "2024-04": 7}
    reader = tiny_build(
        {
            "crime_month": [crime(m, "A1", offences=n) for m, n in counts.items()],
            "coverage": held(months),
            "area_population": residents([2023]),
        }
    )
    answer = compare_previous(reader, "robbery_rate")
    assert answer.months == (date(2024, 2, 1), date(2024, 3, 1))
    assert answer.earlier_months == (date(2023, 2, 1), date(2023, 3, 1))
    row = answer.frame.row(0, named=True)
    assert (row["numerator"], row["earlier_numerator"]) == (120, 59)
    # One a day then, two a day now: 120 in 60 days of a leap year against 59 in 59.
    assert row["change"] == pytest.approx(100)
    assert row["surely"] == 1
    districts = compare_previous(reader, "robbery_rate", level="district").frame
    assert districts.filter(area_code="DB")["change"].to_list() == [None]


def test_no_month_held_twice_gives_no_change() -> None:
    reader = tiny_build({"crime_month": [crime("2024-01", "A1")], "coverage": held(["2024-01"])})
    answer = compare_previous(reader, "robbery_count")
    assert answer.months == ()
    assert answer.frame["change"].to_list() == [None]
