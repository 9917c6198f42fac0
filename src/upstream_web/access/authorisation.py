"""The one answer to "may this person do this?", asked by every view, list, download and template.

A view says what it takes with `@requires(...)`, or `@open_to_everyone` when nobody need sign in. The
middleware refuses any view that says neither, so forgetting is refusing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from upstream_web.access.permissions import Permission
from upstream_web.access.roles import ROLE_BY_KEY

View = Callable[..., HttpResponseBase]
SIGNED_OUT = 401


class Person(Protocol):
    """Whoever asks: a user, or nobody in particular."""

    @property
    def is_authenticated(self) -> bool:
        """Whether the person has signed in."""
        ...


@dataclass(frozen=True)
class AccessRule:
    """What a view takes: one permission, or nothing at all."""

    permission: Permission | None

    @property
    def words(self) -> str:
        """Say the rule for the access matrix."""
        return str(self.permission) if self.permission else "open to everyone"


def may(person: Person, permission: Permission) -> bool:
    """Whether `person` holds `permission`. Everything that needs an answer asks here."""
    if not person.is_authenticated or not getattr(person, "is_active", False):
        return False
    role = ROLE_BY_KEY.get(getattr(person, "role", ""))
    return role is not None and permission in role.permissions


def check_may(person: Person, permission: Permission) -> None:
    """Raise `PermissionDenied` unless `person` holds `permission`."""
    if not may(person, permission):
        raise PermissionDenied(f"This takes the permission to {permission}.")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}"
    if getattr(request, "htmx", None):  # a fragment cannot be replaced by a sign-in page: send the whole page there
        return HttpResponse(status=SIGNED_OUT, headers={"HX-Redirect": reverse("sign-in")})
    return HttpResponseRedirect(address)


def requires(permission: Permission) -> Callable[[View], View]:
    """Let a view answer only those who hold `permission`; others are sent to sign in, or refused."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            check_may(request.user, permission)
            return view(request, *args, **kwargs)

        guarded.access_rule = AccessRule(permission)  # type: ignore[attr-defined]
        return guarded

    return guard


def open_to_everyone(view: View) -> View:
    """Let a view answer anybody, signed in or not."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    opened.access_rule = AccessRule(None)  # type: ignore[attr-defined]
    return opened


def rule_of(view: Any) -> AccessRule | None:
    """Give the rule that a view declares, or None when it declares none and is therefore refused."""
    return getattr(view, "access_rule", None)
