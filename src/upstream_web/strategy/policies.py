"""What the state of the plan allows: moves of an action, words of a published strategy, circles of dependencies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from upstream.exceptions import WrongUse
from upstream_web.core.words import count_words, short_day_words
from upstream_web.strategy.models import Action, ActionState, Strategy

NOT_STARTED, UNDER_WAY, BLOCKED, DONE, STOPPED = (
    ActionState.NOT_STARTED,
    ActionState.UNDER_WAY,
    ActionState.BLOCKED,
    ActionState.DONE,
    ActionState.STOPPED,
)

# From a state to those it may be followed by.
MOVES: Mapping[ActionState, tuple[ActionState, ...]] = {
    NOT_STARTED: (UNDER_WAY, BLOCKED, DONE, STOPPED),
    UNDER_WAY: (DONE, BLOCKED, STOPPED, NOT_STARTED),
    BLOCKED: (UNDER_WAY, DONE, STOPPED),
    DONE: (UNDER_WAY,),
    STOPPED: (NOT_STARTED, UNDER_WAY),
}
# What a person is asked when an action moves there; a move to any other state asks nothing.
ASKED: Mapping[ActionState, str] = {BLOCKED: "What blocks it?", STOPPED: "Why was it stopped?"}
REOPENED = "Why is it opened again?"


class MoveRefused(WrongUse):
    """An action may not go to that state now."""


class DependencyRefused(WrongUse):
    """An action may not need that other one."""


class StrategyClosed(WrongUse):
    """The words of a published strategy are not changed."""


def asked_at(action: Action, to: str) -> str:
    """Give the question that moving the action there raises; empty for none."""
    if action.state in (DONE, STOPPED):
        return REOPENED
    return ASKED.get(ActionState(to), "")


def check_move(action: Action, to: str, *, words: str, open_milestones: int) -> None:
    """Raise `MoveRefused` unless the action may go to that state; `words` answer what the move asks."""
    allowed = MOVES[ActionState(action.state)]
    if to not in allowed:
        raise MoveRefused(
            f"“{action}” is {_said(action.state)} and cannot become {_said(to)}.",
            expected=f"One of: {', '.join(_said(each) for each in allowed)}.",
            do="Choose one of these.",
        )
    if to == DONE and open_milestones:
        raise MoveRefused(
            f"“{action}” has {count_words(open_milestones, 'milestone')} not reached.",
            expected="All milestones reached, or removed.",
            do="Say when each was reached, or remove it, then finish the action.",
        )
    if asked_at(action, to) and not words.strip():
        raise MoveRefused(
            f"“{action}” cannot become {_said(to)} without words.",
            expected=f"An answer to: {asked_at(action, to)}",
            do="Answer it in a sentence.",
        )


def _said(state: str) -> str:
    return f"“{ActionState(state).label}”"


def check_rebaseline(action: Action, due_on: date, reason: str) -> None:
    """Raise `MoveRefused` unless the day an action is due may be moved there."""
    if not action.is_open:
        raise MoveRefused(
            f"“{action}” is {_said(action.state)}.", expected="An open action.", do="Open it again first."
        )
    if due_on == action.due_on:
        raise MoveRefused("That is the day it is due already.", expected="Another day.", do="Give the new day.")
    if due_on < action.starts_on:
        raise MoveRefused(
            f"It would be due before it starts on {short_day_words(action.starts_on)}.",
            expected="A day on or after that.",
            do="Give a later day, or change when it starts.",
        )
    if not reason.strip():
        raise MoveRefused("No reason is given.", expected="Why the day moves.", do="Say it in a sentence.")


def check_open_to_words(strategy: Strategy) -> None:
    """Raise `StrategyClosed` when the strategy was published."""
    if not strategy.is_draft:
        raise StrategyClosed(
            f"“{strategy}” was published and is not changed.",
            expected="A draft.",
            do="Begin a review; it makes the next version beside this one.",
        )


def makes_a_circle(needs: Mapping[int, Collection[int]], action: int, needed: int) -> bool:
    """Tell whether an action that needs `needed` would come to need itself; `needs` are the dependencies there are."""
    seen, ahead = set[int](), [needed]
    while ahead:
        here = ahead.pop()
        if here == action:
            return True
        if here not in seen:
            seen.add(here)
            ahead.extend(needs.get(here, ()))
    return False


def faults_of(action: Action) -> list[str]:
    """List what is wrong with the values of an action taken together, in words; empty when nothing is."""
    faults = []
    if not action.title.strip():
        faults.append("It has no title.")
    if action.due_on < action.starts_on:
        faults.append(
            f"It is due on {short_day_words(action.due_on)}, before it starts on {short_day_words(action.starts_on)}."
        )
    if not 0 <= action.percent <= 100:
        faults.append(f"{action.percent}% done is not between 0 and 100.")
    if action.cost_planned < 0 or action.cost_spent < 0:
        faults.append("A cost is below 0.")
    if action.state == DONE and action.percent != 100:
        faults.append("A done action is 100% done.")
    return faults
