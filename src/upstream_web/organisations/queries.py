"""The reads of organisations and of people's access that other parts may use."""

from __future__ import annotations

from upstream_web.organisations.models import Organisation


def names_by_key() -> dict[str, str]:
    """Give what every organisation is called, by its key."""
    return dict(Organisation.objects.values_list("key", "name"))


def organisation_choices() -> list[tuple[str, str]]:
    """Give the organisations that work with the partnership now, for a form: key and name."""
    return list(Organisation.objects.active().values_list("key", "name"))
