"""People as papers name them: by their own name, not by that with which they sign in."""

from __future__ import annotations

from upstream_web.access.models import User


def name_shown(username: str) -> str:
    """Give the name of a person by their sign-in name; of somebody who has no account any more, what was written."""
    return User.objects.filter(username=username).values_list("name", flat=True).first() or username
