"""A small made-up partnership with two months of street-level crime loaded."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from factories.saltmarsh import open_saltmarsh
from factories.street_files import rows, text

from upstream.ingestion import load_file
from upstream.partnership import Partnership


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 3, 15, 9, 30, tzinfo=UTC)


def street_file(folder: Path, month: str, count: int) -> Path:
    path = folder / f"{month}-saltmarsh-street.csv"
    path.write_text(text(rows(count, month=month)), encoding="utf-8")
    return path


@pytest.fixture
def partnership(tmp_path: Path, at: datetime) -> Partnership:
    opened = open_saltmarsh(tmp_path / "partnership", data=tmp_path / "data")
    for month, count in (("2025-10", 8), ("2025-11", 10)):
        load_file(opened, "police_street", street_file(tmp_path, month, count), at=at)
    return opened
