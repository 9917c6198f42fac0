"""The rule behind red, amber and green: facts of an action in, a colour with its reasons out.

Every reason is a spell: it holds from one day on, some until another. The colour of a day is that of the worst
spell that holds on it, so the next day on which time alone could change the colour is known beforehand.
The thresholds are data of the partnership: see `rag_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

from upstream_web.core.words import capital, count_words, short_day_words


class Rag(StrEnum):
    """The colours, the most pressing first. Blue is done; grey is not started, or stopped."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"
    BLUE = "blue"

    @property
    def title(self) -> str:  # type: ignore[override]  # the word people use, in place of str.title
        """Say the colour and, where it is no traffic light, what it stands for."""
        return {"grey": "Not running", "blue": "Done"}.get(self.value, self.value.capitalize())


RANKS = {rag: rank for rank, rag in enumerate(Rag)}


@dataclass(frozen=True)
class RagRules:
    """The thresholds, in days and in percent; each is the first day, or the least, at which a reason holds."""

    late_red_days: int = 1
    due_soon_days: int = 14
    due_soon_percent: int = 80
    start_amber_days: int = 14
    quiet_amber_days: int = 60
    quiet_red_days: int = 120
    blocked_red_days: int = 28
    milestone_amber_days: int = 1
    milestone_red_days: int = 28
    escalate_red_days: int = 28

    @classmethod
    def from_table(cls, table: dict[str, Any]) -> Self:
        """Read thresholds from a table; raises ValueError that names every one that is unknown or no whole number."""
        known = {field.name for field in fields(cls)}
        faults = [f"{name} is not a threshold" for name in table if name not in known]
        faults += [
            f"{name} is {value!r}, expected a whole number of 0 or more"
            for name, value in table.items()
            if name in known and (type(value) is not int or value < 0)
        ]
        if faults:
            raise ValueError(f"{'; '.join(faults)}. Known thresholds: {', '.join(sorted(known))}.")
        return cls(**table)


@dataclass(frozen=True)
class Step:
    """A milestone that was not reached, or an action that is needed and not done; `ended` when it never will be."""

    name: str
    due_on: date
    ended: bool = False


@dataclass(frozen=True)
class ActionFacts:
    """What the rule looks at."""

    state: str
    starts_on: date
    due_on: date
    percent: int = 0
    done_on: date | None = None
    blocked_on: date | None = None
    blocked_by: str = ""
    last_note_on: date | None = None
    confidence: str = ""
    milestones: tuple[Step, ...] = ()
    needs: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why an action has its colour: a code with the day it counts from and what it is about.

    Words are made when somebody reads them, because “12 days ago” is another text tomorrow.
    """

    code: str
    day: date
    about: str = ""

    def kept(self) -> list[str]:
        """Give it as a list of texts for the database."""
        return [self.code, self.day.isoformat(), self.about]

    @classmethod
    def from_kept(cls, kept: list[str]) -> Self:
        """Read it back from the database."""
        code, day, about = kept
        return cls(code, date.fromisoformat(day), about)

    def words(self, on: date) -> str:
        """Say it as it reads on a day."""
        return WORDS[self.code](self, on)


def _ago(since: date, on: date) -> str:
    days = (on - since).days
    if days == 0:
        return "today"
    return "yesterday" if days == 1 else f"{count_words(days, 'day')} ago"


def _ahead(until: date, on: date) -> str:
    days = (until - on).days
    if days < 0:
        return f"was due {_ago(until, on)}"
    return {0: "due today", 1: "due tomorrow"}.get(days, f"due in {count_words(days, 'day')}")


def _begins(day: date, on: date) -> str:
    if day > on:
        return f"Starts on {short_day_words(day)}"
    return f"Should have started {_ago(day, on)}"


WORDS: dict[str, Any] = {
    "done": lambda reason, on: f"Done on {short_day_words(reason.day)}",
    "stopped": lambda reason, on: "Stopped",
    "waiting": lambda reason, on: _begins(reason.day, on),
    "on_course": lambda reason, on: f"On course, {_ahead(reason.day, on)}",
    "late": lambda reason, on: f"Due {_ago(reason.day, on)}",
    "due_soon": lambda reason, on: f"{capital(_ahead(reason.day, on))} and {reason.about}% done",
    "start_late": lambda reason, on: _begins(reason.day, on),
    "quiet": lambda reason, on: f"No progress note for {count_words((on - reason.day).days, 'day')}",
    "blocked": lambda reason, on: f"Blocked since {short_day_words(reason.day)}: {reason.about.rstrip('.')}",
    "milestone": lambda reason, on: f"Milestone “{reason.about}” was due {_ago(reason.day, on)}",
    "need_late": lambda reason, on: f"Needs “{reason.about}”, which was due {_ago(reason.day, on)}",
    "need_ended": lambda reason, on: f"Needs “{reason.about}”, which was stopped",
    "low_confidence": lambda reason, on: f"Low confidence of its lead since {short_day_words(reason.day)}",
}  # fmt: skip


@dataclass(frozen=True)
class Spell:
    """A reason with its colour, the first day on which it holds, and the last where there is one."""

    rag: Rag
    reason: Reason
    first: date = date.min
    last: date = date.max

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.first <= on <= self.last


@dataclass(frozen=True)
class Verdict:
    """The colour of a day, why, and the next day on which time alone could change it."""

    rag: Rag
    reasons: tuple[Reason, ...]
    turns_on: date | None


def judge(facts: ActionFacts, on: date, rules: RagRules) -> Verdict:
    """Work out the colour of an action on a day; the first reason is the one that decides it."""
    known = list(_spells(facts, rules))
    holding = sorted((spell for spell in known if spell.holds(on)), key=lambda spell: RANKS[spell.rag])
    turns = {day for spell in known for day in (spell.first, _after(spell.last)) if day > on and day < date.max}
    told = tuple(
        dict.fromkeys(spell.reason for spell in holding if spell.rag is holding[0].rag or spell.rag is Rag.AMBER)
    )
    return Verdict(holding[0].rag, told, min(turns, default=None))


def _after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _spells(facts: ActionFacts, rules: RagRules) -> Iterator[Spell]:
    """Give every spell of an action; exactly one of them always holds, whatever the day."""
    if facts.state == "done":
        yield Spell(Rag.BLUE, Reason("done", facts.done_on or facts.due_on))
        return
    if facts.state == "stopped":
        yield Spell(Rag.GREY, Reason("stopped", facts.due_on))
        return
    yield Spell(Rag.RED, Reason("late", facts.due_on), _days(facts.due_on, rules.late_red_days))
    if facts.state == "not_started":
        yield from _not_started(facts, rules)
    else:
        yield Spell(Rag.GREEN, Reason("on_course", facts.due_on))
        yield from _running(facts, rules)
    yield from _others(facts, rules)


def _not_started(facts: ActionFacts, rules: RagRules) -> Iterator[Spell]:
    begins = Reason("start_late", facts.starts_on)
    amber_from = _days(facts.starts_on, max(rules.start_amber_days, 1))
    yield Spell(Rag.GREY, Reason("waiting", facts.starts_on))
    yield Spell(Rag.AMBER, begins, amber_from)


def _running(facts: ActionFacts, rules: RagRules) -> Iterator[Spell]:
    if facts.state == "blocked" and facts.blocked_on is not None:
        blocked = Reason("blocked", facts.blocked_on, facts.blocked_by)
        red_from = _days(facts.blocked_on, rules.blocked_red_days)
        yield Spell(Rag.AMBER, blocked, last=_days(red_from, -1))
        yield Spell(Rag.RED, blocked, red_from)
    if facts.percent < rules.due_soon_percent:
        soon = Reason("due_soon", facts.due_on, str(facts.percent))
        yield Spell(
            Rag.AMBER, soon, _days(facts.due_on, -rules.due_soon_days), _days(facts.due_on, rules.late_red_days - 1)
        )
    quiet = Reason("quiet", facts.last_note_on or facts.starts_on)
    yield Spell(Rag.AMBER, quiet, _days(quiet.day, rules.quiet_amber_days), _days(quiet.day, rules.quiet_red_days - 1))
    yield Spell(Rag.RED, quiet, _days(quiet.day, rules.quiet_red_days))
    if facts.confidence == "low" and facts.last_note_on is not None:
        yield Spell(Rag.AMBER, Reason("low_confidence", facts.last_note_on))


def _others(facts: ActionFacts, rules: RagRules) -> Iterator[Spell]:
    for step in facts.milestones:
        missed = Reason("milestone", step.due_on, step.name)
        red_from = _days(step.due_on, rules.milestone_red_days)
        yield Spell(Rag.AMBER, missed, _days(step.due_on, rules.milestone_amber_days), _days(red_from, -1))
        yield Spell(Rag.RED, missed, red_from)
    for step in facts.needs:
        if step.ended:
            yield Spell(Rag.AMBER, Reason("need_ended", step.due_on, step.name))
        else:
            yield Spell(Rag.AMBER, Reason("need_late", step.due_on, step.name), _days(step.due_on, 1))


def _days(day: date, count: int) -> date:
    return day + timedelta(days=count)


def escalates(rag: Rag, since: date, on: date, rules: RagRules) -> bool:
    """Tell whether an action has been red for so long that the rule asks for it to be escalated."""
    return rag is Rag.RED and (on - since).days >= rules.escalate_red_days
