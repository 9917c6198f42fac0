"""Visits: when a person was here, and when before that."""

from __future__ import annotations

from datetime import datetime, timedelta

from upstream_web.access.models import User

NEW_VISIT_AFTER = timedelta(hours=4)
NOTED_EVERY = timedelta(minutes=5)


def note(*, user: User, at: datetime) -> None:
    """Keep that `user` is here at `at`. After four quiet hours a new visit begins, and the last one is remembered."""
    seen = user.last_seen_at
    if seen is not None and at - seen < NOTED_EVERY:
        return
    if seen is not None and at - seen >= NEW_VISIT_AFTER:
        user.visit_before_at = seen
    user.last_seen_at = at
    User.objects.filter(pk=user.pk).update(last_seen_at=at, visit_before_at=user.visit_before_at)
