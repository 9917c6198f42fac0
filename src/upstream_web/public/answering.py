"""How the public site answers: to everybody alike, to be kept by any cache, asked again each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from upstream_web.access.authorisation import open_to_everyone
from upstream_web.public.shelves import SHELVES

# A cache may keep an answer and must ask whether it still holds, so that a withdrawal takes effect at once.
CACHES = "public, max-age=0, must-revalidate"
GONE = 410

View = Callable[..., HttpResponseBase]


def for_everybody(view: View) -> View:
    """Let a view of published papers answer everybody; an answer that has not changed is not sent again."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = CACHES
        return response

    opened: View = open_to_everyone(require_safe(conditional_page(answered)))
    return opened


@dataclass(frozen=True)
class Link:
    """One link of the row beneath the masthead; `is_here` is what `aria-current` says of it."""

    label: str
    address: str
    is_here: str


def links(path: str) -> list[Link]:
    """Give the links of the frame, seen from the page at a path."""
    found = [("Published", reverse("public"))]
    found += [(shelf.label, reverse("public-shelf", args=[shelf])) for shelf in SHELVES]
    found.append(("You said, we did", reverse("public-rows")))
    return [Link(label, address, _here(path, address)) for label, address in found]


def _here(path: str, address: str) -> str:
    if path == address:
        return "page"
    return "true" if path.startswith(address) and address != reverse("public") else ""


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, changed_at: datetime | None, status: int = 200
) -> HttpResponse:
    """Answer with a page that says when it was last changed."""
    context = {**context, "shelf_links": links(request.path)}
    response = render(request, f"public/{template}.html", context, status=status)
    if changed_at is not None:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    return response
