"""Finding things by their names."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from upstream_web.access.authorisation import may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.search.queries import find

LONGEST_QUESTION = 100


@requires(Permission.SITE_SEARCH)
def search(request: SignedInRequest) -> HttpResponse:
    """Show what has the words asked for in its name; a fragment of results to htmx while one types."""
    words = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    groups = [group for group in find(words) if may(request.user, Permission[group.needs])]
    context = {
        "area": "none",
        "words": words,
        "groups": groups,
        "total": sum(len(group.found) for group in groups),
    }
    part = request.htmx and not request.htmx.boosted
    return render(request, "search/parts/results.html" if part else "search/search.html", context)
