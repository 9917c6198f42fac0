"""Crime counted by hand on a build of four small areas."""

from __future__ import annotations

from datetime import date

import pytest
from factories.tiny_build import OTHER_FORCE, ask, cells, crime, held, residents, tiny_build

from upstream.measures.reader import BuildReader


@pytest.fixture(scope="module")
def reader() -> BuildReader:
    """January to March 2024 held, April not, May held without a single robbery."""
    return tiny_build(
        {
            "crime_month": [
                crime("2024-01", "A1"),
                crime("2024-01", "A1", offences=2),
                crime("2024-01", "B2"),
                crime("2024-01", None),
                crime("2024-01", "elsewhere", offences=4),
                crime("2024-01", "A1", by=OTHER_FORCE),
                crime("2024-02", "A2", offences=6),
                crime("2024-03", "B1", "Burglary"),
                crime("2024-05", "B1", "Anti-social behaviour", offences=9),
            ],
            "coverage": held(["2024-01", "2024-02", "2024-03", "2024-05"]),
            "area_population": residents(),
        }
    )


def test_small_areas_count_their_own_force_only(reader: BuildReader) -> None:
    counts = cells(ask(reader, "robbery_count", "lsoa21", "month"))
    assert counts["A1", "2024-01"] == 3
    assert counts["B2", "2024-01"] == 1
    assert counts["A2", "2024-02"] == 6


def test_whole_counts_rows_without_a_place_and_outside(reader: BuildReader) -> None:
    assert cells(ask(reader, "robbery_count", "partnership", "month"))["tiny", "2024-01"] == 9
    assert cells(ask(reader, "robbery_count", "force", "month"))["E23000039", "2024-01"] == 9
    note = ask(reader, "robbery_count", "district", "month").provenance.notes[-1]
    assert "1 offences have no place and 4 lie outside" in note


def test_held_month_without_rows_is_zero_and_missing_month_is_unknown(reader: BuildReader) -> None:
    result = ask(reader, "robbery_count", "district", "month")
    values, statuses = cells(result), cells(result, "status")
    assert values["DA", "2024-03"] == 0
    assert statuses["DA", "2024-03"] == "known"
    assert values["DA", "2024-04"] is None
    assert statuses["DA", "2024-04"] == "not held"
    assert values["DA", "2024-05"] == 0


def test_longer_period_with_a_missing_month_is_withheld(reader: BuildReader) -> None:
    result = ask(reader, "robbery_count", "district", "quarter")
    assert cells(result) == {
        ("DA", "2024-Q1"): 9,
        ("DB", "2024-Q1"): 1,
        ("DA", "2024-Q2"): None,
        ("DB", "2024-Q2"): None,
    }
    assert cells(result, "status")["DA", "2024-Q2"] == "part held"
    assert cells(result, "numerator")["DA", "2024-Q2"] is None
    assert "2024-Q2: only May 2024 held, so its value is left out." in result.provenance.notes


def test_rate_divides_by_residents_and_has_the_exact_interval_of_few_events(reader: BuildReader) -> None:
    row = ask(reader, "robbery_rate", "district", "quarter", areas=["DA"]).frame.row(0, named=True)
    assert row["value"] == pytest.approx(9 / 4000 * 1000)
    # Exact Poisson limits for 9 events, 4.115 and 17.085: Ulm, Am J Epidemiol 131 (1990), table.
    assert row["lower"] == pytest.approx(4.115 / 4, abs=1e-3)
    assert row["upper"] == pytest.approx(17.085 / 4, abs=1e-3)


def test_span_takes_months_as_one_period(reader: BuildReader) -> None:
    result = ask(reader, "robbery_count", "partnership", "span", start=date(2024, 1, 1), end=date(2024, 2, 29))
    assert cells(result) == {("tiny", "2024-01 to 2024-02"): 15}


def test_breakdown_gives_zero_to_a_kind_that_is_elsewhere(reader: BuildReader) -> None:
    frame = ask(reader, "all_crime_count", "district", "month", breakdown=["crime_type"]).frame
    found = {(r["area_code"], r["period"], r["crime_type"]): r["value"] for r in frame.to_dicts()}
    assert found["DB", "2024-03", "Burglary"] == 1
    assert found["DA", "2024-03", "Burglary"] == 0
    assert ("DA", "2024-03", "Anti-social behaviour") not in found


def test_start_and_end_give_only_periods_that_lie_inside(reader: BuildReader) -> None:
    result = ask(reader, "robbery_count", "partnership", "quarter", start=date(2024, 1, 1), end=date(2024, 5, 31))
    assert result.frame["period"].to_list() == ["2024-Q1"]


def test_no_residents_is_no_denominator(reader: BuildReader) -> None:
    other = tiny_build({"crime_month": [crime("2024-01", "A1")], "coverage": held(["2024-01"])})
    frame = ask(other, "robbery_rate", "lsoa21", "month").frame
    assert set(frame["status"]) == {"no denominator"}
    assert frame["value"].null_count() == frame.height


def test_residents_of_the_nearest_year_stand_in_and_the_note_says_so(reader: BuildReader) -> None:
    other = tiny_build(
        {
            "crime_month": [crime("2024-01", "A1")],
            "coverage": held(["2024-01"]),
            "area_population": residents([2020, 2022]),
        }
    )
    result = ask(other, "robbery_rate", "partnership", "month")
    assert result.frame["value"][0] == pytest.approx(0.1)
    assert "Residents of mid-2022 stand in for 2024: no nearer estimate is held." in result.provenance.notes


def test_rolling_year_needs_twelve_held_months() -> None:
    months = [f"2024-{m:02d}" for m in range(1, 13)] + ["2025-01"]
    reader = tiny_build({"crime_month": [crime(m, "A1") for m in months], "coverage": held(months)})
    result = ask(reader, "robbery_count", "partnership", "rolling year")
    values = cells(result)
    assert values["tiny", "year to 2024-12"] == 12
    assert values["tiny", "year to 2025-01"] == 12
    assert values["tiny", "year to 2024-11"] is None
    assert cells(result, "status")["tiny", "year to 2024-11"] == "part held"


def test_nothing_held_at_all_gives_an_empty_frame() -> None:
    result = ask(tiny_build({}), "robbery_rate", "district", "year")
    assert result.frame.is_empty()
    assert {"area_code", "value", "lower", "upper", "status"} <= set(result.frame.columns)
