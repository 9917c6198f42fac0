"""What is done to an action of a review: finishing it with what shows its effect, and looking again later."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from upstream_web.core.clocks import due_on as last_day
from upstream_web.core.days import check_has_come
from upstream_web.core.operations import operation, tell
from upstream_web.records.operations import keeping
from upstream_web.reviews.models import RECHECKS, Recheck, ReviewAction
from upstream_web.reviews.policies import ReviewStepRefused, check_open, check_words


@operation("action of a review done")
def finish(*, action: ReviewAction, on: date, words: str, effect: str, by: Any, at: datetime) -> ReviewAction:
    """Note that an action was done and what shows that it works; two re-checks follow."""
    check_open(action.review)
    if action.done_on:
        raise ReviewStepRefused(f"“{action}” was done on {action.done_on:%-d %B %Y}.")
    if on < action.review.aware_on:
        raise ReviewStepRefused(
            "An action of a review comes after the incident.",
            expected=f"From {action.review.aware_on:%-d %B %Y} on.",
        )
    check_has_come(on, at)
    said = check_words(words, "What was done.")
    action.effect = check_words(effect, "What shows that it works: a count, an audit, what people say.")
    action.done_on, action.done_words, action.not_lasting = on, said, ""
    keeping.keep(action, by=by, at=at)
    for name in RECHECKS:
        if not action.rechecks.present().filter(clock=name, began_on=on).exists():
            check = Recheck(action=action, clock=name, began_on=on, due_on=last_day(name, on))
            keeping.keep_new(check, by=by, at=at)
    tell(action, on=on.isoformat())
    return action


@operation("action of a review looked at again")
def recheck(
    *, check: Recheck, on: date, lasts: bool, words: str, due_on: date | None = None, by: Any, at: datetime
) -> Recheck:
    """Note what a later look found; an action that did not last is open again, with a new day by which it is due."""
    action = check.action
    check_open(action.review)
    if check.checked_on or action.done_on is None:
        raise ReviewStepRefused("This was looked at already, or the action is open.", do="Look at the next re-check.")
    if on < check.began_on:
        raise ReviewStepRefused("The look comes after the action.", expected=f"From {check.began_on:%-d %B %Y} on.")
    check_has_come(on, at)
    if not lasts and (due_on is None or due_on < on):
        raise ReviewStepRefused("It did not last.", expected="A new day, from the look on, by which it is put right.")
    check.checked_on, check.lasts, check.words = on, lasts, check_words(words, "What was found.")
    keeping.keep(check, by=by, at=at)
    if not lasts and due_on is not None:
        _begin_again(action, check, due_on, by=by, at=at)
    tell(action, lasts=lasts)
    return check


def _begin_again(action: ReviewAction, check: Recheck, due_on: date, *, by: Any, at: datetime) -> None:
    """Open an action again; looks that were still to come fall away, for they counted from what did not last."""
    for later in action.rechecks.present().filter(checked_on=None):
        later.removed_at = at
        keeping.keep(later, by=by, at=at)
    action.done_on, action.due_on, action.not_lasting = None, due_on, check.words
    keeping.keep(action, by=by, at=at)
