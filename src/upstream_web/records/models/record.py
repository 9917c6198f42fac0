"""A record: something of the partnership's work that people write, change and answer for."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import models
from django.urls import reverse

from upstream_web.access.authorisation import scope_of
from upstream_web.access.permissions import Permission
from upstream_web.access.purposes import FieldClass

Kept = TypeVar("Kept", bound="Record")


class Records(models.QuerySet[Kept], Generic[Kept]):
    """Records by whether they are there and by who may see them."""

    def present(self) -> Self:
        """Those that were not removed."""
        return self.filter(removed_at__isnull=True)

    def visible_to(self, person: Any, permission: Permission) -> Self:
        """Those that `person` may have under `permission`: the same answer as `may`, asked of a whole table."""
        scope = scope_of(person, permission)
        if scope.nothing:
            return self.none()
        found = self.filter(self._within(scope))
        return found.filter(self._open(scope)) if self.model.restricted_lookup else found

    def _within(self, scope: Any) -> models.Q:
        if scope.everything:
            return models.Q()
        within = models.Q(pk__in=[])
        if self.model.body_lookup and scope.bodies:
            within |= models.Q(**{f"{self.model.body_lookup}__in": scope.bodies})
        for lookup in self.model.people_lookups:
            within |= models.Q(**{lookup: scope.person})
        return within

    def _open(self, scope: Any) -> models.Q:
        opened = models.Q(**{self.model.restricted_lookup: False}) | models.Q(pk__in=scope.opened(self.model.kind))
        for lookup in self.model.people_lookups:
            opened |= models.Q(**{lookup: scope.person})
        return opened


class Record(models.Model):
    """What every record keeps about itself.

    `version` counts the changes; whoever saves says which one they began from, so that nobody's words are lost.
    A removed record stays, out of sight, and can be brought back.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(editable=False)
    made_by = models.CharField(max_length=254, editable=False)
    changed_at = models.DateTimeField(editable=False)
    changed_by = models.CharField(max_length=254, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    # What the record says of itself to the one authorisation function: how to find the body that owns it and the
    # people named on it (their sign-in names), and whether it is closed to all others.
    kind: ClassVar[str] = ""
    body_lookup: ClassVar[str] = ""
    people_lookups: ClassVar[tuple[str, ...]] = ()
    restricted_lookup: ClassVar[str] = ""
    field_class: ClassVar[FieldClass] = FieldClass.ORDINARY

    objects: ClassVar[Records[Any]] = Records.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def get_absolute_url(self) -> str:
        """Give the address of the record's own page, which is named as its kind."""
        return reverse(self.kind, args=[self.pk])

    def trail_name(self) -> tuple[str, str]:
        """Give kind and key, as the trail writes them."""
        return self.kind, str(self.pk)

    def body_keys(self) -> frozenset[str]:
        """Give the keys of the bodies that own the record."""
        return _values(self, (self.body_lookup,) if self.body_lookup else ())

    def people(self) -> frozenset[str]:
        """Give the sign-in names of the people named on the record."""
        return _values(self, self.people_lookups)

    def is_restricted(self) -> bool:
        """Tell whether the record is closed to all but those named on it."""
        return bool(self.restricted_lookup and getattr(self, self.restricted_lookup))


def _values(record: Record, lookups: tuple[str, ...]) -> frozenset[str]:
    """Follow lookups of one-to-one and foreign keys from a record, as the queryset does for a table."""
    found = set()
    for lookup in lookups:
        value: Any = record
        for name in lookup.split("__"):
            value = getattr(value, name, None)
        if value:
            found.add(str(value))
    return frozenset(found)
