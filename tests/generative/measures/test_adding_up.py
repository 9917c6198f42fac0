"""Whatever the crimes, parts add up to their wholes, and a month that is not held is never zero."""

from __future__ import annotations

from collections.abc import Sequence

from factories.tiny_build import PLACES, ask, cells, crime, held, residents, tiny_build
from hypothesis import given, settings
from hypothesis import strategies as st

from upstream.measures.reader import BuildReader

MONTHS = [f"2024-{number:02d}" for number in range(1, 13)]
CRIMES = st.lists(
    st.tuples(
        st.sampled_from(MONTHS),
        st.sampled_from([*PLACES, None, "elsewhere"]),
        st.sampled_from(["Robbery", "Burglary", "Anti-social behaviour"]),
        st.integers(1, 20),
    ),
    min_size=1,
    max_size=30,
)
few = settings(max_examples=8)  # each example makes a build


def build(crimes: Sequence[tuple[str, str | None, str, int]], months: Sequence[str]) -> BuildReader:
    rows = [crime(month, area, kind, count) for month, area, kind, count in crimes if month in months]
    return tiny_build({"crime_month": rows, "coverage": held(months), "area_population": residents()})


@few
@given(CRIMES)
def test_small_areas_with_those_without_place_and_outside_make_the_total(
    crimes: list[tuple[str, str | None, str, int]],
) -> None:
    reader = build(crimes, MONTHS)
    small = sum(v or 0 for v in cells(ask(reader, "all_crime_count", "lsoa21", "year")).values())
    districts = sum(v or 0 for v in cells(ask(reader, "all_crime_count", "district", "year")).values())
    total = cells(ask(reader, "all_crime_count", "partnership", "year"))["tiny", "2024"]
    elsewhere = sum(n for _, area, kind, n in crimes if area not in PLACES and kind != "Anti-social behaviour")
    assert small == districts
    assert small + elsewhere == total


@few
@given(CRIMES)
def test_months_add_up_to_quarters_and_years(crimes: list[tuple[str, str | None, str, int]]) -> None:
    reader = build(crimes, MONTHS)
    by_period = {
        period: sum(v or 0 for v in cells(ask(reader, "robbery_count", "lsoa21", period)).values())
        for period in ("month", "quarter", "year")
    }
    assert by_period["month"] == by_period["quarter"] == by_period["year"]
    rolling = cells(ask(reader, "robbery_count", "partnership", "rolling year"))["tiny", "year to 2024-12"]
    assert rolling == cells(ask(reader, "robbery_count", "partnership", "year"))["tiny", "2024"]


@few
@given(CRIMES)
def test_crime_types_add_up_to_all_crime(crimes: list[tuple[str, str | None, str, int]]) -> None:
    reader = build(crimes, MONTHS)
    apart = ask(reader, "all_crime_count", "district", "month", breakdown=["crime_type"]).frame["value"].sum()
    assert apart == ask(reader, "all_crime_count", "district", "month").frame["value"].sum()


@few
@given(CRIMES, st.sampled_from(MONTHS[1:-1]))
def test_month_taken_away_is_unknown_not_zero(crimes: list[tuple[str, str | None, str, int]], gone: str) -> None:
    reader = build(crimes, [month for month in MONTHS if month != gone])
    for level in ("partnership", "lsoa21"):
        frame = ask(reader, "robbery_rate", level, "month").frame
        missing = frame.filter(period=gone)
        assert missing["value"].null_count() == missing.height
        assert set(missing["status"]) == {"not held"}
        assert frame.filter(~(frame["period"] == gone))["value"].null_count() == 0
    year = ask(reader, "robbery_rate", "partnership", "year").frame
    assert year["status"].to_list() == ["part held"]
    assert year["value"].to_list() == [None]


@few
@given(CRIMES)
def test_every_interval_holds_its_value(crimes: list[tuple[str, str | None, str, int]]) -> None:
    frame = ask(build(crimes, MONTHS), "robbery_rate", "lsoa21", "month").frame
    assert (frame["lower"] <= frame["value"]).all()
    assert (frame["value"] <= frame["upper"]).all()
