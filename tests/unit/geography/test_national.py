from __future__ import annotations

from pathlib import Path

import pytest
from factories import squares as sq

from upstream.geography import open_data_files
from upstream.geography.national import OpenDataMissing, national_file, national_files
from upstream.partnership import OpenDataSet


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def own(folder: Path, **changes: object) -> list[tuple[str, str]]:
    files = open_data_files(sq.partnership(folder, **changes))
    return [(file.feed, file.path.relative_to(folder).as_posix()) for file in files if not file.national]


def test_folder_named_by_feed_needs_no_entry(tmp_path: Path) -> None:
    put(tmp_path, "open_data/police_street/2025-01.csv", "open_data/population_lsoa21/a.csv.gz")
    assert own(tmp_path) == [
        ("police_street", "open_data/police_street/2025-01.csv"),
        ("population_lsoa21", "open_data/population_lsoa21/a.csv.gz"),
    ]


def test_months_in_folders_of_the_archive_are_found(tmp_path: Path) -> None:
    put(tmp_path, "open_data/police_street/2025-01/2025-01-arden-street.csv")
    assert own(tmp_path) == [("police_street", "open_data/police_street/2025-01/2025-01-arden-street.csv")]


def test_notes_and_hidden_files_are_not_data(tmp_path: Path) -> None:
    put(tmp_path, "open_data/README.md", "open_data/police_street/SOURCES.md", "open_data/police_street/.gitkeep")
    assert own(tmp_path) == []


def test_entry_names_files_anywhere_in_the_folder(tmp_path: Path) -> None:
    put(tmp_path, "police/2025-01.csv", "police/2025-02.csv", "open_data/police_street/stray.csv")
    entries = (OpenDataSet("police_street", "police/*.csv"),)
    assert own(tmp_path, open_data=entries) == [
        ("police_street", "police/2025-01.csv"),
        ("police_street", "police/2025-02.csv"),
    ]


def test_entry_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OpenDataMissing, match=r"police/\*\.csv"):
        own(tmp_path, open_data=(OpenDataSet("police_street", "police/*.csv"),))


def test_own_file_takes_the_place_of_the_national_one(tmp_path: Path) -> None:
    put(tmp_path, "open_data/population_districts/new.csv")
    files = [file for file in open_data_files(sq.partnership(tmp_path)) if file.feed == "population_districts"]
    assert [file.national for file in files] == [False]


def test_national_files_can_be_left_out(tmp_path: Path) -> None:
    assert open_data_files(sq.partnership(tmp_path, national_open_data=False)) == ()


def test_every_national_file_is_named_in_sources() -> None:
    sources = (national_file("police_counts").parent.parent / "SOURCES.md").read_text(encoding="utf-8")
    assert [file.feed for file in national_files() if file.feed not in sources] == []


def test_national_feeds_have_contracts(tmp_path: Path) -> None:
    from upstream.sources import load_sources

    assert {file.feed for file in national_files()} <= set(load_sources(sq.partnership(tmp_path)))
