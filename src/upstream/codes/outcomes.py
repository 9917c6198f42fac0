"""What came of an investigation: the Home Office's outcome types, and the words of data.police.uk for them.

Two counts must never be mixed: outcomes of crimes *recorded* in a period, and of investigations *closed* in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from upstream.codes.reading import UnknownCode, plain, read_toml


class State(StrEnum):
    """Whether the police have ended their investigation."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class OutcomeType:
    """One outcome type of the Home Office. `positive`: a sanction, or a resolution agreed with the offender."""

    number: int
    name: str
    group: str
    positive: bool

    @property
    def state(self) -> State:
        """Closed, except for number 0, which is no outcome yet and never belongs in a total of outcomes."""
        return State.OPEN if self.number == 0 else State.CLOSED

    @property
    def no_further_action(self) -> bool:
        """The investigation ended without sanction, resolution, diversion or another body taking over."""
        return self.state is State.CLOSED and not self.positive and self.group not in DEALT_WITH_OTHERWISE


@dataclass(frozen=True)
class PoliceUkOutcome:
    """One outcome in the words of data.police.uk, which often join several outcome types or tell a court's result."""

    name: str
    variants: tuple[str, ...]
    types: tuple[int, ...]
    group: str
    state: State
    positive: bool

    @property
    def no_further_action(self) -> bool:
        """The investigation ended without sanction, resolution, diversion or another body taking over."""
        return self.state is State.CLOSED and not self.positive and self.group not in DEALT_WITH_OTHERWISE


DEALT_WITH_OTHERWISE = ("diversion", "passed to another body")


@cache
def outcome_types() -> tuple[OutcomeType, ...]:
    """List the Home Office's outcome types in order of number, 0 (none yet) to 22."""
    return tuple(OutcomeType(**item) for item in read_toml("outcome_types.toml")["type"])


@cache
def police_uk_outcomes() -> tuple[PoliceUkOutcome, ...]:
    """List the outcomes of data.police.uk, open ones first."""
    return tuple(_outcome(item) for item in read_toml("police_uk_outcomes.toml")["outcome"])


def outcome_type(number: int) -> OutcomeType:
    """Find the outcome type with that number; raises `UnknownCode`."""
    for item in outcome_types():
        if item.number == number:
            return item
    raise UnknownCode(f"There is no outcome type {number}.", expected="a number from 0 to 22")


def police_uk_outcome(name: str) -> PoliceUkOutcome:
    """Find an outcome by the words of data.police.uk, in any of its spellings; raises `UnknownCode`.

    >>> police_uk_outcome("Offender given a penalty notice").types
    (6,)
    """
    try:
        return _by_words()[plain(name)]
    except KeyError:
        raise UnknownCode(
            f"“{name}” is not an outcome of data.police.uk that is known here.",
            do="If the publisher has a new one, add it to codes/police_uk_outcomes.toml.",
        ) from None


@cache
def _by_words() -> dict[str, PoliceUkOutcome]:
    return {plain(word): item for item in police_uk_outcomes() for word in (item.name, *item.variants)}


def _outcome(item: dict[str, object]) -> PoliceUkOutcome:
    return PoliceUkOutcome(
        name=str(item["name"]),
        variants=tuple(item.get("variants", ())),  # type: ignore[arg-type]
        types=tuple(item["types"]),  # type: ignore[arg-type]
        group=str(item["group"]),
        state=State(str(item["state"])),
        positive=bool(item["positive"]),
    )
