"""The districts of the partnership, by the names that the build in use gives them."""

from __future__ import annotations

from upstream.exceptions import UpstreamFailure
from upstream_web.core.workbench import get_partnership
from upstream_web.geography import queries


def names() -> dict[str, str]:
    """Give each district's name by its code, in order of name; the code itself where no build names it."""
    try:
        known = {code: each.full for code, each in queries.names("district").items()}
    except UpstreamFailure:  # no build yet
        known = {}
    codes = get_partnership().config.districts
    return dict(sorted(((code, known.get(code, code)) for code in codes), key=lambda pair: pair[1]))


def choices() -> list[tuple[str, str]]:
    """Give the districts for forms and filters."""
    return list(names().items())


def name_of(code: str) -> str:
    """Give the name of one district."""
    return names().get(code, code)
