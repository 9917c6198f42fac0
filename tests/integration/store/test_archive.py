"""Backing up and restoring, with every file proved."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from factories.street_files import rows, text

from upstream.ingestion import load_file, receipts
from upstream.partnership import Partnership, open_partnership
from upstream.store import backup, current_build, prepare, restore
from upstream.store.archive import BackupDamaged, BackupExists, DataFolderNotEmpty


@pytest.fixture
def elsewhere(partnership: Partnership, tmp_path: Path) -> Partnership:
    return open_partnership(partnership.folder, data=tmp_path / "elsewhere")


def test_restored_folder_holds_the_same_and_builds_again(
    partnership: Partnership, elsewhere: Partnership, at: datetime, tmp_path: Path
):
    broken = tmp_path / "2025-12-saltmarsh-street.csv"
    broken.write_text(text([*rows(5, month="2025-12"), "broken"]), encoding="utf-8")
    load_file(partnership, "police_street", broken, at=at)
    prepare(partnership, at=at)
    partnership.data.secret_key.write_text("hush", encoding="utf-8")
    with closing(sqlite3.connect(partnership.data.database)) as site:
        site.execute("CREATE TABLE note (said TEXT)")
        site.execute("INSERT INTO note VALUES ('kept')")
        site.commit()
    made = backup(partnership, tmp_path / "all.tar.gz", at=at)
    restored = restore(elsewhere, tmp_path / "all.tar.gz")

    assert restored == made
    assert Path(str(receipts(elsewhere)[0].rejected_file)).is_relative_to(elsewhere.data.root)
    assert [receipt.id for receipt in receipts(elsewhere)] == [receipt.id for receipt in receipts(partnership)]
    assert elsewhere.data.secret_key.read_text(encoding="utf-8") == "hush"
    with closing(sqlite3.connect(elsewhere.data.database)) as site:
        assert site.execute("SELECT said FROM note").fetchall() == [("kept",)]
    prepare(elsewhere, at=at)
    counted = current_build(elsewhere).connect().execute("SELECT count(*) FROM street_crime").fetchall()
    assert counted == [(23,)]


def test_backup_never_overwrites(partnership: Partnership, at: datetime, tmp_path: Path):
    (tmp_path / "all.tar.gz").write_bytes(b"dear")
    with pytest.raises(BackupExists):
        backup(partnership, tmp_path / "all.tar.gz", at=at)
    assert (tmp_path / "all.tar.gz").read_bytes() == b"dear"


def test_restore_over_data_only_when_told(partnership: Partnership, at: datetime, tmp_path: Path):
    backup(partnership, tmp_path / "all.tar.gz", at=at)
    held = receipts(partnership)
    with pytest.raises(DataFolderNotEmpty):
        restore(partnership, tmp_path / "all.tar.gz")

    restore(partnership, tmp_path / "all.tar.gz", replace=True)
    assert receipts(partnership) == held


@pytest.mark.parametrize("damage", ["cut", "altered", "not an archive"])
def test_damaged_backup_restores_nothing(
    damage: str, partnership: Partnership, elsewhere: Partnership, at: datetime, tmp_path: Path
):
    path = tmp_path / "all.tar.gz"
    backup(partnership, path, at=at)
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-2000])
    elif damage == "altered":
        content = gzip.decompress(path.read_bytes())
        receipt = receipts(partnership)[0].id.encode()
        path.write_bytes(gzip.compress(content.replace(b'"rows_taken": 10', b'"rows_taken": 99')))
        assert receipt in content
    else:
        path.write_bytes(b"hello")

    with pytest.raises(BackupDamaged):
        restore(elsewhere, path)
    assert not elsewhere.data.ledger.exists()
    assert not list(elsewhere.data.root.parent.glob(".*restoring"))


def test_backup_of_another_partnership(partnership: Partnership, at: datetime, tmp_path: Path):
    backup(partnership, tmp_path / "all.tar.gz", at=at)
    folder = tmp_path / "fenland"
    folder.mkdir()
    settings = (partnership.folder / "partnership.toml").read_text(encoding="utf-8")
    (folder / "partnership.toml").write_text(settings.replace("saltmarsh", "fenland"), encoding="utf-8")
    with pytest.raises(BackupDamaged, match="“saltmarsh”"):
        restore(open_partnership(folder, data=tmp_path / "data2"), tmp_path / "all.tar.gz")
