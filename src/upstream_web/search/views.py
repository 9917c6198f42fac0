"""Finding things by their names."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from upstream_web.access.authorisation import may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.search.queries import find
from upstream_web.search.records import changed_lately, find_records

LONGEST_QUESTION = 100


@requires(Permission.SITE_SEARCH)
def search(request: SignedInRequest) -> HttpResponse:
    """Show what holds the words asked for; a fragment of results to htmx while one types."""
    words = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    groups = [group for group in find(words) if may(request.user, Permission[group.needs])]
    context = {
        "area": "none",
        "words": words,
        "groups": groups,
        "kinds": list(find_records(request.user, words)),
        "recent": [] if words else changed_lately(request.user),
        "total": sum(len(group.found) for group in groups),
    }
    part = request.htmx and not request.htmx.boosted
    return render(request, "search/parts/results.html" if part else "search/search.html", context)
