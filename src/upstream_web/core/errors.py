"""Pages for when something is wrong: what was found, and what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from upstream.exceptions import (
    InputRefused,
    MeasureCannotBeCutThatWay,
    NoBuildYet,
    Overtaken,
    UpstreamFailure,
    WrongUse,
)
from upstream.store import UnknownBuild

UNAVAILABLE = "There are no figures yet"


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
    said = "" if isinstance(exception, Resolver404) else str(exception or "")
    return _page(request, 404, "There is nothing at this address", said or "It may have moved, or never been there.")


def only_sent(request: HttpRequest) -> HttpResponse:
    """Say that an address takes only what a button sends, and lead to the page that has the button.

    People come there when they had to sign in again after they had pressed it.
    """
    said = "Nothing was done yet: this address takes what a button sends. Go back and press it again."
    return _page(request, 405, "Press the button once more", said, back=_nearest_page(request.path))


def _nearest_page(path: str) -> str:
    """Give the address above `path` that there is, such as that of the record."""
    above = path.rstrip("/")
    while above:
        above = above.rpartition("/")[0]
        try:
            resolve(f"{above}/")
        except Resolver404:
            continue
        return f"{above}/"
    return "/"


def explain(request: HttpRequest, failure: UpstreamFailure) -> HttpResponse:
    """Show a failure of the library in its own words, with the status that fits it."""
    if isinstance(failure, NoBuildYet):
        return _page(request, 503, UNAVAILABLE, str(failure))
    if isinstance(failure, MeasureCannotBeCutThatWay):
        return _page(request, 400, "That cannot be shown", str(failure))
    if isinstance(failure, WrongUse | UnknownBuild):
        return _page(request, 404, "There is nothing at this address", str(failure))
    if isinstance(failure, Overtaken):
        return _page(request, 409, "Somebody else was faster", str(failure))
    if isinstance(failure, InputRefused):
        return _page(request, 400, "That cannot be taken as it is", str(failure))
    return _page(request, 500, "That did not work", str(failure))


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, on a page that needs neither the database nor the data."""
    context = {"request_id": getattr(request, "request_id", "")}
    return HttpResponseServerError(render_to_string("errors/500.html", context))


def _page(request: HttpRequest, status: int, heading: str, said: str, back: str = "") -> HttpResponse:
    context: dict[str, Any] = {"heading": heading, "said": said, "status": status, "area": "none", "back": back}
    return render(request, "errors/page.html", context, status=status)
