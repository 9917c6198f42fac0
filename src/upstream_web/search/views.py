"""Finding things by their names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission


@requires(Permission.SITE_SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """Show what has the words asked for in its name."""
    return render(request, "search/search.html", {"area": "none", "words": request.GET.get("q", "").strip()})
