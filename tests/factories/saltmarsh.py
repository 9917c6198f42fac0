"""A small made-up partnership with nothing loaded."""

from __future__ import annotations

from pathlib import Path

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


def open_saltmarsh(folder: Path, *, data: Path) -> Partnership:
    """Write the partnership into `folder` and open it, with its data under `data`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "partnership.toml").write_text(SETTINGS, encoding="utf-8")
    return open_partnership(folder, data=data)
