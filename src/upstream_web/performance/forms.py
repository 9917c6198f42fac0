"""Forms of the performance framework."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from upstream_web.core.clocks import rules
from upstream_web.geography import levels
from upstream_web.measures.queries import definitions
from upstream_web.organisations.models import Organisation
from upstream_web.performance.counted import all_counted
from upstream_web.performance.models import (
    Annotation,
    Baseline,
    Commentary,
    Indicator,
    QualityMark,
    Rebase,
    Source,
    Target,
)
from upstream_web.records.forms import RecordForm

NO_MEASURE = dict.fromkeys(("measure", "grain", "area_code", "breakdown", "breakdown_value"), "")
# What belongs to each source but a measure, and what is asked where it is missing.
OWN = {
    Source.TYPED: ("typed_as", "Say what is typed in for a period."),
    Source.CLOCK: ("clock", "Choose the time limit whose keeping is counted."),
    Source.RECORDS: ("counted", "Choose the share that is told by records."),
}
CHAIN_LEVELS = ("partnership", "force", "upper_tier", "csp", "district", "region", "country")


class IndicatorForm(RecordForm):
    """What an indicator is, in the order in which one thinks about it."""

    class Meta:
        """What people write."""

        model = Indicator
        fields = (
            "title", "key", "question", "level", "priority_number", "priority_name", "source", "measure", "grain",
            "area_code", "breakdown", "breakdown_value", "clock", "counted", "typed_as", "multiplier",
            "numerator_words", "denominator_words", "unit", "decimals", "polarity", "frequency", "due_after_days",
            "lead_role", "lead", "lead_body", "good", "assumption", "limits_of_use", "adopted_on", "review_on",
        )  # fmt: skip

    groups = (
        ("What it is for", ("title", "key", "question", "level", "priority_number", "priority_name")),
        ("Where values come from", ("source",)),
        ("A measure of the catalogue", ("measure", "grain", "area_code", "breakdown", "breakdown_value")),
        ("A time limit", ("clock",)),
        ("A share that records tell", ("counted",)),
        ("Typed in", ("typed_as", "multiplier", "numerator_words", "denominator_words", "due_after_days")),
        ("How to read it", ("unit", "decimals", "polarity", "frequency", "good", "assumption", "limits_of_use")),
        ("Who answers for it", ("lead_role", "lead", "lead_body", "adopted_on", "review_on")),
    )
    hints = {  # noqa: RUF012
        "key": "Small letters and hyphens, such as robbery-rate. It names rows in spreadsheets and never changes.",
        "question": "One question that a board member would ask.",
        "priority_name": "As the strategy names it. Link the priority itself below the indicator's page.",
        "grain": "Leave empty for the widest area that the measure carries.",
        "clock": "The share of clocks of this rule that fell due in the period and were met in time.",
        "counted": "The share on the last day of each period, such as the people of a team who hold a course.",
        "area_code": "The nine signs of one area, such as E06000021; empty for the whole.",
        "unit": "Such as “offences”, “%”, “per 1,000 residents”, “£ thousand”.",
        "assumption": "Why more of this should lead to the next step of the chain.",
        "limits_of_use": "What one must not conclude from it.",
        "good": "What one would see if things went well.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = definitions()
        measures = [("", "None: values are typed in"), *((name, one.title) for name, one in sorted(found.items()))]
        self._choose("measure", measures)
        self._choose("grain", [("", "The widest"), *((name, levels.choice_words(name)) for name in CHAIN_LEVELS)])
        self._choose("clock", [("", "None"), *((name, rule.title) for name, rule in rules().items())])
        shares = sorted((share.title, key) for key, share in all_counted().items())
        self._choose("counted", [("", "None"), *((key, title) for title, key in shares)])
        bodies: Any = self.fields["lead_body"]
        bodies.queryset = Organisation.objects.active()
        if self.instance.pk:
            self.fields["key"].disabled = True

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        self.fields[name] = forms.ChoiceField(
            choices=choices, required=False, label=field.label, widget=forms.Select(attrs={"class": "input select"})
        )

    def clean(self) -> dict[str, Any]:
        """Hold that a source has what belongs to it, and nothing of the other."""
        cleaned = super().clean()
        source = cleaned.get("source", "")
        own, missing = OWN.get(source, ("", ""))
        if source:
            cleaned.update({name: "" for name, _ in OWN.values() if name != own})
        if own:
            cleaned.update(NO_MEASURE)
            if not cleaned.get(own):
                self.add_error(own, missing)
        elif source:
            self._check_measure(cleaned)
        return cleaned

    def _check_measure(self, cleaned: dict[str, Any]) -> None:
        found = definitions().get(cleaned.get("measure", ""))
        if found is None:
            self.add_error("measure", "Choose the measure of the catalogue that gives the values.")
            return
        if cleaned.get("grain") and cleaned["grain"] not in found.levels:
            self.add_error("grain", f"This measure is held for {', '.join(found.levels)} only.")
        if cleaned.get("breakdown") and cleaned["breakdown"] not in found.breakdowns:
            self.add_error("breakdown", f"This measure is broken down by {', '.join(found.breakdowns) or 'nothing'}.")
        if bool(cleaned.get("breakdown")) != bool(cleaned.get("breakdown_value")):
            self.add_error("breakdown_value", "Give a breakdown and the one part of it that counts, or neither.")


class TargetForm(RecordForm):
    """A target: one value, or the points of a way to it."""

    way = forms.CharField(
        label="points of the way", required=False, widget=forms.Textarea(attrs={"data-rows": 4}),
        help_text="Leave empty for one value. Else a line for each point, its day and the value: 2027-03-31 9.5. "
        "Between two points the target moves in a straight line.",
    )  # fmt: skip

    class Meta:
        """What people write."""

        model = Target
        fields = ("side", "value", "valid_from", "valid_until", "why", "agreed_by", "agreed_on")

    field_order = ("side", "value", "way", "valid_from", "valid_until", "why", "agreed_by", "agreed_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.points:
            self.initial["way"] = "\n".join(f"{day} {value:g}" for day, value in self.instance.points)

    def clean_way(self) -> list[list[Any]]:
        """Read the points, in order of days."""
        found = [_read_point(line) for line in self.cleaned_data["way"].splitlines() if line.strip()]
        days = [day for day, _ in found]
        if days != sorted(set(days)):
            raise forms.ValidationError("Give the points in the order of their days, each day once.")
        return [[day.isoformat(), value] for day, value in found]

    def clean(self) -> dict[str, Any]:
        """Hold that there is one value or a way, and that it ends after it begins."""
        cleaned = super().clean()
        if "way" in cleaned and (cleaned.get("value") is None) == (not cleaned["way"]):
            self.add_error("value", "Give one value, or the points of a way: not both, not neither.")
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last <= first:
            self.add_error("valid_until", "The target must end after it begins.")
        self.instance.points = cleaned.get("way") or []
        return cleaned


def _read_point(line: str) -> tuple[date, float]:
    day, _, value = line.strip().partition(" ")
    try:
        return date.fromisoformat(day), float(value.replace(",", "").strip())
    except ValueError:
        raise forms.ValidationError(f"“{line.strip()}” is not a day and a value, such as 2027-03-31 9.5.") from None


class BaselineForm(RecordForm):
    """A baseline."""

    class Meta:
        """What people write."""

        model = Baseline
        fields = ("period_from", "period_until", "value", "lower", "upper", "why")

    hints = {"lower": "Both ends of the interval, or neither.", "why": "Why this time is a fair comparison."}  # noqa: RUF012

    def clean(self) -> dict[str, Any]:
        """Hold that the ends of the interval come together and hold the value."""
        cleaned = super().clean()
        lower, upper, value = cleaned.get("lower"), cleaned.get("upper"), cleaned.get("value")
        if (lower is None) != (upper is None):
            self.add_error("upper", "Give both ends of the interval, or neither.")
        elif lower is not None and upper is not None and value is not None and not lower <= value <= upper:
            self.add_error("value", "The value must lie within its interval.")
        first, last = cleaned.get("period_from"), cleaned.get("period_until")
        if first and last and last < first:
            self.add_error("period_until", "The time must end after it begins.")
        return cleaned


class CommentaryForm(RecordForm):
    """The lead's words."""

    class Meta:
        """What people write."""

        model = Commentary
        fields = ("period_start", "period_end", "so_what", "what_next", "who", "said_by")

    hints = {  # noqa: RUF012
        "so_what": "What it means for people, not what the line does: everybody can see the line.",
        "what_next": "What will be done because of it. “Nothing: ordinary variation” can be right.",
        "who": "The role that does it, and by when.",
    }

    def clean(self) -> dict[str, Any]:
        """Hold that the period ends after it begins."""
        cleaned = super().clean()
        first, last = cleaned.get("period_start"), cleaned.get("period_end")
        if first and last and last < first:
            self.add_error("period_end", "The period must end after it begins.")
        return cleaned


class AnnotationForm(RecordForm):
    """A line of the log of special causes."""

    class Meta:
        """What people write."""

        model = Annotation
        fields = ("happened_on", "what", "said_by", "evidence")

    hints = {"what": "Such as a new recording rule, a funding change, an operation that began."}  # noqa: RUF012


class RebaseForm(RecordForm):
    """A new start of the limits."""

    class Meta:
        """What people write."""

        model = Rebase
        fields = ("starts_on", "reason", "agreed_by")

    hints = {"reason": "What changed for good, and how it is known. A good run of months alone is no reason."}  # noqa: RUF012


class QualityForm(RecordForm):
    """What a person says of the quality."""

    class Meta:
        """What people write."""

        model = QualityMark
        fields = ("mark", "reasons", "said_by", "holds_from")
