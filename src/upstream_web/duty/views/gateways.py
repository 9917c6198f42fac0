"""What each body may disclose under the gateway of the Act."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.assets import queries as assets
from upstream_web.duty import queries
from upstream_web.duty.disclosure_register import disclosure_tag
from upstream_web.duty.gateway import Information, gateways


@requires(Permission.DUTY_VIEW)
@require_safe
def gateway_table(request: SignedInRequest) -> HttpResponse:
    """Show which class of information each body may disclose, why, and which feeds arrive."""
    gateway = gateways()["section-16"]
    bodies = [
        (body, [gateway.decide(kind, is_health_or_care=body.is_health_or_care) for kind in Information])
        for body in queries.bodies(request.user)
    ]
    feeds = assets.feeds(timezone.localdate())
    by_name = {feed.name: feed for feed in feeds}
    shared = [(each, disclosure_tag(each), by_name.get(each.feed)) for each in queries.disclosures(request.user)]
    context = {
        "shared": shared,
        "area": "account",
        "section": "duty",
        "crumbs": [("Duty", reverse("duty")), ("What may be shared", "")],
        "gateway": gateway,
        "kinds": [each.value for each in Information],
        "bodies": bodies,
        "feeds": feeds,
    }
    return render(request, "duty/gateway.html", context)
