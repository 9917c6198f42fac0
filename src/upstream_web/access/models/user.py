"""A person who signs in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property  # which a prefetch knows not to ask

if TYPE_CHECKING:
    from upstream_web.access.models.emergency import EmergencyAccess
    from upstream_web.access.models.grant import Grant

NO_ROLE = "No access yet"


class UserManager(BaseUserManager["User"]):
    """Finds people; names are compared without regard to case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Give the person who signs in with `username`."""
        return self.get(username__iexact=username)

    def with_rights(self) -> models.QuerySet[User]:
        """Give people with all that says what they may, read once for all of them: to ask of many what each may do."""
        from upstream_web.access.models.emergency import EmergencyAccess

        emergencies = EmergencyAccess.objects.open_at(timezone.now())
        open_now = models.Prefetch("emergencies", emergencies, to_attr="open_emergencies")
        return self.prefetch_related("grants", open_now)  # type: ignore[no-redef]


class User(AbstractBaseUser):
    """A person. What they may do is in their grants; without one they see their own account and nothing else.

    People are made inactive rather than deleted, so that the trail keeps its sense.
    """

    username = models.CharField("sign-in name", max_length=254, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField("e-mail address", blank=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True, blank=True)
    visit_before_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """Names are unique whatever their case, and so are addresses, because both say who somebody is."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("username"), name="user_username_unique_whatever_case"),
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="user_email_unique_whatever_case"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def trail_name(self) -> tuple[str, str]:
        """Say how the trail points at this person."""
        return "user", self.username

    @cached_property
    def all_grants(self) -> list[Grant]:
        """Every grant the person ever had, read once for as long as this object lives: one request."""
        return list(self.grants.all())

    @cached_property
    def open_emergencies(self) -> list[EmergencyAccess]:
        """The records that the person has open in an emergency, read once for as long as this object lives."""
        return list(self.emergencies.open_at(timezone.now()))

    def forget_grants(self) -> None:
        """Read grants and emergencies again at the next question."""
        self.__dict__.pop("all_grants", None)
        self.__dict__.pop("open_emergencies", None)

    def refresh_from_db(self, *args: object, **kwargs: object) -> None:
        """Read everything again, grants too."""
        self.forget_grants()
        super().refresh_from_db(*args, **kwargs)  # type: ignore[arg-type]

    def grants_on(self, day: date | None = None) -> list[Grant]:
        """Give the grants in force on `day`, or today."""
        day = day or timezone.localdate()
        return [grant for grant in self.all_grants if grant.is_in_force(day)]

    @property
    def bodies(self) -> frozenset[str]:
        """Keys of the organisations for which the person has a grant today."""
        return frozenset(grant.body for grant in self.grants_on() if grant.body)

    @property
    def role_title(self) -> str:
        """The roles of today as people say them."""
        return ", ".join(dict.fromkeys(grant.role_title for grant in self.grants_on())) or NO_ROLE
