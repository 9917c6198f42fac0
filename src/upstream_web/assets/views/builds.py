"""Builds: frozen versions of the analytical store."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.assets.operations import uploads
from upstream_web.assets.queries import build_contents, builds, find_job, get_kept_build
from upstream_web.assets.views.crumbs import build_crumbs
from upstream_web.core.workbench import find_build


@requires(Permission.BUILD_VIEW)
def build_list(request: HttpRequest) -> HttpResponse:
    """Show every build that is kept, the one in use first."""
    current = find_build()
    context = {
        "area": "know",
        "section": "builds",
        "section_page": True,
        "builds": builds(),
        "current": current.id if current else "",
        "under_way": find_job("build", by=request.user.get_username()),
    }
    return render(request, "assets/build_list.html", context)


@require_POST
def _make(request: HttpRequest) -> HttpResponse:
    by = request.user.get_username()
    job = find_job("build", by=by) or uploads.ask_for_build(by=by, at=timezone.now())
    return redirect("job", job.id)


build_make = requires(Permission.BUILD_MAKE)(_make)


@requires(Permission.BUILD_VIEW)
def build_page(request: HttpRequest, build_id: str) -> HttpResponse:
    """Show what one build holds and where it came from."""
    build, current = get_kept_build(build_id), find_build()
    context = {
        "area": "know",
        "section": "builds",
        "shown": build,
        "is_current": current is not None and current.id == build.id,
        "contents": build_contents(build),
        "crumbs": [*build_crumbs(), (build.id, "")],
    }
    return render(request, "assets/build.html", context)
