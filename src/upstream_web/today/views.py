"""The page that says what changed since a person was last here."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream.measures import MeasureDefinition, load_definitions, overdue
from upstream_web.access.authorisation import may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.assets.feed_views import FeedView
from upstream_web.assets.queries import feeds
from upstream_web.core.workbench import get_partnership, kept_for_build
from upstream_web.reports import queries as reports
from upstream_web.today.changes import changes_since, since_when
from upstream_web.today.headlines import headlines
from upstream_web.today.waiting import plan_today, waiting_for

FEEDS_SHOWN = 4


def feeds_to_show(found: list[FeedView]) -> list[FeedView]:
    """Choose the feeds that people ask after: those that come most often and of which something is held."""
    return [feed for feed in found if feed.comes_again and feed.strip.months][:FEEDS_SHOWN]


def measures_to_review(day: date) -> list[MeasureDefinition]:
    """List the measures whose review is overdue on a day."""
    return list(overdue(load_definitions(get_partnership()), on=day))


@requires(Permission.HOME_VIEW)
@require_safe
def today(request: SignedInRequest) -> HttpResponse:
    """Show what changed."""
    now = timezone.now()
    day = timezone.localdate(now)
    since = since_when(request.user, request.GET.get("since", ""), now)
    found, numbers = feeds(day), headlines()
    versions = reports.versions()
    late = [feed for feed in found if feed.state == "late"]
    refused = [feed for feed in found if feed.state == "refused"]
    context = {
        "area": "home",
        "section": "today",
        "now": now,
        "since": since,
        "numbers": numbers,
        "first": numbers[0] if numbers else None,
        "changed": [number for number in numbers[1:] if number.changed],
        "measure_count": kept_for_build("number of measures", lambda: len(load_definitions(get_partnership()))),
        "changes": changes_since(since.moment),
        "feeds": feeds_to_show(found),
        "feed_count": len(found),
        "unknown": [feed for feed in found if feed.comes_again and (feed.missing_words or not feed.receipts)][:3],
        "late": late,
        "refused": refused,
        "assessment": versions[0] if versions else None,
        "waiting": waiting_for(request.user, day),
        "plan": plan_today(request.user, day) if may(request.user, Permission.PLAN_VIEW) else None,
        "review": kept_for_build("measures to review", lambda: measures_to_review(day), day),
    }
    return render(request, "today/today.html", context)
