"""What keeps coming back across reviews."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.reviews import queries


@requires(Permission.REVIEW_VIEW)
@require_safe
def review_themes(request: SignedInRequest) -> HttpResponse:
    """Say what more than one review found, then every theme with its findings."""
    rows = queries.themes_across(request.user)
    total = queries.reviews(request.user).count()
    context = {
        "area": "account",
        "section": "reviews",
        "crumbs": [("Incident reviews", reverse("incident-review-list")), ("What keeps coming back", "")],
        "rows": rows,
        "total": total,
        "said": queries.themes_sentence(rows, total),
        "today": timezone.localdate(),
    }
    return render(request, "reviews/themes.html", context)
