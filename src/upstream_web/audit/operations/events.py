"""Writing the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from upstream_web.audit.actions import Action
from upstream_web.audit.models import Event


def record(
    action: Action, *, by: str, at: datetime, kind: str = "", about: str = "", detail: Mapping[str, Any] | None = None
) -> Event:
    """Write one line: `by` did `action` to the thing of `kind` called `about`, at `at`.

    `detail` holds small facts that can be written as JSON and never personal data beyond sign-in names.
    """
    return Event.objects.create(
        at=at, actor=by[:254], action=action.value, kind=kind, about=about[:300], detail=dict(detail or {})
    )
