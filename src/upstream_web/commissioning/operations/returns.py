"""What is done to a provider's return: filling in, sending, accepting, sending back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.commissioning import policies
from upstream_web.commissioning.models import OPEN, ProviderReturn, ReturnFigure, ReturnState
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.core.words import short_day_words
from upstream_web.records.operations import keeping


class ReturnNotReady(WrongUse):
    """The state of the return, what is missing in it, or who asks does not allow the step."""


def _check_open(made: ProviderReturn) -> None:
    if closed := policies.why_return_closed(made):
        raise ReturnNotReady(closed, do="Ask for it to be sent back if something in it is wrong.")


@operation("provider’s return filled in")
def fill(
    *, made: ProviderReturn, figures: Mapping[int, Decimal | None], spent: Decimal | None, spent_note: str,
    narrative: str, by: Any, at: datetime,
) -> ProviderReturn:  # fmt: skip
    """Write what was delivered, by the key of each target, what was spent, and the provider's own words."""
    _check_open(made)
    kept = {each.target_id: each for each in made.figures.all()}
    for target in made.grant.targets.present():
        figure = kept.get(target.pk)
        if figure is None:
            new = ReturnFigure(made_return=made, target=target, value=figures.get(target.pk))
            keeping.keep_new(new, by=by, at=at)
        elif figure.value != figures.get(target.pk):
            figure.value = figures.get(target.pk)
            keeping.keep(figure, by=by, at=at)
    made.spent, made.spent_note, made.narrative = spent, spent_note.strip(), narrative.strip()
    tell(made)
    return keeping.keep(made, by=by, at=at)


def missing(made: ProviderReturn) -> list[str]:
    """Name what a return lacks before it can be sent; a figure not known may stay so, with words on why."""
    kept = {each.target_id: each.value for each in made.figures.all()}
    unknown = [str(target) for target in made.grant.targets.present() if kept.get(target.pk) is None]
    found = [] if made.spent is not None else ["what was spent"]
    if not made.narrative:
        found.append("what went well, what did not, and what comes next")
        found += [f"a figure for “{each}”, or words on why it is not known" for each in unknown]
    return found


@operation("provider’s return sent")
def send(*, made: ProviderReturn, by: Any, at: datetime) -> ProviderReturn:
    """Send a return in to be checked, once its period is over."""
    _check_open(made)
    if made.ends_on > timezone.localdate(at):
        raise ReturnNotReady(
            f"Its period runs until {short_day_words(made.ends_on)}.", do="Send it in when the period is over."
        )
    if lacking := missing(made):
        raise ReturnNotReady(f"The return lacks: {'; '.join(lacking)}.", do="Fill it in first.")
    made.state, made.reason = ReturnState.SENT, ""
    made.sent_on, made.sent_by = timezone.localdate(at), name_of(by)
    made.checked_on, made.checked_by = None, ""
    tell(made, due=str(made.due_on))
    return keeping.keep(made, by=by, at=at)


def _check_sent(made: ProviderReturn, by: Any) -> None:
    if made.state != ReturnState.SENT:
        raise ReturnNotReady(f"{made} is {made.get_state_display().lower()}.", expected="One that was sent.")
    if made.sent_by == name_of(by):
        raise ReturnNotReady("You sent this return yourself.", do="Let another person check it.")


@operation("provider’s return accepted")
def accept(*, made: ProviderReturn, by: Any, at: datetime) -> ProviderReturn:
    """Accept a return, so that payments that need it are released and its figures count."""
    _check_sent(made, by)
    made.state, made.checked_on, made.checked_by = ReturnState.ACCEPTED, timezone.localdate(at), name_of(by)
    tell(made)
    return keeping.keep(made, by=by, at=at)


@operation("provider’s return sent back")
def send_back(*, made: ProviderReturn, reason: str, by: Any, at: datetime) -> ProviderReturn:
    """Send a return back with what is to be put right; an accepted one too, when an error comes to light."""
    if made.state in OPEN:
        raise ReturnNotReady(f"{made} is with the provider already.", expected="One that was sent or accepted.")
    if not reason.strip():
        raise ReturnNotReady("Words are missing.", expected="What is to be put right.")
    if made.payments.filter(state="paid").exists():
        tell(warning="a payment that needed it is paid")
    made.state, made.reason, made.times_back = ReturnState.BACK, reason.strip(), made.times_back + 1
    made.checked_on, made.checked_by = timezone.localdate(at), "" if made.sent_by == name_of(by) else name_of(by)
    tell(made, reason=made.reason)
    return keeping.keep(made, by=by, at=at)
