"""Who may do one thing, for the records that ask for somebody: whose turn it is, whom to remind, whom to name."""

from __future__ import annotations

from upstream_web.access.authorisation import may
from upstream_web.access.models import User
from upstream_web.access.permissions import Permission
from upstream_web.access.roles import ROLES
from upstream_web.access.scope import Protected


class WhoMay:
    """The active people who have a permission, read once, and which of them have it on a record.

    Many records are alike in all that the one rule looks at, so that it is asked once for each kind of likeness. What
    somebody opened in an emergency is left out: nobody is waited for because they looked.
    """

    def __init__(self, permission: Permission) -> None:
        self._permission = permission
        roles = [role.key for role in ROLES if role.holds(permission)]
        found = User.objects.filter(is_active=True, grants__role__in=roles).distinct().order_by("name", "pk")
        self._people = [each for each in found.prefetch_related("grants") if may(each, permission)]
        for each in self._people:
            each.open_emergencies = []
        self._known: dict[tuple[object, ...], list[User]] = {}

    def on(self, record: Protected) -> list[User]:
        """Give those who may do it on a record, by their names."""
        alike = (
            frozenset(record.body_keys()), frozenset(record.people()), record.is_restricted(), record.field_class
        )  # fmt: skip
        if alike not in self._known:
            self._known[alike] = [each for each in self._people if may(each, self._permission, about=record)]
        return self._known[alike]
