"""The page that says what changed since a person was last here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission


@requires(Permission.HOME_VIEW)
def today(request: HttpRequest) -> HttpResponse:
    """Show what changed."""
    return render(request, "today/today.html", {"area": "home", "section": "today", "now": timezone.localtime()})
