"""What a request is by the time a guarded view sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from upstream_web.access.models import User


class SignedInRequest(HttpRequest):
    """A request of a person who has signed in; for annotations only."""

    user: User
    htmx: HtmxDetails
