"""Every look at the trail is itself a line of the trail."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from upstream_web.access.requests import SignedInRequest
from upstream_web.audit.actions import Action
from upstream_web.audit.operations import events

SECTION = {"area": "account", "section": "trail"}
CRUMBS = [("Account", ""), ("Trust and audit", "/account/trail/")]


def note_look(request: SignedInRequest, about: str, asked: Mapping[str, str] | None = None) -> None:
    """Write who looked at the trail, and what they asked of it."""
    events.record(
        Action.TRAIL_READ,
        by=request.user.get_username(),
        at=timezone.now(),
        kind="audit trail",
        about=about,
        detail=dict(asked or {}),
    )
