"""Builds: frozen versions of the analytical store."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission


@requires(Permission.BUILD_VIEW)
def build_list(request: HttpRequest) -> HttpResponse:
    """Show every build that is kept."""
    return render(request, "assets/build_list.html", {"area": "know", "section": "builds", "section_page": True})


@requires(Permission.BUILD_MAKE)
def build_make(request: HttpRequest) -> HttpResponse:
    """Make a new build in the background."""
    return render(request, "assets/build_list.html", {"area": "know", "section": "builds", "section_page": True})


@requires(Permission.BUILD_VIEW)
def build_page(request: HttpRequest, build_id: str) -> HttpResponse:
    """Show what one build holds and where it came from."""
    return render(request, "assets/build.html", {"area": "know", "section": "builds"})
