"""What is known of an indicator at a time: plain data that pages show, a quarter freezes and the board pack tells."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

KNOWN = "known"
NOT_KNOWN = "not known"
TOO_YOUNG = "too young to judge"


@dataclass(frozen=True)
class Point:
    """One period. `value` is None where it is not known; `status` says why."""

    start: date
    end: date
    label: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    status: str = NOT_KNOWN


@dataclass(frozen=True)
class Limits:
    """The limits of ordinary variation of one stretch, and the reason when it began anew."""

    starts_on: date
    centre: float
    lower: float
    upper: float
    points: int
    reason: str = ""


@dataclass(frozen=True)
class SignalSaid:
    """What the newest value tells: `kind` as the design names it, words, and the rule behind them.

    `asks` is true where the lead must comment. `then` says what was known last, where the present is not.
    """

    kind: str
    label: str
    text: str
    verdict: str
    asks: bool = False
    provisional: bool = False
    rare: bool = False
    then: str = ""


@dataclass(frozen=True)
class TargetSaid:
    """How the newest value stands to the target in force: `met` and `assurance` in the words of the library."""

    value: float
    side: str
    met: str
    assurance: str
    label: str
    text: str
    valid_until: date
    why: str
    agreed_by: str


@dataclass(frozen=True)
class BaselineSaid:
    """How the newest value stands to the time before."""

    value: float
    period: str
    standing: str
    text: str
    why: str


@dataclass(frozen=True)
class CommentSaid:
    """The lead's words."""

    period: str
    so_what: str
    what_next: str
    who: str
    said_by: str
    said_on: date


@dataclass(frozen=True)
class QualitySaid:
    """The mark of the data with its reasons, by rule, or by a person where one has spoken."""

    mark: str
    reasons: tuple[str, ...]
    by_rule: str
    said_by: str = ""


@dataclass(frozen=True)
class Event:
    """One line of the log of special causes."""

    on: date
    what: str
    said_by: str


@dataclass(frozen=True)
class Origin:
    """Where the values come from, so that they can be made again."""

    kind: str
    name: str
    method: str
    version: str = ""
    build: str = ""
    feeds: tuple[str, ...] = ()
    receipts: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    software: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """An indicator as it stands on a day, with everything needed to show it and to say where it comes from."""

    key: str
    pk: int
    title: str
    question: str
    level: str
    priority_number: int
    priority_name: str
    unit: str
    decimals: int
    polarity: str
    frequency: str
    lead: str
    good: str
    assumption: str
    limits_of_use: str
    until: date
    points: tuple[Point, ...]
    signal: SignalSaid
    quality: QualitySaid
    origin: Origin
    limits: Limits | None = None
    earlier_limits: tuple[Limits, ...] = ()
    latest: Point | None = None
    is_current: bool = False
    target: TargetSaid | None = None
    target_line: tuple[float | None, ...] = ()
    baseline: BaselineSaid | None = None
    comment: CommentSaid | None = None
    comment_is_missing: bool = False
    missing: tuple[str, ...] = ()
    events: tuple[Event, ...] = field(default=())

    @property
    def limits_start(self) -> int:
        """The place of the first point on which the present limits rest."""
        if self.limits is None:
            return 0
        return next((place for place, point in enumerate(self.points) if point.start >= self.limits.starts_on), 0)


DAYS = {"start", "end", "starts_on", "valid_until", "said_on", "on", "until"}
PARTS: dict[str, Any] = {
    "limits": Limits, "signal": SignalSaid, "target": TargetSaid, "baseline": BaselineSaid, "comment": CommentSaid,
    "quality": QualitySaid, "origin": Origin, "latest": Point,
}  # fmt: skip
LISTS: dict[str, Any] = {"points": Point, "earlier_limits": Limits, "events": Event}


def to_data(result: Result) -> dict[str, Any]:
    """Write a result as plain data fit for JSON."""
    plain: dict[str, Any] = _plain(asdict(result))
    return plain


def from_data(data: dict[str, Any]) -> Result:
    """Make a result of its plain data again."""
    read = {name: _part(name, value) for name, value in data.items()}
    return Result(**read)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _part(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in PARTS:
        return _made(PARTS[name], value)
    if name in LISTS:
        return tuple(_made(LISTS[name], each) for each in value)
    if name in DAYS:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _made(kind: Any, data: dict[str, Any]) -> Any:
    return kind(**{
        name: date.fromisoformat(value) if name in DAYS else tuple(value) if isinstance(value, list) else value
        for name, value in data.items()
    })  # fmt: skip
