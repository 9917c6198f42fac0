"""The plan updates of the worked example: one published, one being drafted."""

from __future__ import annotations

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from upstream_web.panel_updates.models import PanelUpdate
from upstream_web.panel_updates.operations import panel_updates

LONDON = ZoneInfo("Europe/London")
PUBLISHED_DAYS_BEFORE = 7


def load(folder: Path, *, by: Any, at: datetime) -> int:
    """Draft the updates of the example from its plan, unless there are some; gives how many were made."""
    path = folder / "panel_updates" / "updates.toml"
    if PanelUpdate.objects.exists() or not path.is_file():
        return 0
    updates = tomllib.loads(path.read_text(encoding="utf-8"))["updates"]
    for each in updates:
        is_published = each.pop("published", False)
        update = panel_updates.begin(update=PanelUpdate(**each), by=by, at=at)
        if is_published:
            on = datetime.combine(update.panel_on - timedelta(days=PUBLISHED_DAYS_BEFORE), time(12), LONDON)
            panel_updates.publish(update=update, by=by, at=min(on, at))
    return len(updates)
