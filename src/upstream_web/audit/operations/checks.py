"""Asking for a check of the trail."""

from __future__ import annotations

from datetime import datetime

from upstream_web.access.models import User
from upstream_web.audit.background import CHECK, check_under_way
from upstream_web.core.acts import ActKind
from upstream_web.core.jobs import enqueue
from upstream_web.core.models import Job
from upstream_web.core.operations import operation


@operation("check of the audit trail asked for", ActKind.CONSULTATION)
def ask_for_check(*, by: User, at: datetime) -> Job:
    """Ask the background worker for a check; while one waits or runs, that one is given."""
    title = "Checking the audit trail"
    return check_under_way() or enqueue(CHECK, title=title, by=by.get_username(), at=at)
