"""Acts: what can be done here, in words, and their announcement to the audit trail, which listens.

An act is declared once, where it is done, and belongs to one of the kinds of processing that a log must keep
apart (Data Protection Act 2018, section 62). The trail refuses an act that nobody declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.dispatch import Signal

announced = Signal()

# What the law asks of a log beyond who, what and when: why, on whose behalf, to whom, and by which request.
CIRCUMSTANCES = ("purpose", "body", "recipient", "reason", "request_id")
_circumstances: ContextVar[Mapping[str, str]] = ContextVar("circumstances", default=MappingProxyType({}))


class ActKind(StrEnum):
    """The kinds of processing that section 62 names, and two of our own."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    ACCESS = "access"
    OWN_HABITS = "own habits"  # such as a saved filter: concerns nobody but the person who does it


class ActUnknown(LookupError):
    """Somebody announces an act that nobody declared."""


@dataclass(frozen=True)
class Act:
    """One thing that can be done, as the trail writes it: `words` complete "somebody's act: …"."""

    words: str
    kind: ActKind


_acts: dict[str, Act] = {}


def declare(words: str, kind: ActKind = ActKind.ALTERATION) -> Act:
    """Declare an act; declaring it again with the same kind is harmless, with another raises ValueError."""
    known = _acts.setdefault(words, Act(words, kind))
    if known.kind is not kind:
        raise ValueError(f"“{words}” is declared as {known.kind} and as {kind}.")
    return known


def get_act(words: str) -> Act:
    """Give the act of that name; raises `ActUnknown`."""
    try:
        return _acts[words]
    except KeyError:
        raise ActUnknown(f"“{words}” is not declared. Declare it with `core.acts.declare`.") from None


def acts() -> list[Act]:
    """Give every act that was declared, in the order of their words."""
    return [_acts[words] for words in sorted(_acts)]


def circumstances(given: Mapping[str, str]) -> dict[str, str]:
    """Give the circumstances of an act: those of the block under way, with what is `given` on top of them.

    Raises ValueError for one that the trail has no place for.
    """
    if strange := given.keys() - set(CIRCUMSTANCES):
        raise ValueError(f"The trail keeps {', '.join(CIRCUMSTANCES)}; it has no place for {', '.join(strange)}.")
    return {**_circumstances.get(), **{name: str(value) for name, value in given.items() if value}}


@contextmanager
def under(**given: str) -> Iterator[None]:
    """Do everything within the block under these circumstances, on top of those of the blocks around it.

    Example: `with under(purpose="scrutiny", body="County Council", reason=asked["reason"]): …`
    """
    token = _circumstances.set(circumstances(given))
    try:
        yield
    finally:
        _circumstances.reset(token)


def announce(
    action: str,
    *,
    by: str,
    at: datetime,
    kind: str = "",
    about: str = "",
    detail: Mapping[str, Any] | None = None,
    **given: str,
) -> None:
    """Announce that `by` did `action` at `at`; listeners run at once, inside the caller's transaction.

    What else is given are circumstances: `purpose`, `body`, `recipient`, `reason`.
    """
    announced.send(sender=None, action=action, by=by, at=at, kind=kind, about=about, detail=detail, given=given)
