"""Pages for when something is wrong: what was found, and what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from upstream.exceptions import UpstreamFailure


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request cannot be understood."""
    return _page(request, 400, "That request cannot be understood", "Go back and try again.")


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the person's role does not allow it, and what it takes."""
    return _page(request, 403, "Your role does not allow that", str(exception or ""))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form came without its token, most often because the page had been open for too long."""
    return _page(request, 403, "That form is too old", "Go back, load the page again and send the form once more.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing at this address; a failure that knows more says it in its own words."""
    said = str(exception) if isinstance(exception, UpstreamFailure) else ""
    return _page(request, 404, "There is nothing at this address", said or "It may have moved, or never been there.")


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, on a page that needs neither the database nor the data."""
    context = {"request_id": getattr(request, "request_id", "")}
    return HttpResponseServerError(render_to_string("errors/500.html", context))


def _page(request: HttpRequest, status: int, heading: str, said: str) -> HttpResponse:
    context: dict[str, Any] = {"heading": heading, "said": said, "status": status, "area": "none"}
    return render(request, "errors/page.html", context, status=status)
