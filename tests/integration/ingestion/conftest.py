"""A small made-up partnership with nothing loaded, and street-level files made on the spot."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from upstream.partnership import Partnership, open_partnership

SETTINGS = """
slug = "saltmarsh"
name = "Saltmarsh"
national_open_data = false

[area]
force_name = "Saltmarsh Police"
force_code = "E23000099"
force_slug = "saltmarsh"
districts = ["E07000999"]
"""


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 3, 15, 9, 30, tzinfo=UTC)


@pytest.fixture
def partnership(tmp_path: Path) -> Partnership:
    folder = tmp_path / "partnership"
    folder.mkdir()
    (folder / "partnership.toml").write_text(SETTINGS, encoding="utf-8")
    return open_partnership(folder, data=tmp_path / "data")
