"""Loading a file through the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission


@requires(Permission.FEED_LOAD)
def feed_load(request: HttpRequest, feed: str) -> HttpResponse:
    """Take a file, check it, and load it."""
    return render(request, "assets/feed_load.html", {"area": "know", "section": "feeds", "feed": feed})
