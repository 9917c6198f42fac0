"""Tells those who review emergency access when a closed record was opened in one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from upstream_web.access.authorisation import may
from upstream_web.access.models import User
from upstream_web.access.permissions import Permission
from upstream_web.core.acts import announced
from upstream_web.records.operations import notices

OPENED = "closed record opened in an emergency"


def connect() -> None:
    """Start to listen; harmless when done twice."""
    announced.connect(act_announced, dispatch_uid="notices of emergencies")


def act_announced(sender: Any, action: str, by: str, at: datetime, kind: str, about: str, **_: Any) -> None:
    """Tell each reviewer but the one who opened it; within the operation that announces."""
    if action != OPENED or not about.isdecimal():
        return
    people = User.objects.with_rights().filter(is_active=True).exclude(username=by)
    reviewers = [person.pk for person in people if may(person, Permission.EMERGENCY_ACCESS_REVIEW)]
    words = f"{by} opened a closed record in an emergency; it waits for your review"
    notices.give(to=reviewers, reason="emergency", name=(kind, int(about)), words=words, occasion=at.isoformat(), at=at)
