"""What the state of a review, an action or a brief allows, with the reason where it does not."""

from __future__ import annotations

from upstream.exceptions import WrongUse
from upstream_web.core.words import count_words
from upstream_web.reviews import codes, identifying
from upstream_web.reviews.models import BriefDraft, BriefState, IncidentReview


class ReviewStepRefused(WrongUse):
    """The state of a review, what is missing in it, or who asks does not allow the step."""


def check_open(review: IncidentReview) -> None:
    """Raise `ReviewStepRefused` for a review that is closed."""
    if review.closed_on:
        raise ReviewStepRefused(
            f"“{review}” was closed on {review.closed_on:%-d %B %Y}.", do="Open it again first, and say why."
        )


def check_words(words: str, expected: str) -> str:
    """Give the words, or raise `ReviewStepRefused` where there are none."""
    if not words.strip():
        raise ReviewStepRefused("Words are missing.", expected=expected)
    return words.strip()


def missing_before_closure(review: IncidentReview) -> list[str]:
    """Say what is still to be done before a review can be closed; nothing when it can."""
    open_steps = [step.title for step in review.steps.present() if step.is_open]
    actions = list(review.actions.present().prefetch_related("rechecks"))
    undone = sum(action.done_on is None for action in actions)
    unchecked = sum(each.checked_on is None for action in actions if action.done_on for each in action.rechecks.all())
    found = [] if review.learning_agreed_on else ["The learning is not agreed."]
    found += [f"Steps are open: {', '.join(open_steps)}."] if open_steps else []
    found += [] if review.publication else ["It is not decided what is published."]
    found += [f"{count_words(undone, 'action is', 'actions are')} not done."] if undone else []
    found += [f"{count_words(unchecked, 're-check is', 're-checks are')} still to come."] if unchecked else []
    return found


def brief_texts(brief: BriefDraft) -> list[str]:
    """Give every text that goes out with a brief."""
    points = brief.review.learning.present().filter(in_brief=True)
    said = [text for point in points for text in (point.said_in_brief, point.for_whom)]
    return [brief.title, brief.background, brief.asks, brief.further, *said]


def check_brief_can_be_checked(brief: BriefDraft, by: str, confirmed: list[str]) -> None:
    """Raise `ReviewStepRefused` unless a second person confirmed every line of a brief that has something to say."""
    if brief.state != BriefState.DRAFT:
        raise ReviewStepRefused(f"“{brief}” is {brief.get_state_display().lower()}.", expected="A draft.")
    if by == brief.written_by:
        raise ReviewStepRefused(
            "Whoever wrote a brief does not check it.", do="Ask another person who is named on the review."
        )
    if brief.review.learning_agreed_on is None:
        raise ReviewStepRefused("The learning of the review is not agreed yet.", do="Agree it first.")
    if not brief.review.learning.present().filter(in_brief=True).exists():
        raise ReviewStepRefused("No learning point stands in the brief.", do="Choose at least one.")
    left = [check.asks for check in codes.checklist() if check.key not in confirmed]
    if left:
        raise ReviewStepRefused(f"Not confirmed: {' '.join(left)}", do="Change the brief where it does not hold.")
    found = identifying.traces(brief_texts(brief))
    if found:
        named = "; ".join(f"{each.sort} (“{each.words}”)" for each in found[:6])
        raise ReviewStepRefused(
            f"The brief still holds {named}.", do="Write it in more general words, and check again."
        )
