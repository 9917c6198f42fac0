"""How a round of self-evaluation reads: criteria by theme with their judgement, beside the round before."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from upstream_web.core.words import count_words
from upstream_web.duty.evaluation_frameworks import Criterion, Framework, Level, Theme, read_framework
from upstream_web.duty.models import EvaluationRound, Judgement, RoundState
from upstream_web.records.columns import Tag


def framework_of(made: EvaluationRound) -> Framework:
    """Give what a round asked, as it stood when the round was begun."""
    return read_framework(copy.deepcopy(made.asked))


def kept(framework: Framework) -> dict[str, Any]:
    """Write a framework as a round keeps it, in the shape of its file."""
    told = asdict(framework)
    told["level"] = told.pop("levels")
    told["theme"] = [
        {"key": theme["key"], "title": theme["title"], "criterion": theme["criteria"]} for theme in told.pop("themes")
    ]
    return told


@dataclass(frozen=True)
class Row:
    """One criterion in a round: what is asked, the judgement, and how it was judged in the round before."""

    criterion: Criterion
    judgement: Judgement
    level: Level | None
    before: Level | None
    movement: str  # "better", "worse", "the same", or empty where one of the two is not known

    @property
    def tag(self) -> Tag:
        """The judgement as a tag."""
        if self.level is None:
            return Tag("unknown", "Not judged")
        return Tag("late" if self.level.gap else "done", self.level.title)


def previous(made: EvaluationRound) -> EvaluationRound | None:
    """Give the last signed round before this one, of the same framework."""
    found = EvaluationRound.objects.present().filter(framework=made.framework, year__lt=made.year)
    return found.filter(state=RoundState.SIGNED).order_by("-year").first()


def movement(framework: Framework, before: str, now: str) -> str:
    """Say whether a judgement became better or worse; empty where one of the two is not on the scale."""
    was, is_now = framework.rank(before), framework.rank(now)
    if was is None or is_now is None:
        return ""
    return "the same" if was == is_now else "better" if is_now < was else "worse"


def rows(made: EvaluationRound) -> list[tuple[Theme, list[Row]]]:
    """Give the criteria of a round by theme."""
    framework, earlier = framework_of(made), previous(made)
    before = {each.criterion: each.level for each in earlier.judgements.present()} if earlier else {}
    by_key = {each.criterion: each for each in made.judgements.present().select_related("gap_body", "round")}
    return [
        (theme, [_row(framework, each, by_key[each.key], before.get(each.key, "")) for each in theme.criteria])
        for theme in framework.themes
    ]


def _row(framework: Framework, criterion: Criterion, judgement: Judgement, before: str) -> Row:
    return Row(
        criterion, judgement, framework.level(judgement.level), framework.level(before),
        movement(framework, before, judgement.level),
    )  # fmt: skip


def sentence(made: EvaluationRound, by_theme: Sequence[tuple[Theme, Sequence[Row]]]) -> str:
    """Say in a sentence how a round stands and how it moved."""
    found = [row for _, those in by_theme for row in those]
    judged = [row for row in found if row.level]
    if not judged:
        return f"None of the {len(found)} criteria is judged yet."
    gaps = sum(bool(row.level and row.level.gap) for row in judged)
    better = sum(row.movement == "better" for row in judged)
    worse = sum(row.movement == "worse" for row in judged)
    said = f"{len(judged)} of {count_words(len(found), 'criterion', 'criteria')} judged, {gaps or 'none'} with a gap"
    if previous(made) is None:
        return f"{said}."
    return f"{said}; {better or 'none'} better and {worse or 'none'} worse than in the round before."


def late_gaps(on: date) -> list[Judgement]:
    """Give the open gaps of the last round of which the day has passed."""
    last = last_round()
    return list(open_gaps(last.judgements.present()).filter(gap_due_on__lt=on)) if last else []


def judged_again(made: EvaluationRound) -> dict[str, int]:
    """Give the criteria of a round that a later one has judged already, with its year."""
    later = Judgement.objects.present().filter(round__year__gt=made.year, round__framework=made.framework)
    return dict(later.exclude(level="").order_by("round__year").values_list("criterion", "round__year"))


def open_gaps(judgements: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the judgements with a gap that nobody closed yet."""
    return judgements.exclude(gap="").filter(gap_closed_on=None)


def last_signed(on: date) -> EvaluationRound | None:
    """Give the latest round that was signed off by a day; None before the first."""
    found = EvaluationRound.objects.present().filter(state=RoundState.SIGNED, signed_on__lte=on)
    return found.order_by("-year").first()


def last_round() -> EvaluationRound | None:
    """Give the latest round; None before the first."""
    return EvaluationRound.objects.present().order_by("-year").first()
