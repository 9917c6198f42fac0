"""What organisations are called, for pages about grants. Who keeps organisations says so when the site starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from upstream_web.access.models import Grant

Names = Callable[[], Mapping[str, str]]


def _none() -> Mapping[str, str]:
    return {}


_known: list[Names] = [_none]


def known_by(names: Names) -> None:
    """Take the names of organisations by their keys from `names`, a function that reads them all at once."""
    _known[0] = names


def names_by_key() -> Mapping[str, str]:
    """Read what every organisation is called, once for all the lines of a list."""
    return _known[0]()


def with_names(grants: Iterable[Grant], names: Mapping[str, str] | None = None) -> list[tuple[Grant, str]]:
    """Give grants, each with the name of its organisation; empty for the partnership as a whole.

    `names` are those by key where they were read already; where there are none they are read.
    """
    listed = list(grants)
    if names is None:
        names = names_by_key() if any(grant.body for grant in listed) else {}
    return [(grant, names.get(grant.body, grant.body)) for grant in listed]
