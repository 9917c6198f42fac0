"""An invented area of unit squares, small enough to count by hand, as the tables of a build.

    1   | Arden 002A | Weald 001A |
    0   | Arden 001A | Arden 001B | Elsewhere 001A |
          0          1            2                3      (hundredths of a degree east and north of 1° W, 53° N)

Arden and Weald are the partnership. In 2011 Arden 001A and 001B were one area, Arden 001Z; Weald 001A was two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from upstream.geography import derive_places
from upstream.partnership import Partnership, PartnershipConfig
from upstream.store.layout import DataFolder
from upstream.tables import TABLES

ARDEN, WEALD, ELSEWHERE = "E07900001", "E07900002", "E07900003"
A1A, A1B, A2A, W1A, X1A = "E01900001", "E01900002", "E01900003", "E01900004", "E01900005"
OLD_A1, OLD_W1, OLD_W2 = "E01800001", "E01800004", "E01800005"
SQUARES = {A1A: (0, 0), A1B: (1, 0), A2A: (0, 1), W1A: (1, 1), X1A: (2, 0)}
NAMES = {A1A: "Arden 001A", A1B: "Arden 001B", A2A: "Arden 002A", W1A: "Weald 001A", X1A: "Elsewhere 001A"}
DISTRICTS = {ARDEN: "Arden", WEALD: "Weald", ELSEWHERE: "Elsewhere"}
DISTRICT_OF = {A1A: ARDEN, A1B: ARDEN, A2A: ARDEN, W1A: WEALD, X1A: ELSEWHERE}
RESIDENTS = {A1A: 1000.0, A1B: 3000.0, A2A: 2000.0, W1A: 4000.0, X1A: 500.0}
SIZE, WEST, SOUTH = 0.01, -1.0, 53.0

Row = Mapping[str, object]


@dataclass(frozen=True)
class SmallBuild:
    """A build as the reading functions want it."""

    id: str
    path: Path

    def connect(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(self.path), read_only=True)


def at(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a point given in squares."""
    return round(WEST + x * SIZE, 6), round(SOUTH + y * SIZE, 6)


def outline(x: int, y: int) -> str:
    ring = [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1), at(x, y)]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def partnership(folder: Path, **changes: object) -> Partnership:
    config = {
        "slug": "arden-and-weald", "name": "Arden and Weald", "short_name": "Arden and Weald",
        "force_name": "Arden Police", "force_code": "E23000099", "force_slug": "arden", "region": "",
        "districts": (ARDEN, WEALD), "neighbour_forces": (), "similar_districts": (), "lsoa_vintage": 2021,
        "bank_holidays": "england-and-wales", "worked_example": "", "open_data": (), "attribution": (), "places": (),
    }  # fmt: skip
    made = PartnershipConfig(**{**config, **changes})  # type: ignore[arg-type]
    return Partnership(folder=folder, config=made, data=DataFolder(folder / "var"))


def empty_tables(path: Path | str = ":memory:") -> duckdb.DuckDBPyConnection:
    """Every published table, empty, as `make_build` gives them to the geography."""
    connection = duckdb.connect(str(path))
    for table in TABLES.values():
        columns = ", ".join(f'"{column.name}" {column.type.value}' for column in table.columns)
        connection.execute(f"CREATE TABLE {table.name} ({columns}, receipt VARCHAR)")
    connection.execute("CREATE TABLE feed_receipt (feed VARCHAR, file_name VARCHAR)")
    return connection


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    for row in rows:
        columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
        connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values()))


def add_small_areas(connection: duckdb.DuckDBPyConnection, *, outlines: bool = True, links: bool = True) -> None:
    insert(connection, "area", [{"area_code": c, "area_name": n, "level": "lsoa21"} for c, n in NAMES.items()])
    insert(connection, "area", [{"area_code": c, "area_name": n, "level": "district"} for c, n in DISTRICTS.items()])
    if outlines:
        rows = [{"area_code": c, "level": "lsoa21", "geometry": outline(*xy)} for c, xy in SQUARES.items()]
        insert(connection, "boundary", rows)
    if links:
        insert(connection, "area_link", [link(c, "lsoa21", d, "district") for c, d in DISTRICT_OF.items()])


def link(child: str, child_level: str, parent: str, parent_level: str, basis: str = "exact") -> Row:
    return {
        "child_code": child, "child_level": child_level,
        "parent_code": parent, "parent_level": parent_level, "basis": basis,
    }  # fmt: skip


def add_changes(connection: duckdb.DuckDBPyConnection) -> None:
    pairs = [(OLD_A1, A1A, "S"), (OLD_A1, A1B, "S"), (A2A, A2A, "U"), (OLD_W1, W1A, "M"), (OLD_W2, W1A, "M")]
    insert(connection, "area_change", [{"from_code": a, "to_code": b, "change": c} for a, b, c in pairs])


def residents(code: str, persons: float, year: int = 2022, level: str = "lsoa21", **more: object) -> Row:
    return {
        "area_code": code, "level": level, "year": year, "basis": "mid-year estimate", "sex": "all", "age_from": 0,
        "ethnic_group": "all", "ethnicity_scheme": "all", "persons": persons, **more,
    }  # fmt: skip


def add_residents(connection: duckdb.DuckDBPyConnection, year: int = 2022) -> None:
    insert(connection, "population", [residents(code, persons, year) for code, persons in RESIDENTS.items()])


def crime(lsoa: str | None, name: str | None, xy: tuple[float, float] | None = None, **more: object) -> Row:
    longitude, latitude = at(*xy) if xy else (None, None)
    return {
        "month": date(2025, 1, 1), "reported_by": "Arden Police", "falls_within": "Arden Police",
        "longitude": longitude, "latitude": latitude, "lsoa_code": lsoa, "lsoa_name": name,
        "crime_type": "Robbery", "last_outcome": "Under investigation", **more,
    }  # fmt: skip


def small_build(folder: Path) -> SmallBuild:
    """A whole build of the squares: small areas with outlines and names, look-ups, residents, a few crimes."""
    path = folder / "build.duckdb"
    connection = empty_tables(path)
    add_small_areas(connection)
    add_changes(connection)
    add_residents(connection)
    insert(connection, "area", [
        {"area_code": "E02900001", "area_name": "Arden 001", "level": "msoa21", "local_name": "King’s Green"},
        {"area_code": "E05900001", "area_name": "Northward", "level": "ward"},
        {"area_code": "E05900002", "area_name": "Southward", "level": "ward"},
    ])  # fmt: skip
    wards = {A1A: "E05900002", A1B: "E05900002", A2A: "E05900001", W1A: "E05900001"}
    insert(connection, "area_link", [link(c, "lsoa21", w, "ward", "best fit") for c, w in wards.items()])
    insert(connection, "area_link", [link(ARDEN, "district", "E10900001", "upper_tier")])
    insert(connection, "street_crime", [crime(A1A, NAMES[A1A], (0.5, 0.5)), crime(None, None)])
    derive_places(connection, partnership(folder))
    connection.close()
    return SmallBuild("2026-01-01.1", path)
