"""Guards every request: nothing is served that does not say who may have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from upstream_web.access import second_factor
from upstream_web.access.authorisation import RecordClosed, rule_of
from upstream_web.access.operations import visits
from upstream_web.access.permissions import Permission
from upstream_web.access.views.emergency import gate

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


class SecondFactorWhereRequired:
    """Sends those who must have a second factor, and have none, to set one up; until then they see their account."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the check is made once the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Redirect to the account, unless the view belongs to it or is open to everyone."""
        rule = rule_of(view)
        own = rule is not None and rule.permission in {None, Permission.OWN_ACCOUNT_CHANGE}
        if own or not second_factor.is_missing(request):
            return None
        messages.warning(request, "Your role needs a second factor. Set one up, then go on.")
        return redirect("account")


class LeadToGate:
    """Shows the gate to a record that is closed to the person but opens in an emergency."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal that a reason may overcome; anything else goes on."""
        if isinstance(exception, RecordClosed) and request.method == "GET":
            return gate(request, exception)
        return None


class RememberVisits:
    """Keeps when a person was last here, so that the home page can say what changed since."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the visit is noted once the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Note the visit. Who reads what is open to everyone is asked and kept nowhere."""
        rule = rule_of(view)
        if rule is not None and rule.permission is not None and request.user.is_authenticated:
            visits.note(user=request.user, at=timezone.now())
