"""Who must have a second factor, and whether they used one."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from upstream_web.access.authorisation import may
from upstream_web.access.models import User
from upstream_web.access.permissions import Permission

KEEPERS_HOLD = (Permission.ACCESS_CHANGE, Permission.TRAIL_VIEW)
STRONG = frozenset({"mfa", "socialaccount"})  # the partnership's own sign-in service has its own second factors


def is_required_of(user: User) -> bool:
    """Whether the installation asks a second factor of this person."""
    if settings.SECOND_FACTOR == "everybody":
        return True
    return settings.SECOND_FACTOR == "keepers" and any(may(user, permission) for permission in KEEPERS_HOLD)


def is_missing(request: HttpRequest) -> bool:
    """Whether the person who asks must have a second factor and has neither used one nor set one up."""
    user = request.user
    if settings.SECOND_FACTOR == "offered" or not isinstance(user, User) or not is_required_of(user):
        return False
    used = {record.get("method") for record in get_authentication_records(request, user)}
    return not used & STRONG and not is_mfa_enabled(user)
