"""Addresses of the programming interface; each operation is guarded for programs."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path

from upstream_web.api.document import PREFIX
from upstream_web.api.guard import for_programs
from upstream_web.api.interface import api
from upstream_web.api.views import pages

UNDER = PREFIX.lstrip("/")


def _guarded() -> list[URLPattern]:
    """Give the operations of the interface behind the guard, each address under its plain name."""
    found: dict[str, URLPattern] = {}
    for pattern in api.urls[0]:
        name = getattr(pattern, "name", None) or ""
        if name.startswith("api-") and name != "api-root" and isinstance(pattern, URLPattern):
            view: Any = pattern.callback
            found[name] = path(f"{UNDER}{pattern.pattern}", for_programs(view), name=name)
    return list(found.values())


urlpatterns = [
    path(UNDER, pages.guide, name="api-guide"),
    path(f"{UNDER}openapi.json", pages.openapi, name="api-document"),
    path("account/tokens/", pages.token_list, name="token-list"),
    path("account/tokens/<int:token_id>/revoke/", pages.token_revoke, name="token-revoke"),
    *_guarded(),
]
