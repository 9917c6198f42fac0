"""What is done to a round of self-evaluation: beginning, judging, moderating, signing, opening again, closing gaps."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream.papers import Form, Paper
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.duty.evaluation_frameworks import frameworks
from upstream_web.duty.evaluation_paper import evaluation_paper
from upstream_web.duty.evaluations import framework_of, kept
from upstream_web.duty.models import EvaluationRound, Judgement, RoundState
from upstream_web.records.operations import keeping
from upstream_web.records.operations.papers import Rendered, keep_paper, render_ahead

FORMS: tuple[Form, ...] = ("html", "pdf", "docx")


class EvaluationRefused(WrongUse):
    """The state of a round, what is missing in it, or who asks does not allow the step."""


def _check_state(made: EvaluationRound, state: RoundState) -> None:
    if made.state != state:
        raise EvaluationRefused(
            f"{made} is {made.get_state_display().lower()}.", expected=f"One that is {state.label.lower()}."
        )


def _check_words(words: str, expected: str) -> str:
    if not words.strip():
        raise EvaluationRefused("Words are missing.", expected=expected)
    return words.strip()


@operation("self-evaluation begun")
def begin(*, made: EvaluationRound, by: Any, at: datetime) -> EvaluationRound:
    """Begin a round with a place for the judgement on each criterion of the framework as it is now."""
    framework = frameworks().get(made.framework)
    if framework is None:
        raise EvaluationRefused(f"There is no framework {made.framework!r}.", expected=", ".join(frameworks()))
    made.asked = kept(framework)
    keeping.keep_new(made, by=by, at=at)
    for place, criterion in enumerate(framework.criteria, start=1):
        judgement = Judgement(round=made, criterion=criterion.key, title=criterion.title, place=place)
        keeping.keep_new(judgement, by=by, at=at)
    tell(made, edition=framework.edition, criteria=len(framework.criteria))
    return made


@operation("criterion judged")
def judge(*, judgement: Judgement, by: Any, at: datetime) -> Judgement:
    """Write a judgement; a level that is a gap says what is missing, who puts it right and by when."""
    _check_state(judgement.round, RoundState.OPEN)
    level = framework_of(judgement.round).level(judgement.level)
    if level is None:
        raise EvaluationRefused(f"{judgement.level!r} is not on the scale.", do="Choose one of its levels.")
    _check_words(judgement.why, "Why, and what shows it.")
    if level.gap and not (judgement.gap.strip() and judgement.gap_owner.strip() and judgement.gap_due_on):
        raise EvaluationRefused(
            f"“{level.title}” is a gap.", expected="What is missing, who puts it right, and by when."
        )
    judgement.judged_by = name_of(by)
    judgement.gap_closing, judgement.gap_closed_on, judgement.gap_closed_by = "", None, ""  # judged as it is now
    tell(judgement, level=level.key)
    return keeping.keep(judgement, by=by, at=at)


@operation("gap closed")
def close_gap(*, judgement: Judgement, words: str, by: Any, at: datetime) -> Judgement:
    """Note what closed a gap; the judgement stays as it was made, and the next round judges anew."""
    if not judgement.has_open_gap:
        raise EvaluationRefused(f"{judgement} has no open gap.", expected="A gap that is not closed yet.")
    judgement.gap_closing = _check_words(words, "What closed the gap, and what shows it.")
    judgement.gap_closed_on, judgement.gap_closed_by = timezone.localdate(at), name_of(by)
    tell(judgement, criterion=judgement.criterion)
    return keeping.keep(judgement, by=by, at=at)


@operation("gap opened again")
def open_gap(*, judgement: Judgement, words: str, by: Any, at: datetime) -> Judgement:
    """Open a closed gap again, because it did not hold."""
    if judgement.gap_closed_on is None:
        raise EvaluationRefused(f"The gap of {judgement} is not closed.", expected="One that is closed.")
    tell(judgement, reason=_check_words(words, "Why the gap is open again."))
    judgement.gap_closing, judgement.gap_closed_on, judgement.gap_closed_by = "", None, ""
    return keeping.keep(judgement, by=by, at=at)


@operation("self-evaluation moderated")
def moderate(*, made: EvaluationRound, words: str, by: Any, at: datetime) -> EvaluationRound:
    """Note that a second person, who judged nothing of it, went through every judgement."""
    _check_state(made, RoundState.OPEN)
    judgements = list(made.judgements.present())
    empty = [each.title for each in judgements if not each.level]
    if empty:
        raise EvaluationRefused(f"Not judged yet: {', '.join(empty)}.", do="Judge them first.")
    if name_of(by) in {each.judged_by for each in judgements}:
        raise EvaluationRefused("Whoever judged does not moderate.", do="Ask somebody who judged nothing of it.")
    made.moderation = _check_words(words, "What moderation changed or confirmed.")
    made.state, made.moderated_by, made.moderated_on = RoundState.MODERATED, name_of(by), timezone.localdate(at)
    tell(made)
    return keeping.keep(made, by=by, at=at)


def _signed(made: EvaluationRound, *, by: Any, at: datetime) -> Paper:
    """Write the signature on a round, without keeping it, and give the paper that it then is."""
    made.state, made.signed_by, made.signed_on = RoundState.SIGNED, name_of(by), timezone.localdate(at)
    return evaluation_paper(made, made_at=at)


def _rendered(*, made: EvaluationRound, by: Any, at: datetime) -> Rendered | None:
    if made.state != RoundState.MODERATED or made.moderated_by == name_of(by):
        return None
    return render_ahead(_signed(copy(made), by=by, at=at), FORMS)


@operation("self-evaluation signed off", ahead=_rendered)
def sign(*, made: EvaluationRound, by: Any, at: datetime) -> EvaluationRound:
    """Sign a moderated round off, and freeze it as page, PDF and Word file."""
    _check_state(made, RoundState.MODERATED)
    if name_of(by) == made.moderated_by:
        raise EvaluationRefused("Whoever moderated does not sign off.", do="Ask another board member.")
    paper = _signed(made, by=by, at=at)
    keep_paper(record=made, paper=paper, by=by, at=at, reason=made.corrects, forms=FORMS)
    return keeping.keep(made, by=by, at=at)


@operation("self-evaluation opened again")
def open_again(*, made: EvaluationRound, words: str, by: Any, at: datetime) -> EvaluationRound:
    """Open a moderated or signed round again; what was signed stays kept, and the correction is signed anew."""
    if made.state == RoundState.OPEN:
        raise EvaluationRefused(f"{made} is being judged.", expected="One that is moderated or signed off.")
    made.corrects = _check_words(words, "What has to be corrected.")[:500]
    tell(made, reason=made.corrects)
    made.state, made.signed_by, made.signed_on = RoundState.OPEN, "", None
    made.moderated_by, made.moderated_on, made.moderation = "", None, ""
    return keeping.keep(made, by=by, at=at)
