"""What follows from looking again at who may do what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.access.operations import grants
from upstream_web.core.acts import ActKind
from upstream_web.core.operations import operation, tell

UNUSED = "Ended because the account was not used."


@operation("access of unused accounts ended", ActKind.ACCESS)
def end_unused(*, people: Sequence[User], by: User, at: datetime) -> int:
    """End everything that these people hold; they can still sign in, and be given something anew."""
    ended = [
        grants.end(grant=grant, reason=UNUSED, by=by, at=at)
        for user in people
        for grant in user.grants_on(timezone.localdate(at))
    ]
    tell(people=[user.username for user in people], ended=len(ended))
    return len(ended)
