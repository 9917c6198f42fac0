"""A record: something of the partnership's work that people write, change and answer for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from upstream_web.access.authorisation import scope_of
from upstream_web.access.permissions import Permission
from upstream_web.access.purposes import FieldClass
from upstream_web.access.scope import Scope
from upstream_web.records import rules
from upstream_web.records.models.answers import answers_in_use, question_of

Kept = TypeVar("Kept", bound="Record")
NONE = models.Q(pk__in=[])
ANY_KEY = 9_876_543_210


class Records(models.QuerySet[Kept], Generic[Kept]):
    """Records by whether they are there and by who may see them."""

    def present(self) -> Self:
        """Those that were not removed."""
        return self.filter(removed_at__isnull=True)

    def visible_to(self, person: Any, permission: Permission) -> Self:
        """Those that `permission` reaches for `person`: the rule of `Scope.covers`, asked of a whole table."""
        scope = scope_of(person, permission, field_class=self.model.field_class)
        if scope.nothing:
            return self.none()
        named = self._named(scope)
        reached = models.Q() if scope.everything else self._reached(scope, named)
        if self.model.restricted_lookup:
            reached &= models.Q(**{self.model.restricted_lookup: False}) | named
        opened = [key for kind, key in scope.opened if kind == self.model.kind]
        return self.filter(reached | models.Q(pk__in=opened) if opened else reached)

    def _fetch_all(self) -> None:
        """Read the rows, unless the block under way has the answer to the same question."""
        answers = answers_in_use()
        if answers is None or self._result_cache is not None:
            super()._fetch_all()
            return
        question = question_of(self)
        self._result_cache = answers.find(question)
        super()._fetch_all()
        answers.keep(question, self._result_cache or [])

    def _reached(self, scope: Scope, named: models.Q) -> models.Q:
        reached = named if scope.own else NONE
        return reached | self._of_bodies(sorted(scope.bodies)) if scope.bodies else reached

    def _named(self, scope: Scope) -> models.Q:
        """Ask for those that name the person; a kind whose people stand in a table of their own asks there."""
        return _any_of({lookup: scope.person for lookup in self.model.people_lookups})

    def _of_bodies(self, bodies: list[str]) -> models.Q:
        """Ask for those that belong to one of the bodies."""
        return models.Q(**{f"{self.model.body_lookup}__in": bodies}) if self.model.body_lookup else NONE


def _any_of(values: dict[str, Any]) -> models.Q:
    found = NONE
    for lookup, value in values.items():
        found |= models.Q(**{lookup: value})
    return found


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

    # What the record says of itself to the one authorisation function: where the key of the body that owns it stands
    # (such as "body__key"), where the people named on it (such as "lead_id"), and whether it is closed to all others.
    kind: ClassVar[str] = ""
    body_lookup: ClassVar[str] = ""
    people_lookups: ClassVar[tuple[str, ...]] = ()
    restricted_lookup: ClassVar[str] = ""
    field_class: ClassVar[FieldClass] = FieldClass.ORDINARY

    objects: ClassVar[Any] = Records.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def validate_constraints(self, exclude: Iterable[str] | None = None) -> None:
        """Raise `ValidationError` when a rule of the database does not hold, in words rather than by its name.

        Many rules hold among records that were not removed. No form shows when one was; it is known all the same.
        """
        unknown = set(exclude or ()) - {"removed_at"}
        found: dict[str, Any] = {}
        for model, constraints in self.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self, exclude=unknown)
                except ValidationError:
                    found = ValidationError(rules.said_of(constraint, self)).update_error_dict(found)
        if found:
            raise ValidationError(found)

    def get_absolute_url(self) -> str:
        """Give the address of the record's own page, which is named as its kind."""
        before, after = _address_around_key(self.kind)
        return f"{before}{self.pk}{after}"

    def trail_name(self) -> tuple[str, str]:
        """Give kind and key, as the trail writes them."""
        return self.kind, str(self.pk)

    def body_keys(self) -> frozenset[str]:
        """Give the keys of the bodies that own the record."""
        return frozenset(_values(self, (self.body_lookup,) if self.body_lookup else ()))

    def assigned(self) -> frozenset[int]:
        """Give the keys of the people whose work the record is; they are told when it becomes theirs."""
        return frozenset(_values(self, self.people_lookups))

    def people(self) -> frozenset[int]:
        """Give the keys of the people named on the record, who may see it even when it is restricted."""
        return self.assigned()

    def is_restricted(self) -> bool:
        """Tell whether the record is closed to all but those named on it."""
        return bool(self.restricted_lookup and getattr(self, self.restricted_lookup))


@cache
def _address_around_key(kind: str) -> tuple[str, str]:
    """Give what stands before and behind the key in the address of a kind: a list of fifty asks fifty times."""
    before, after = reverse(kind, args=[ANY_KEY]).split(str(ANY_KEY))
    return before, after


def _values(record: Record, lookups: tuple[str, ...]) -> Iterator[Any]:
    """Follow lookups from one record, as the queryset does for a table."""
    for lookup in lookups:
        value: Any = record
        for name in lookup.split("__"):
            value = getattr(value, name, None)
        if value:
            yield value
