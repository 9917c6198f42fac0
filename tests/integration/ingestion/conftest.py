"""A small made-up partnership with nothing loaded, and street-level files made on the spot."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from factories.saltmarsh import open_saltmarsh

from upstream.partnership import Partnership


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 3, 15, 9, 30, tzinfo=UTC)


@pytest.fixture
def partnership(tmp_path: Path) -> Partnership:
    return open_saltmarsh(tmp_path / "partnership", data=tmp_path / "data")
