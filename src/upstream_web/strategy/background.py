"""What is done every night: the RAG states of the day."""

from __future__ import annotations

from datetime import time
from typing import Any

from upstream_web.core.jobs import Run, background
from upstream_web.core.schedule import daily
from upstream_web.strategy.operations import standings


@daily("plan-standings", title="Bringing RAG states up to date", hour=time(0, 30))
@background("plan-standings")
def bring_standings_up_to_date(run: Run) -> dict[str, Any]:
    """Work out again every action that the new day turns; lists do the same when no worker has."""
    return {"actions": standings.refresh(by=standings.MACHINERY, at=run.at)}
