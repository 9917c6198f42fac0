"""Opening a closed record in an emergency, and looking at it afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from upstream.exceptions import WrongUse
from upstream_web.access import clocks
from upstream_web.access.models import EmergencyAccess, EmergencyReason, User
from upstream_web.access.operations.grants import check_not_own
from upstream_web.access.permissions import Permission
from upstream_web.access.signals import emergency_opened
from upstream_web.core.acts import ActKind
from upstream_web.core.operations import name_of, operation, tell


class ReviewedAlready(WrongUse):
    """Somebody has looked at this emergency access."""


@operation("closed record opened in an emergency", ActKind.ACCESS)
def open_record(
    *, record: tuple[str, str], permission: Permission, reason: EmergencyReason, words: str, by: User, at: datetime
) -> EmergencyAccess:
    """Open one closed record, named as the trail names it, to `by` for some hours, and raise the alarm."""
    access = EmergencyAccess.objects.create(
        user=by,
        permission=permission.name,
        record_kind=record[0],
        record_key=record[1],
        reason=reason,
        words=words,
        opened_at=at,
        ends_at=at + timedelta(hours=settings.EMERGENCY_HOURS),
        review_due_on=clocks.emergency_review(opened_at=at).due_on,
    )
    by.forget_grants()
    tell(access, reason=reason.value, permission=permission.name, until=access.ends_at.isoformat())
    emergency_opened.send(sender=EmergencyAccess, access=access, at=at)
    return access


@operation("emergency access reviewed", ActKind.ACCESS)
def review(*, access: EmergencyAccess, justified: bool, words: str, by: User, at: datetime) -> EmergencyAccess:
    """Keep whether the emergency was one; raises `OwnAccess` or `ReviewedAlready`. It ends if it was not."""
    check_not_own(access.user, by)
    if access.reviewed_at is not None:
        raise ReviewedAlready(f"{access.reviewed_by} has looked at this.", do="Read what they wrote.")
    access.reviewed_by, access.reviewed_at = name_of(by), at
    access.justified, access.review_words = justified, words
    if not justified:
        access.ends_at = max(min(access.ends_at, at), access.opened_at + timedelta(seconds=1))
    access.save(update_fields=["reviewed_by", "reviewed_at", "justified", "review_words", "ends_at"])
    tell(access, justified=justified)
    return access
