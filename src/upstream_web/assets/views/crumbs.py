"""Where one is, on pages about feeds and builds."""

from __future__ import annotations

from django.urls import reverse

Crumbs = list[tuple[str, str]]


def feed_crumbs(feed: str = "", title: str = "") -> Crumbs:
    """Give the way to the feeds, and to one of them when named."""
    crumbs = [("Know", ""), ("Feeds", reverse("feed-list"))]
    return [*crumbs, (title, reverse("feed", args=[feed]))] if feed else crumbs


def build_crumbs() -> Crumbs:
    """Give the way to the builds."""
    return [("Know", ""), ("Builds", reverse("build-list"))]
