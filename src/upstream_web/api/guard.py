"""Who a program acts for: the person of its token, or of the session of the browser that it runs in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from upstream_web.access.authorisation import AccessRule, decide
from upstream_web.access.models import User
from upstream_web.access.permissions import Permission
from upstream_web.api.models import Token
from upstream_web.api.operations import tokens
from upstream_web.api.problems import problem

View = Callable[..., HttpResponse]


class _Forged(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def person_of_token(given: str) -> User | None:
    """Give the person for whom a token works today; None for one that does not."""
    token = Token.objects.filter(token_hash=tokens.hash_of(given)).select_related("person").first()
    now = timezone.now()
    today = timezone.localdate(now)
    if token is None or not token.works_on(today) or not token.person.is_active:
        return None
    if token.used_on != today:
        tokens.note_use(token=token, by=token.person, at=now)
    return token.person


def _refused(request: HttpRequest) -> HttpResponse | None:
    """Find out for whom the request acts; give the answer to one that acts for nobody, or is forged."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind:
        person = person_of_token(given.strip()) if kind.lower() == "bearer" else None
        if person is None:
            return problem(401, "This token opens nothing.", do="Make a new one on your account page.")
        request.user = person
        return None
    if not request.user.is_authenticated:
        return problem(
            401, "Nobody is signed in.", expected="a session, or a token", do="Send: Authorization: Bearer …"
        )
    check = _Forged(lambda _: HttpResponse())
    check.process_request(request)
    if check.process_view(request, lambda _: HttpResponse(), (), {}):
        return problem(403, "The request may come from another site.", do="Send the header X-CSRFToken.")
    return None


def for_programs(view: View) -> View:
    """Let a view answer programs of people who hold `API_USE`, with problems instead of pages."""

    @csrf_exempt  # checked here for sessions; a token is sent by no browser of itself
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refused = _refused(request)
        if refused is not None:
            return refused
        decided = decide(request.user, Permission.API_USE)
        if not decided:
            return problem(403, decided.why, do="Ask your administrator for a role that has it.")
        return view(request, *args, **kwargs)

    guarded.access_rule = AccessRule(Permission.API_USE)  # type: ignore[attr-defined]
    return guarded
