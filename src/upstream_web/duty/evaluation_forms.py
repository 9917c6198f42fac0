"""Forms of the self-evaluation."""

from __future__ import annotations

from typing import Any

from django import forms

from upstream_web.duty import evaluations
from upstream_web.duty.evaluation_frameworks import framework_choices
from upstream_web.duty.forms import DutyForm
from upstream_web.duty.models import EvaluationRound, Judgement


class RoundForm(DutyForm):
    """A round."""

    framework = forms.ChoiceField(label="What is asked", choices=framework_choices)

    class Meta:
        """What people write."""

        model = EvaluationRound
        fields = ("framework", "year", "begun_on", "due_on", "summary")

    hints = {"summary": "Two or three sentences, once the criteria are judged."}  # noqa: RUF012

    def clean(self) -> dict[str, Any]:
        """It is signed after it began; what is asked stays once it began."""
        cleaned = super().clean()
        begun, due = cleaned.get("begun_on"), cleaned.get("due_on")
        if begun and due and due < begun:
            self.add_error("due_on", "It would be signed before it begins: give a later day.")
        if self.instance.pk and cleaned.get("framework") != self.initial.get("framework"):
            self.add_error("framework", "The criteria stand already. Begin another round instead.")
        return cleaned


ASKED_OF_A_GAP = (
    ("gap", "There is a gap: say what is missing."),
    ("gap_owner", "There is a gap: say who puts it right."),
    ("gap_due_on", "There is a gap: say by when it is put right."),
)


class JudgementForm(DutyForm):
    """A judgement on the scale of its round."""

    level = forms.ChoiceField(label="Judgement")

    class Meta:
        """What people write."""

        model = Judgement
        fields = ("level", "why", "strengths", "gap", "gap_body", "gap_owner", "gap_due_on")

    hints = {  # noqa: RUF012
        "why": "Link the records that show it on the page of the judgement, or attach papers there.",
        "gap": "It becomes an action when you link one of the delivery plan (“led to”).",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = evaluations.framework_of(self.instance.round) if self.instance.pk else None
        levels = self.framework.levels if self.framework else ()
        choices = [("", "not judged"), *((each.key, f"{each.title}: {each.asks}") for each in levels)]
        self.fields["level"].choices = choices  # type: ignore[attr-defined]
        self.fields["why"].required = True

    def clean(self) -> dict[str, Any]:
        """A gap says what, who and when."""
        cleaned = super().clean()
        level = self.framework.level(cleaned.get("level", "")) if self.framework else None
        is_gap = bool(cleaned.get("gap")) or bool(level and level.gap)
        for name, words in ASKED_OF_A_GAP:
            if is_gap and not cleaned.get(name):
                self.add_error(name, words)
        return cleaned
