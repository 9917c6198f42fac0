"""The one way to change records: an operation is one transaction and leaves exactly one line in the trail.

    @operation("risk escalated")
    def escalate(*, risk: Risk, to: Body, by: User, at: datetime) -> Risk:
        ...
        tell(to=to.key)
        return risk

An operation may call others. They then belong to the outer one: same transaction, and the trail gets one line,
the outer one's, which names them under `with`. Slow work that writes no record, such as rendering a paper, is done
`ahead` of the transaction, so that it keeps no lock while others wait to write. What must wait until the change is
kept (letters, notices that leave the database) goes through `django.db.transaction.on_commit`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Protocol, TypeVar, cast, runtime_checkable

import reversion
from django.db import transaction

from upstream_web.core.acts import ActKind, announce, declare

Function = TypeVar("Function", bound=Callable[..., Any])


@runtime_checkable
class Named(Protocol):
    """Something that the trail can point at."""

    def trail_name(self) -> tuple[str, str]:
        """Give the kind of thing and which one it is, both short and without personal data."""
        ...


@dataclass
class Line:
    """What will be written about the operation under way."""

    words: str
    kind: str = ""
    about: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    ready: Any = None  # what was done ahead of the transaction

    def point_at(self, thing: object) -> None:
        """Say what the operation was about, unless it has been said."""
        if not self.kind and isinstance(thing, Named):
            self.kind, self.about = thing.trail_name()


# Told among the facts, these stand in columns of their own.
TOLD_APART = ("purpose", "recipient", "reason")

_under_way: ContextVar[Line | None] = ContextVar("operation under way", default=None)


class NoOperationUnderWay(RuntimeError):
    """Something is told to the trail, or written, outside an operation."""


def under_way() -> Line:
    """Give the line of the operation under way; raises `NoOperationUnderWay`."""
    line = _under_way.get()
    if line is None:
        raise NoOperationUnderWay("Records are changed by operations only; see upstream_web.core.operations.")
    return line


def is_under_way() -> bool:
    """Tell whether this thread is within an operation."""
    return _under_way.get() is not None


def tell(about: object = None, **detail: Any) -> None:
    """Add facts to the line of the operation under way: short, fit for JSON, no personal data beyond sign-in names."""
    line = under_way()
    line.point_at(about)
    line.detail.update(detail)


def name_of(by: Any) -> str:
    """Give the sign-in name of whoever acts; a name stays as it is."""
    return by if isinstance(by, str) else by.get_username()


def operation(
    words: str, kind: ActKind = ActKind.ALTERATION, *, ahead: Callable[..., Any] | None = None
) -> Callable[[Function], Function]:
    """Make an operation of a function that takes keywords only, among them `by` and `at`.

    `ahead` is called first, with the same, outside the transaction; what it gives is `under_way().ready`. Within
    another operation it is not called, as the transaction has begun: the function must do without.

    What it is about is taken from `tell`, else from what it gives back, else from the first thing it was given
    that has a name for the trail.
    """
    declare(words, kind)

    def mark(function: Function) -> Function:
        @wraps(function)
        def carried_out(*, by: Any, at: datetime, **given: Any) -> Any:
            outer = _under_way.get()
            ready = ahead(by=by, at=at, **given) if ahead is not None and outer is None else None
            line = outer or Line(words, ready=ready)
            if outer is not None:
                outer.detail.setdefault("with", []).append(words)
            token = _under_way.set(line)
            try:
                with transaction.atomic(), reversion.create_revision(atomic=False):
                    if outer is None:
                        _head_history(words, by=by, at=at)
                    result = function(by=by, at=at, **given)
                    if outer is None:
                        _announce(line, (result, *given.values()), by=name_of(by), at=at)
            finally:
                _under_way.reset(token)
            return result

        carried_out.operation = words  # type: ignore[attr-defined]
        return cast(Function, carried_out)

    return mark


def _head_history(words: str, *, by: Any, at: datetime) -> None:
    """Say on the states that the operation leaves behind who did what, and when."""
    reversion.set_comment(words)
    reversion.set_date_created(at)
    if not isinstance(by, str):
        reversion.set_user(by)


def _announce(line: Line, candidates: tuple[object, ...], *, by: str, at: datetime) -> None:
    for thing in candidates:
        line.point_at(thing)
    given = {name: str(line.detail.pop(name)) for name in TOLD_APART if name in line.detail}
    announce(line.words, by=by, at=at, kind=line.kind, about=line.about, detail=line.detail, **given)
