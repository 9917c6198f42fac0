"""A person who signs in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from upstream_web.access.roles import ROLE_BY_KEY, ROLES


class UserManager(BaseUserManager["User"]):
    """Finds people; names are compared without regard to case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Give the person who signs in with `username`."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person with one role. People are made inactive rather than deleted, so that the trail keeps its sense."""

    username = models.CharField("sign-in name", max_length=254, unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=40, choices=[(role.key, role.title) for role in ROLES])
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True, blank=True)
    visit_before_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        """Names are unique whatever their case; only known roles are kept."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("username"), name="user_username_unique_whatever_case"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.key for role in ROLES]), name="user_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def role_title(self) -> str:
        """The role as people say it."""
        role = ROLE_BY_KEY.get(self.role)
        return role.title if role else "No role"
