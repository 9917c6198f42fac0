"""Outlines for the map that zooms, one file a level; it never changes for a build, so browsers may keep it."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from upstream.geography.levels import LEVEL_NAMES
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.core.workbench import get_build, kept_for_build
from upstream_web.geography import outlines

KEPT_SECONDS = 7 * 24 * 3600


@requires(Permission.AREA_VIEW)
@require_safe
def area_outlines(request: HttpRequest, level: str) -> HttpResponse:
    """Send the outlines of a level as GeoJSON; an address that names the current build may be kept."""
    if level not in LEVEL_NAMES or not outlines.has_outlines(level):
        raise Http404(f"There are no outlines of level {level}.")
    text = kept_for_build("outlines as text", lambda: _text(level), level)
    response = HttpResponse(text, content_type="application/geo+json")
    if request.GET.get("build") == get_build().id:
        response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}, immutable"
    return response


def _text(level: str) -> bytes:
    return json.dumps(outlines.outlines(level), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
