"""The one answer to "may this person do this?", asked by every view, list, download and template.

A view says what it takes with `@requires(...)`, or `@open_to_everyone` when nobody need sign in. The
middleware refuses any view that says neither, so forgetting is refusing. A view that shows or changes one record
asks again, about that record; `scope_of` is the same question asked for a list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Protocol
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from upstream_web.access.permissions import Permission
from upstream_web.access.purposes import EVERY_CLASS, FieldClass, Purpose
from upstream_web.access.roles import ROLES
from upstream_web.access.scope import Held, Protected, held_by, opened_by, scope_from, scope_of

__all__ = [
    "AccessRule",
    "Decision",
    "RecordClosed",
    "check_may",
    "decide",
    "may",
    "open_to_everyone",
    "requires",
    "rule_of",
    "scope_of",
]

View = Callable[..., HttpResponseBase]
SIGNED_OUT = 401


class Person(Protocol):
    """Whoever asks: a user, or nobody in particular."""

    @property
    def is_authenticated(self) -> bool:
        """Whether the person has signed in."""
        ...


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, why, and what must not be shown even so.

    `redact` are the classes of field that stay covered on this record. `opens_in_emergency` says that the person may
    open the record all the same, with a reason that is looked at afterwards.
    """

    allowed: bool
    why: str
    redact: frozenset[FieldClass] = EVERY_CLASS
    opens_in_emergency: bool = False

    def __bool__(self) -> bool:
        return self.allowed


class RecordClosed(PermissionDenied):
    """The person is refused a record that they may open in an emergency; the middleware shows the gate to it."""

    def __init__(self, why: str, *, about: Protected, permission: Permission) -> None:
        self.kind, self.key = about.trail_name()
        self.permission = permission
        super().__init__(why)


@dataclass(frozen=True)
class AccessRule:
    """What a view takes: one permission, or nothing at all."""

    permission: Permission | None

    @property
    def words(self) -> str:
        """Say the rule for the access matrix."""
        return str(self.permission) if self.permission else "open to everyone"


def decide(
    person: Person,
    permission: Permission,
    *,
    about: Protected | None = None,
    purpose: Purpose | None = None,
    field_class: FieldClass = FieldClass.ORDINARY,
    on: date | None = None,
) -> Decision:
    """Decide whether `person` may, with `permission`, see or change fields of `field_class` on the record `about`.

    Without `about`: whether there is anything at all on which they may. `purpose` is what they do it for; it is
    looked at where it is said. `on` is another day than today.
    """
    if not person.is_authenticated:
        return Decision(False, "Sign in first.")
    held = held_by(person, on)
    classes = {field_class} | ({about.field_class} if about is not None else set())
    fitting = [has for has in held if has.fits(permission, purpose, classes)]
    if not fitting:
        return Decision(False, _why_nothing_fits(held, permission, purpose, classes))
    reaching = fitting if about is None else _reaching(person, fitting, permission, about, held, on)
    if not reaching:
        return _out_of_reach(permission, about, held)
    seen = frozenset[FieldClass]().union(*(has.role.field_classes for has in reaching))
    return Decision(True, f"As {reaching[0].role.title}.", EVERY_CLASS - seen)


def _reaching(
    person: Any, fitting: list[Held], permission: Permission, about: Protected, held: list[Held], on: date | None
) -> list[Held]:
    opened = opened_by(person, permission, held, on)
    return [has for has in fitting if scope_from([has], permission, person=person.pk, opened=opened).covers(about)]


def _why_nothing_fits(
    held: list[Held], permission: Permission, purpose: Purpose | None, classes: set[FieldClass]
) -> str:
    holding = [has for has in held if has.holds(permission)]
    if not holding and any(has.role.holds(permission) for has in held):
        return (
            f"This takes the permission to {permission}. Your role was given for the partnership as a whole and speaks "
            "for no organisation: it takes one given for that organisation."
        )
    if not holding:
        roles = ", ".join(role.title for role in ROLES if role.holds(permission))
        return f"This takes the permission to {permission}. Roles that have it: {roles or 'none'}."
    if purpose is not None and not any(purpose in has.role.purposes for has in holding):
        return f"Your role was not given for {purpose}."
    return f"Your role does not see this class of information: {', '.join(sorted(classes - {FieldClass.ORDINARY}))}."


def _out_of_reach(permission: Permission, about: Protected | None, held: list[Held]) -> Decision:
    assert about is not None  # without a record there is nothing out of reach
    restricted = about.is_restricted()
    why = (
        "This record is restricted to the people named on it."
        if restricted
        else f"You may {permission} of your own organisation, or where you are named, only."
    )
    personal = restricted or about.field_class is not FieldClass.ORDINARY
    uses = any(has.role.holds(Permission.EMERGENCY_ACCESS_USE) for has in held)
    return Decision(False, why, opens_in_emergency=personal and uses)


def may(
    person: Person,
    permission: Permission,
    *,
    about: Protected | None = None,
    purpose: Purpose | None = None,
    field_class: FieldClass = FieldClass.ORDINARY,
    on: date | None = None,
) -> bool:
    """Whether `person` may; `decide` in one word."""
    return decide(person, permission, about=about, purpose=purpose, field_class=field_class, on=on).allowed


def check_may(
    person: Person,
    permission: Permission,
    *,
    about: Protected | None = None,
    purpose: Purpose | None = None,
    field_class: FieldClass = FieldClass.ORDINARY,
    on: date | None = None,
) -> None:
    """Raise `PermissionDenied` unless `person` may; `RecordClosed` when the record opens in an emergency."""
    decision = decide(person, permission, about=about, purpose=purpose, field_class=field_class, on=on)
    if decision.allowed:
        return
    if about is not None and decision.opens_in_emergency:
        raise RecordClosed(decision.why, about=about, permission=permission)
    raise PermissionDenied(decision.why)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}"
    if getattr(request, "htmx", None):  # a fragment cannot be replaced by a sign-in page: send the whole page there
        return HttpResponse(status=SIGNED_OUT, headers={"HX-Redirect": reverse("sign-in")})
    return HttpResponseRedirect(address)


def requires(permission: Permission) -> Callable[[View], View]:
    """Let a view answer only those who hold `permission` over something; others are sent to sign in, or refused."""

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
