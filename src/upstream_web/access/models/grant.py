"""A role that a person was given, for an organisation or for the partnership, from one day to another."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from upstream_web.access.roles import ROLE_BY_KEY, ROLES, Role


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by when they hold."""

    def in_force(self, day: date) -> GrantQuerySet:
        """Keep those that hold on `day`, or would hold now, where `day` is today."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=day),
            Q(ended_at=None) | Q(ended_at__date__gt=day),
            starts_on__lte=day,
        )

    def of_body(self, body: str) -> GrantQuerySet:
        """Keep those given for one organisation."""
        return self.filter(body=body)


class Grant(models.Model):
    """One role of one person. It is never removed: it ends, so that who could do what stays known.

    `body` is the key of an organisation, empty for the partnership as a whole. `starts_on` and `ends_on` both belong
    to it. `ended_at` is when somebody ended it before its time; from that moment it holds no longer.
    """

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40, choices=[(role.key, role.title) for role in ROLES])
    body = models.SlugField(max_length=80, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    given_by = models.CharField(max_length=254)
    given_at = models.DateTimeField()
    ended_by = models.CharField(max_length=254, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    confirmed_by = models.CharField(max_length=254, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        """A grant is of a known role, ends after it starts, and is not open twice."""

        ordering: ClassVar[list[str]] = ["starts_on", "pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["body", "role"], name="grant_body_role")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.key for role in ROLES]), name="grant_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="grant_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by="")),
                name="grant_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=[role.key for role in ROLES if role.works_in_one_body])
                | ~models.Q(body=""),
                name="grant_of_role_in_one_body_names_it",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "body"],
                condition=models.Q(ends_on=None, ended_at=None),
                name="grant_is_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role_title}{' at ' + self.body if self.body else ''}"

    def trail_name(self) -> tuple[str, str]:
        """Point at the person: what they may do is theirs."""
        return self.user.trail_name()

    @property
    def held_as(self) -> type[Role]:
        """The role as a class."""
        return ROLE_BY_KEY[self.role]

    @property
    def role_title(self) -> str:
        """The role as people say it."""
        return self.held_as.title

    @property
    def last_day(self) -> date | None:
        """The last day of the grant, whether foreseen or not; None while no end is known."""
        if self.ended_at is None:
            return self.ends_on
        ended = timezone.localdate(self.ended_at)
        return min(ended, self.ends_on) if self.ends_on else ended

    def is_in_force(self, day: date) -> bool:
        """Whether the grant holds on `day`. On the day on which somebody ended it, it holds no longer."""
        if self.ended_at is not None and day >= timezone.localdate(self.ended_at):
            return False
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def is_over(self, day: date) -> bool:
        """Whether the grant has ended by `day`; one that has not begun is not over."""
        return self.ended_at is not None or (self.ends_on is not None and self.ends_on < day)

    @property
    def looked_at_on(self) -> date:
        """When somebody last looked whether the person needs this: at its confirmation, or when it began."""
        return self.confirmed_on or self.starts_on
