"""Places, residents and months of crime, counted by hand on the invented squares."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from factories import squares as sq

from upstream.geography import derive_places


@pytest.fixture
def tables() -> duckdb.DuckDBPyConnection:
    connection = sq.empty_tables()
    sq.add_small_areas(connection)
    sq.add_changes(connection)
    sq.add_residents(connection)
    return connection


def months(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str | None, str], float]:
    rows = connection.execute("SELECT lsoa21, placed, sum(offences) FROM crime_month GROUP BY ALL").fetchall()
    return {(code, placed): offences for code, placed, offences in rows}


def notes(connection: duckdb.DuckDBPyConnection) -> list[int]:
    return [rows for _, rows in connection.execute("FROM conversion_note").fetchall()]


def test_place_rolls_up_by_links_and_by_name(tables: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    derive_places(tables, sq.partnership(tmp_path))
    rows = tables.execute("SELECT lsoa21, msoa21, district_name, force, in_partnership FROM place").fetchall()
    assert rows == [
        (sq.A1A, "Arden 001", "Arden", "E23000099", True),
        (sq.A1B, "Arden 001", "Arden", "E23000099", True),
        (sq.A2A, "Arden 002", "Arden", "E23000099", True),
        (sq.W1A, "Weald 001", "Weald", "E23000099", True),
        (sq.X1A, "Elsewhere 001", "Elsewhere", None, False),
    ]


def test_place_without_links_finds_district_by_name(tmp_path: Path) -> None:
    connection = sq.empty_tables()
    sq.add_small_areas(connection, links=False)
    derive_places(connection, sq.partnership(tmp_path))
    rows = connection.execute("SELECT lsoa21, district, in_partnership FROM place").fetchall()
    assert rows == [(code, sq.DISTRICT_OF[code], code != sq.X1A) for code in sq.NAMES]


def test_place_prefers_own_district_where_look_ups_disagree(tables: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    sq.insert(tables, "area_link", [sq.link(sq.A1A, "lsoa21", "E07000000", "district")])
    derive_places(tables, sq.partnership(tmp_path))
    assert tables.execute(f"SELECT district FROM place WHERE lsoa21 = '{sq.A1A}'").fetchall() == [(sq.ARDEN,)]


def test_levels_without_look_up_stay_empty(tables: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    derive_places(tables, sq.partnership(tmp_path))
    assert tables.execute("SELECT count(ward), count(csp), count(upper_tier) FROM place").fetchone() == (0, 0, 0)


def test_small_area_borrows_name_of_its_middle_area(tables: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    row = {"area_code": "E02900001", "area_name": "Arden 001", "level": "msoa21", "local_name": "King’s Green"}
    sq.insert(tables, "area", [row])
    derive_places(tables, sq.partnership(tmp_path))
    lent = tables.execute("SELECT area_code, local_name FROM area WHERE level = 'lsoa21' ORDER BY ALL").fetchall()
    assert lent[:3] == [(sq.A1A, "King’s Green"), (sq.A1B, "King’s Green"), (sq.A2A, None)]


def test_areas_nobody_named_get_rows(tables: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    derive_places(tables, sq.partnership(tmp_path))
    added = tables.execute("SELECT level, area_name FROM area WHERE level NOT IN ('lsoa21', 'district')").fetchall()
    assert set(added) == {
        ("msoa21", "Arden 001"), ("msoa21", "Arden 002"), ("msoa21", "Weald 001"), ("msoa21", "Elsewhere 001"),
        ("force", "Arden Police"), ("partnership", "Arden and Weald"),
    }  # fmt: skip


def test_deriving_twice_gives_the_same(tables: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    sq.insert(tables, "street_crime", [sq.crime(sq.A1A, "Arden 001A"), sq.crime(None, None)])
    answers = []
    for _ in range(2):
        derive_places(tables, sq.partnership(tmp_path))
        names = ("place", "area", "area_population", "crime_month", "conversion_note")
        answers.append([tables.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names])
    assert answers[0] == answers[1]


def test_residents_add_up_to_every_level(tables: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    derive_places(tables, sq.partnership(tmp_path))
    found = tables.execute("SELECT level, area_code, persons FROM area_population WHERE level <> 'lsoa21'").fetchall()
    assert set(found) == {
        ("msoa21", "Arden 001", 4000.0), ("msoa21", "Arden 002", 2000.0), ("msoa21", "Weald 001", 4000.0),
        ("msoa21", "Elsewhere 001", 500.0),
        ("district", sq.ARDEN, 6000.0), ("district", sq.WEALD, 4000.0), ("district", sq.ELSEWHERE, 500.0),
        ("force", "E23000099", 10000.0), ("partnership", "arden-and-weald", 10000.0),
    }  # fmt: skip


def test_sum_with_a_part_missing_is_not_made(tmp_path: Path) -> None:
    connection = sq.empty_tables()
    sq.add_small_areas(connection)
    sq.add_residents(connection)
    connection.execute(f"DELETE FROM population WHERE area_code = '{sq.W1A}'")
    derive_places(connection, sq.partnership(tmp_path))
    levels = connection.execute("SELECT level, area_code FROM area_population WHERE level <> 'lsoa21'").fetchall()
    assert set(levels) == {
        ("msoa21", "Arden 001"), ("msoa21", "Arden 002"), ("msoa21", "Elsewhere 001"),
        ("district", sq.ARDEN), ("district", sq.ELSEWHERE),
    }  # fmt: skip


def test_own_district_is_the_sum_of_its_small_areas_and_others_come_as_published(
    tables: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    published = [sq.residents(sq.ARDEN, 6010.0, level="district"), sq.residents(sq.ELSEWHERE, 9000.0, level="district")]
    published += [sq.residents(code, 5.0, 2011, level="district") for code in (sq.ARDEN, sq.WEALD)]
    sq.insert(tables, "population", published)
    derive_places(tables, sq.partnership(tmp_path))
    query = "SELECT area_code, year, persons FROM area_population WHERE level IN ('district', 'partnership')"
    assert set(tables.execute(query).fetchall()) == {
        (sq.ARDEN, 2022, 6000.0), (sq.WEALD, 2022, 4000.0), (sq.ELSEWHERE, 2022, 9000.0),
        (sq.ARDEN, 2011, 5.0), (sq.WEALD, 2011, 5.0),  # no small areas in that year
        ("arden-and-weald", 2022, 10000.0), ("arden-and-weald", 2011, 10.0),
    }  # fmt: skip


def test_split_area_is_placed_by_coordinates(tables: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    # One point in the western half, two in the eastern, one south of both but nearer to the western.
    points = [(0.5, 0.5), (1.2, 0.5), (1.9, 0.1), (0.3, -0.4)]
    sq.insert(tables, "street_crime", [sq.crime(sq.OLD_A1, "Arden 001Z", xy) for xy in points])
    derive_places(tables, sq.partnership(tmp_path))
    assert months(tables) == {(sq.A1A, "inside"): 2.0, (sq.A1B, "inside"): 2.0}
    assert notes(tables) == [3, 1]


def test_split_area_without_coordinates_is_shared_out_by_residents(
    tables: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    sq.insert(tables, "street_crime", [sq.crime(sq.OLD_A1, "Arden 001Z")] * 8)
    derive_places(tables, sq.partnership(tmp_path))
    # 1,000 and 3,000 residents: a quarter and three quarters of eight.
    assert months(tables) == {(sq.A1A, "inside"): 2.0, (sq.A1B, "inside"): 6.0}
    assert notes(tables) == [8]


def test_merged_area_is_counted_in_what_it_became(tables: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    crimes = [sq.crime(sq.OLD_W1, "Weald 001X"), sq.crime(sq.OLD_W2, "Weald 001Y"), sq.crime(sq.W1A, "Weald 001A")]
    sq.insert(tables, "street_crime", crimes)
    derive_places(tables, sq.partnership(tmp_path))
    assert months(tables) == {(sq.W1A, "inside"): 3.0}
    assert notes(tables) == [1, 2]


def test_no_place_and_outside_are_told_apart(tables: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    crimes = [sq.crime(None, None), sq.crime("E01999999", "Far Away 001A"), sq.crime(sq.X1A, "Elsewhere 001A")]
    sq.insert(tables, "street_crime", crimes)
    derive_places(tables, sq.partnership(tmp_path))
    assert months(tables) == {(None, "no place"): 1.0, (None, "outside"): 1.0, (sq.X1A, "outside"): 1.0}
    assert tables.execute("SELECT bool_or(in_partnership) FROM crime_month").fetchone() == (False,)


def test_old_code_without_look_up_is_placed_by_coordinates(tmp_path: Path) -> None:
    connection = sq.empty_tables()
    sq.add_small_areas(connection)
    crimes = [sq.crime(sq.OLD_A1, "Arden 001Z", (1.5, 0.5)), sq.crime(sq.OLD_A1, "Arden 001Z")]
    sq.insert(connection, "street_crime", crimes)
    derive_places(connection, sq.partnership(tmp_path))
    assert months(connection) == {(sq.A1B, "inside"): 1.0, (None, "inside"): 1.0}
    assert connection.execute("SELECT DISTINCT district FROM crime_month").fetchall() == [(sq.ARDEN,)]


def test_crimes_are_kept_apart_by_force_month_type_and_outcome(
    tables: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    crimes = [
        sq.crime(sq.A1A, "Arden 001A"),
        sq.crime(sq.A1A, "Arden 001A"),
        sq.crime(sq.A1A, "Arden 001A", reported_by="British Transport Police"),
        sq.crime(sq.A1A, "Arden 001A", month=date(2025, 2, 1)),
        sq.crime(sq.A1A, "Arden 001A", crime_type="Burglary"),
        sq.crime(sq.A1A, "Arden 001A", last_outcome=None),
    ]
    sq.insert(tables, "street_crime", crimes)
    derive_places(tables, sq.partnership(tmp_path))
    counted = tables.execute("SELECT offences FROM crime_month ORDER BY offences").fetchall()
    assert counted == [(1.0,), (1.0,), (1.0,), (1.0,), (2.0,)]


def test_build_without_any_crime_or_area(tmp_path: Path) -> None:
    connection = sq.empty_tables()
    derive_places(connection, sq.partnership(tmp_path))
    assert connection.execute("SELECT count(*) FROM place").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM crime_month").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM conversion_note").fetchone() == (0,)


def test_small_areas_named_otherwise_than_their_district(tmp_path: Path) -> None:
    """Codes of 2011 are known for our own by what our small areas’ names begin with."""
    connection = sq.empty_tables()
    sq.add_small_areas(connection)
    connection.execute(f"UPDATE area SET area_name = 'Great Arden' WHERE area_code = '{sq.ARDEN}'")
    sq.insert(connection, "street_crime", [sq.crime(sq.OLD_A1, "Arden 001Z", (1.5, 0.5))])
    derive_places(connection, sq.partnership(tmp_path))
    assert months(connection) == {(sq.A1B, "inside"): 1.0}


@pytest.mark.parametrize("name", ["Arden, City of", "Arden, County of", "Arden"])
def test_district_with_its_rank_behind_the_name(tmp_path: Path, name: str) -> None:
    connection = sq.empty_tables()
    sq.add_small_areas(connection, links=False)
    connection.execute(f"UPDATE area SET area_name = '{name}' WHERE area_code = '{sq.ARDEN}'")
    derive_places(connection, sq.partnership(tmp_path))
    assert connection.execute(f"SELECT district FROM place WHERE lsoa21 = '{sq.A1A}'").fetchone() == (sq.ARDEN,)
