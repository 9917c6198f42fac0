"""The records of the worked example: each part loads its own, in an order in which links find both ends."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from pathlib import Path

LOADERS = (
    "upstream_web.strategy.example",
    "upstream_web.governance.example",
    "upstream_web.performance.example",  # its quarters freeze how time was kept, also by meetings and risks
    "upstream_web.inspections.example",
    "upstream_web.duty.example",
    "upstream_web.commissioning.example",
    "upstream_web.reviews.example",
    "upstream_web.awareness.example",
    "upstream_web.panel_updates.example",
)
BY = "set-up"


def load_example(partnership_folder: Path, *, at: datetime) -> None:
    """Load what the partnership's folder holds under `records`; a part that has records already is left alone.

    A part's `example.py` has `load(folder, by=…, at=…)`, which takes that folder and writes through its operations.
    """
    for name in LOADERS:
        import_module(name).load(partnership_folder / "records", by=BY, at=at)
