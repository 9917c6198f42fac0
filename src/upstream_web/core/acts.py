"""Acts: what can be done here, in words, and their announcement to the audit trail, which listens.

An act is declared once, where it is done, and belongs to one of the kinds of processing that a log must keep
apart (Data Protection Act 2018, section 62). The trail refuses an act that nobody declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.dispatch import Signal

announced = Signal()


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


def announce(
    action: str, *, by: str, at: datetime, kind: str = "", about: str = "", detail: Mapping[str, Any] | None = None
) -> None:
    """Announce that `by` did `action` at `at`; listeners run at once, inside the caller's transaction."""
    announced.send(sender=None, action=action, by=by, at=at, kind=kind, about=about, detail=detail)
