"""Builds: what they hold, how they are swapped in, and that nobody who reads is disturbed."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from factories.street_files import rows, text

from upstream.exceptions import NoBuildYet
from upstream.ingestion import load_file
from upstream.partnership import Partnership
from upstream.store import (
    UnknownBuild,
    current_build,
    get_build,
    is_current,
    list_builds,
    make_build,
    prepare,
)
from upstream.tables import TABLES

DERIVED = {"meta", "coverage", "feed_receipt", "place", "area_population", "crime_month", "conversion_note"}


def count(connection: duckdb.DuckDBPyConnection, table: str = "street_crime") -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchall()[0][0])


def load_more(partnership: Partnership, folder: Path, month: str, number: int, at: datetime) -> None:
    path = folder / f"{month}-saltmarsh-street.csv"
    path.write_text(text(rows(number, month=month)), encoding="utf-8")
    assert load_file(partnership, "police_street", path, at=at).outcome == "landed"


def test_no_build_yet(partnership: Partnership):
    with pytest.raises(NoBuildYet, match="Saltmarsh"):
        current_build(partnership)


def test_build_holds_every_published_table_and_says_what_it_is(partnership: Partnership, at: datetime):
    build = make_build(partnership, at=at)
    connection = build.connect()
    tables = {row[0] for row in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()}

    assert set(TABLES) | DERIVED <= tables
    for table in TABLES.values():
        described = connection.execute(f'DESCRIBE "{table.name}"').fetchall()
        columns = [(name, kind) for name, kind, *_ in described]
        assert columns == [*((item.name, item.type.value) for item in table.columns), ("receipt", "VARCHAR")]
    assert count(connection) == 18
    meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    assert (meta["build_id"], meta["partnership"]) == ("2026-03-15.1", "saltmarsh")
    assert meta["built_at"] == "2026-03-15T09:30:00+00:00"
    assert json.loads((build.path.parent / "build.json").read_text())["build_id"] == build.id
    assert list(build.feeds) == ["police_street"]
    assert count(connection, "feed_receipt") == 2


def test_build_is_read_only(partnership: Partnership, at: datetime):
    build = make_build(partnership, at=at)
    with pytest.raises(duckdb.Error, match="read-only"):
        build.connect().execute("DELETE FROM street_crime")


def test_build_through_ibis(partnership: Partnership, at: datetime):
    build = make_build(partnership, at=at)
    assert build.ibis() is build.ibis()
    assert build.ibis().table("street_crime").count().to_pyarrow().as_py() == 18


def test_builds_of_a_day_are_numbered_and_never_reuse_a_number(partnership: Partnership, at: datetime):
    made = [make_build(partnership, at=at, keep=2).id for _ in range(4)]

    assert made == [f"2026-03-15.{number}" for number in (1, 2, 3, 4)]
    assert [build.id for build in list_builds(partnership)] == ["2026-03-15.4", "2026-03-15.3"]
    assert current_build(partnership).id == "2026-03-15.4"
    assert make_build(partnership, at=at + timedelta(days=1)).id == "2026-03-16.1"


def test_tenth_build_of_a_day_is_newer_than_the_ninth(partnership: Partnership, at: datetime):
    for _ in range(10):
        newest = make_build(partnership, at=at, keep=3)
    assert list_builds(partnership)[0] == newest
    assert newest.id == "2026-03-15.10"


def test_unknown_build(partnership: Partnership, at: datetime):
    make_build(partnership, at=at)
    with pytest.raises(UnknownBuild, match=r"Kept are: 2026-03-15\.1"):
        get_build(partnership, "2020-01-01.1")


def test_reader_is_never_disturbed_through_ten_builds(partnership: Partnership, at: datetime, tmp_path: Path):
    """One that asks for the current build again and again, and one that keeps its first: both always get answers."""
    first = make_build(partnership, at=at)
    kept = first.connect()
    seen: set[int] = set()
    failures: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                seen.add(count(current_build(partnership).connect()))
                assert count(kept) == 18
            except Exception as failure:  # whatever it is, the test must show it
                failures.append(failure)
                return

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(10):
        load_more(partnership, tmp_path, f"2025-{number % 9 + 1:02}", 20 + number, at + timedelta(minutes=number))
        make_build(partnership, at=at, keep=3)
    stop.set()
    reader.join()

    assert failures == []
    assert len(seen) > 1
    assert count(kept) == 18
    assert len(list_builds(partnership)) == 3


def test_failing_build_leaves_the_old_one(partnership: Partnership, at: datetime, monkeypatch: pytest.MonkeyPatch):
    old = make_build(partnership, at=at)
    landed = next(partnership.data.tables.glob("*/*.parquet"))
    landed.write_bytes(b"spoilt")

    with pytest.raises(duckdb.Error):
        make_build(partnership, at=at)
    assert current_build(partnership) == old
    assert count(old.connect()) == 18
    assert not list(partnership.data.builds.glob(".making-*"))


def test_prepare_builds_only_when_something_changed(partnership: Partnership, at: datetime, tmp_path: Path):
    first = prepare(partnership, at=at)
    assert prepare(partnership, at=at) == first
    assert is_current(partnership)

    load_more(partnership, tmp_path, "2025-12", 5, at)
    assert not is_current(partnership)
    assert prepare(partnership, at=at).id == "2026-03-15.2"

    settings = partnership.folder / "partnership.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "# another thought\n", encoding="utf-8")
    assert prepare(partnership, at=at).id == "2026-03-15.3"


def test_current_build_that_was_removed_is_made_again(partnership: Partnership, at: datetime):
    first = prepare(partnership, at=at)
    first.path.unlink()
    assert prepare(partnership, at=at).id == "2026-03-15.2"


def test_keyed_table_takes_the_newest_row_and_area_names_come_from_all_feeds(
    partnership: Partnership, at: datetime, tmp_path: Path
):
    names = tmp_path / "names.csv"
    names.write_text("MSOANM,MSOAHCLNM,MSOA11CD,MSOA21CD\nSaltmarsh 001,The Staithe,,E02000001\n", encoding="utf-8")
    outlines = tmp_path / "outlines.geojson"
    square = {"type": "Polygon", "coordinates": [[[0, 52], [1, 52], [1, 53], [0, 52]]]}
    features = [{"properties": {"MSOA21CD": "E02000001", "MSOA21NM": "Saltmarsh 001"}, "geometry": square}]
    outlines.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    for feed, path in (("msoa_names", names), ("boundaries_msoa21", outlines)):
        assert load_file(partnership, feed, path, at=at).outcome == "landed"
    ranks = "lsoa21_code,IMD_rank,IMD_score\nE01000001,{},40.5\n"
    for place, rank in enumerate((100, 90)):
        path = tmp_path / f"ranks{place}.csv"
        path.write_text(ranks.format(rank), encoding="utf-8")
        assert load_file(partnership, "deprivation_2025", path, at=at).outcome == "landed"

    connection = make_build(partnership, at=at).connect()
    named = connection.execute("SELECT area_name, local_name FROM area WHERE area_code = 'E02000001'").fetchall()
    assert named == [("Saltmarsh 001", "The Staithe")]
    assert connection.execute('SELECT "rank", score, decile FROM deprivation').fetchall() == [(90, 40.5, None)]


def test_build_as_a_key(partnership: Partnership, at: datetime):
    build = make_build(partnership, at=at)
    assert {build: 1}[replace(build)] == 1
