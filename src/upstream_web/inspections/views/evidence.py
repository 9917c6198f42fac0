"""The review of evidence for its effect."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import check_may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.inspections.codes import Proves
from upstream_web.inspections.operations import evidence
from upstream_web.inspections.register import EVIDENCE

LONGEST = 5000


@requires(Permission.EVIDENCE_REVIEW)
@require_POST
def review(request: SignedInRequest, key: int) -> HttpResponse:
    """Keep what a second person found of the effect."""
    item = EVIDENCE.get(request.user, key)
    check_may(request.user, Permission.EVIDENCE_REVIEW, about=item)
    proves, words = request.POST.get("proves", ""), request.POST.get("words", "").strip()
    if proves not in Proves.values or not words:
        messages.error(request, "Say what it proves, and what you found of its effect.")
        return redirect(item)
    if len(words) > LONGEST:
        messages.error(request, f"What you found has {len(words):,} characters; it takes {LONGEST:,}. Shorten it.")
        return redirect(item)
    try:
        evidence.review(
            item=item, proves=proves, words=words, on=timezone.localdate(), by=request.user, at=timezone.now()
        )
    except UpstreamFailure as failure:
        messages.error(request, str(failure))
        return redirect(item)
    messages.success(request, f"{item.label} is reviewed: {item.get_proves_display().lower()}.")
    return redirect(item)
