"""How far a permission of a person reaches: the one rule behind every page, list, count, search and export.

A list asks `scope_of` and turns the answer into a filter; a page asks `authorisation.decide`, which asks
`Scope.covers`. Both are the same rule, so a list shows exactly the records whose pages open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django.utils import timezone

from upstream_web.access.permissions import Permission
from upstream_web.access.purposes import FieldClass, Purpose
from upstream_web.access.roles import OF_EVERYBODY, Role

if TYPE_CHECKING:
    from upstream_web.access.models import User

RecordName = tuple[str, str]


class Protected(Protocol):
    """A record as the rule sees it."""

    @property
    def field_class(self) -> FieldClass:
        """How sensitive the record is as a whole; the same for every record of a model."""
        ...

    def trail_name(self) -> RecordName:
        """Give the kind of record and which one it is."""
        ...

    def body_keys(self) -> Collection[str]:
        """Give the keys of the organisations that the record belongs to; none when it is the partnership's own."""
        ...

    def people(self) -> Collection[int]:
        """Give the keys of the people named on it: the lead of an action, the caseworker of a case."""
        ...

    def is_restricted(self) -> bool:
        """Whether only those named on it may see it, whatever their role."""
        ...


class Everybody(Role):
    """What everybody who signs in may do, without having been given anything."""

    key = "everybody"
    title = "Everybody who signs in"
    description = "Sees and changes their own account."
    own_permissions = OF_EVERYBODY


@dataclass(frozen=True)
class Held:
    """A role held in an organisation, or in the partnership as a whole when `body` is empty."""

    role: type[Role]
    body: str = ""

    def holds(self, permission: Permission) -> bool:
        """Whether it gives the permission over anything; nobody speaks for an office who was given none."""
        if self.body or permission not in self.role.office_permissions:
            return self.role.holds(permission)
        return permission in self.role.own_permissions

    def fits(self, permission: Permission, purpose: Purpose | None, classes: Iterable[FieldClass]) -> bool:
        """Whether the role holds the permission for that purpose over fields of all those classes."""
        return (
            self.holds(permission)
            and (purpose is None or purpose in self.role.purposes)
            and self.role.field_classes.issuperset(classes)
        )


@dataclass(frozen=True)
class Scope:
    """The records that a permission reaches: everything, those of some organisations, those that name the person.

    Restricted records are reached only when they name the person. `opened` are records opened in an emergency; they
    are reached whatever the rest says.
    """

    person: int | None = None
    everything: bool = False
    bodies: frozenset[str] = frozenset()
    own: bool = False
    opened: frozenset[RecordName] = frozenset()

    @property
    def nothing(self) -> bool:
        """Whether no record at all is reached."""
        return not (self.everything or self.bodies or self.own or self.opened)

    def covers(self, about: Protected) -> bool:
        """Whether the permission reaches this record."""
        if self.opened and about.trail_name() in self.opened:
            return True
        named = self.person is not None and self.person in about.people()
        reached = self.everything or (self.own and named) or not self.bodies.isdisjoint(about.body_keys())
        return reached and (named or not about.is_restricted())


def held_by(person: Any, on: date | None = None) -> list[Held]:
    """Give what a person holds on a day, or today; nothing when they cannot sign in."""
    if not person.is_authenticated or not getattr(person, "is_active", False):
        return []
    return [Held(Everybody), *(Held(grant.held_as, grant.body) for grant in person.grants_on(on))]


def scope_from(
    held: Collection[Held], permission: Permission, *, person: int | None, opened: frozenset[RecordName]
) -> Scope:
    """Say how far roles that fit let `permission` reach."""
    whole = any(
        permission in has.role.permissions or (not has.body and permission in has.role.own_body_permissions)
        for has in held
    )
    bodies = frozenset(
        has.body
        for has in held
        if has.body and permission in has.role.own_body_permissions | has.role.office_permissions
    )
    own = any(permission in has.role.own_permissions for has in held)
    return Scope(person, whole, bodies, own, opened if held else frozenset())


def opened_by(person: Any, permission: Permission, held: Collection[Held], on: date | None) -> frozenset[RecordName]:
    """Give the records that the person has open in an emergency now; none when the question is about another day."""
    if on is not None and on != timezone.localdate():
        return frozenset()
    if not any(has.role.holds(Permission.EMERGENCY_ACCESS_USE) for has in held):
        return frozenset()
    return frozenset(access.record for access in person.open_emergencies if access.permission == permission.name)


def scope_of(
    person: User | Any,
    permission: Permission,
    *,
    purpose: Purpose | None = None,
    field_class: FieldClass = FieldClass.ORDINARY,
    on: date | None = None,
) -> Scope:
    """Say which records `permission` reaches for `person`, for a list to be filtered by.

    `field_class` is the class of the records listed, as their model declares it. Given the same question, a record
    is in the list exactly when `decide` lets its page open.
    """
    held = held_by(person, on)
    fitting = [has for has in held if has.fits(permission, purpose, (field_class,))]
    opened = opened_by(person, permission, held, on)
    return scope_from(fitting, permission, person=getattr(person, "pk", None), opened=opened)
