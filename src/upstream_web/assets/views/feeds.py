"""Feeds: what comes in, from whom, on what terms, and whether it came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.assets.queries import feeds, get_feed, receipts_of
from upstream_web.assets.views.crumbs import feed_crumbs


@requires(Permission.FEED_VIEW)
@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    """Show every feed with its months and its state."""
    found = feeds(timezone.localdate())
    context = {
        "area": "know",
        "section": "feeds",
        "section_page": True,
        "again": [feed for feed in found if feed.comes_again],
        "once": [feed for feed in found if not feed.comes_again],
        "late": [feed for feed in found if feed.state == "late"],
        "refused": [feed for feed in found if feed.state == "refused"],
        "received": sum(feed.state != "never received" for feed in found),
        "total": len(found),
    }
    return render(request, "assets/feed_list.html", context)


@requires(Permission.FEED_VIEW)
@require_safe
def feed_page(request: HttpRequest, feed: str) -> HttpResponse:
    """Show one feed: its contract in words, its months, its receipts."""
    shown = get_feed(feed, timezone.localdate())
    context = {
        "area": "know",
        "section": "feeds",
        "feed": shown,
        "source": shown.source,
        "receipts": receipts_of(feed),
        "crumbs": [*feed_crumbs(), (shown.title, "")],
    }
    return render(request, "assets/feed.html", context)
