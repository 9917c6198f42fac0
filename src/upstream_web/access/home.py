"""Where a person comes to after signing in."""

from __future__ import annotations

from django.urls import reverse

from upstream_web.access.authorisation import Person, may
from upstream_web.access.permissions import Permission


def home_of(person: Person) -> str:
    """Give the address of the home page, or of their own account for those who may see nothing else."""
    return reverse("today") if may(person, Permission.HOME_VIEW) else reverse("account")
