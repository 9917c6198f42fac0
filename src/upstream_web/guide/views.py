"""Pages that explain, and the sign of life for machines."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from upstream_web.access.authorisation import View, open_to_everyone, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.roles import ROLES
from upstream_web.guide.glossary import read_terms


def _page(name: str) -> View:
    def view(request: HttpRequest) -> HttpResponse:
        return render(
            request,
            f"guide/{name}.html",
            {"area": "none", "roles": ROLES, "session_hours": settings.SESSION_COOKIE_AGE // 3600},
        )

    view.__name__ = view.__qualname__ = name
    return open_to_everyone(view)


help_page = _page("help")
accessibility = _page("accessibility")
privacy = _page("privacy")


@requires(Permission.GLOSSARY_VIEW)
def glossary(request: HttpRequest) -> HttpResponse:
    """Show the words of the product and what they mean."""
    return render(request, "guide/glossary.html", {"area": "none", "terms": read_terms()})


@open_to_everyone
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the site answers and its database does too; nothing else is told to strangers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
