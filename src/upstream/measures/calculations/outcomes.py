"""What came of a crime, in the words of data.police.uk, put together into the groups that measures speak of."""

from __future__ import annotations

from collections.abc import Callable

from upstream.codes.outcomes import PoliceUkOutcome, State, police_uk_outcomes


def _words(wanted: Callable[[PoliceUkOutcome], bool]) -> tuple[str, ...]:
    """List every spelling of the outcomes wanted."""
    return tuple(word for item in police_uk_outcomes() if wanted(item) for word in (item.name, *item.variants))


# Open holds two: no decision yet, and none that reached the publisher. Files made since 2025 do not use the first,
# and the second stands for both there, so that the two can only be read together.
GROUPS: dict[str, tuple[str, ...]] = {
    "open": _words(lambda item: item.state is not State.CLOSED),
    "positive": _words(lambda item: item.positive),
    "charged": _words(lambda item: item.group == "charged or summonsed"),
    "out of court": _words(lambda item: item.group.startswith("out of court")),
    "no suspect": _words(lambda item: item.group == "no suspect identified"),
    "unable to prosecute": _words(lambda item: item.group == "unable to prosecute"),
    "passed on": _words(lambda item: item.group == "passed to another body"),
    "not in the public interest": _words(lambda item: item.group in ("not in the public interest", "diversion")),
}
