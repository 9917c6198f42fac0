"""Guards every request: nothing is served that does not say who may have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from upstream_web.access.authorisation import rule_of
from upstream_web.access.operations import visits

Respond = Callable[[HttpRequest], HttpResponse]


class DenyUnlessDeclared:
    """Refuses any view that does not declare what it takes."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the check is made once the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raise `PermissionDenied` when the view declares nothing."""
        if rule_of(view) is None:
            raise PermissionDenied("This page does not say who may see it, so nobody may.")


class RememberVisits:
    """Keeps when a person was last here, so that the home page can say what changed since."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note the visit, then answer."""
        if request.user.is_authenticated:
            visits.note(user=request.user, at=timezone.now())
        return self.get_response(request)
