"""Forms of single steps: signing, varying, filling a return in, paying, scoring, deciding."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django import forms
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.models import User
from upstream_web.access.permissions import Permission
from upstream_web.commissioning.forms import NO_NAMES
from upstream_web.commissioning.models import (
    DECIDED,
    HIGHEST_MARK,
    Assessment,
    Bid,
    BidState,
    FundingRound,
    Grant,
    Payment,
    ProviderReturn,
)
from upstream_web.records.forms import SharedForm, StyledForm

MARKS = [(str(mark), str(mark)) for mark in range(HIGHEST_MARK + 1)]


def _people() -> Any:
    return User.objects.filter(is_active=True).order_by("name")


class WordsForm(StyledForm):
    """One question that is answered in words."""

    words = forms.CharField(widget=forms.Textarea, max_length=2000)

    def __init__(self, *args: Any, question: str = "Why", needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = question
        self.fields["words"].required = needed
        self.style()


class DayForm(StyledForm):
    """A day, today unless another is given."""

    on = forms.DateField(label="On", initial=timezone.localdate)


class SigningForm(DayForm):
    """When both sides signed, and why more is promised than there is, should it be so."""

    over_reason = forms.CharField(label="Why more is promised than the fund has", max_length=500, required=False)
    hints = {"over_reason": "Only where the fund does not hold it."}  # noqa: RUF012


class VaryingForm(StyledForm):
    """What a variation brings."""

    agreed_on = forms.DateField(label="Agreed on", initial=timezone.localdate)
    new_value = forms.DecimalField(label="Value from now on, in pounds", max_digits=12, decimal_places=2, min_value=0)
    new_ends_on = forms.DateField(label="Ends")
    changes = forms.CharField(label="What else changes", widget=forms.Textarea, required=False)
    reason = forms.CharField(label="Why", widget=forms.Textarea)
    over_reason = forms.CharField(label="Why more is promised than the fund has", max_length=500, required=False)
    hints = {"over_reason": "Only where the fund does not hold it."}  # noqa: RUF012

    def __init__(self, *args: Any, grant: Grant, **kwargs: Any) -> None:
        kwargs["initial"] = {"new_value": grant.value, "new_ends_on": grant.ends_on}
        super().__init__(*args, **kwargs)


class EndingForm(DayForm):
    """When and why an agreement ends early."""

    reason = forms.CharField(label="Why", widget=forms.Textarea, max_length=500)


class HandingOverForm(StyledForm):
    """Who looks after an agreement from now on."""

    to = forms.ModelChoiceField(User.objects.none(), label="Who looks after it from now on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found: Any = self.fields["to"]
        found.queryset = _people()
        found.label_from_instance = attrgetter("name")


class FillingForm(SharedForm):
    """A return: a figure for each target, spending, and words."""

    spent = forms.DecimalField(
        label="Spent in the period, in pounds", max_digits=12, decimal_places=2, min_value=0, required=False
    )
    spent_note = forms.CharField(label="Why that differs from the plan", max_length=500, required=False)
    narrative = forms.CharField(
        label="What went well, what did not, and what comes next", widget=forms.Textarea, max_length=6000,
        required=False,
    )  # fmt: skip
    hints = {"narrative": NO_NAMES + " Say here why a figure is not known."}  # noqa: RUF012

    def __init__(self, *args: Any, made: ProviderReturn, **kwargs: Any) -> None:
        kept = {each.target_id: each.value for each in made.figures.all()}
        self.targets = list(made.grant.targets.present())
        kwargs["initial"] = {
            "spent": made.spent, "spent_note": made.spent_note, "narrative": made.narrative,
            **{f"target-{each.pk}": kept.get(each.pk) for each in self.targets},
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        asked = {
            f"target-{each.pk}": forms.DecimalField(
                label=f"{each.title} ({each.get_unit_display()})", max_digits=9, decimal_places=1, min_value=0,
                required=False, help_text=_target_hint(each),
            )
            for each in self.targets
        }  # fmt: skip
        self.fields = asked | self.fields
        self.style()

    def figures(self) -> dict[int, Any]:
        """Give what was delivered by the key of each target; None where the field was left empty."""
        return {each.pk: self.cleaned_data.get(f"target-{each.pk}") for each in self.targets}


def _target_hint(target: Any) -> str:
    said = (
        f"{target.get_sort_display()}. Target for a period: {target.per_period.normalize():f}. Leave it empty when it "
    )
    return f"{said}is not known; write 0 only for none. {target.how}".strip()


class AskingForm(StyledForm):
    """What asking for a payment needs."""

    invoiced_on = forms.DateField(label="Invoice or claim received on", required=False)
    override = forms.CharField(label="Why it is paid without the return", max_length=500, required=False)
    hints = {"override": "Only where the payment is held."}  # noqa: RUF012


class PayingForm(DayForm):
    """How a payment was made."""

    paid = forms.DecimalField(label="Paid, in pounds", max_digits=12, decimal_places=2, min_value=0)
    reference = forms.CharField(label="Where it stands in the accounts", max_length=120, required=False)
    reason = forms.CharField(label="Why less was paid than was approved", max_length=500, required=False)

    def __init__(self, *args: Any, payment: Payment, **kwargs: Any) -> None:
        kwargs["initial"] = {"paid": payment.amount}
        super().__init__(*args, **kwargs)


class PanelForm(SharedForm):
    """Who assesses the bids of a round."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label="Who assesses", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, funding_round: FundingRound, **kwargs: Any) -> None:
        kwargs["initial"] = {"people": [each.person_id for each in funding_round.panel.present()]}
        super().__init__(*args, **kwargs)
        able = [person.pk for person in _people() if may(person, Permission.BID_SCORE)]
        found: Any = self.fields["people"]
        found.queryset = _people().filter(pk__in=able)
        found.label_from_instance = attrgetter("name")


class DeclaringForm(StyledForm):
    """Whether an assessor has an interest."""

    has_interest = forms.ChoiceField(
        label="Have you an interest in this bid?", choices=[("no", "No"), ("yes", "Yes")], widget=forms.Select
    )
    interest = forms.CharField(label="What it is", max_length=500, required=False)
    hints = {  # noqa: RUF012
        "has_interest": "A seat on its board, work for it or family in it, or anything that others could take for one. "
        "Whoever has an interest does not score.",
    }


class ScoringForm(StyledForm):
    """A mark and its reason for each criterion."""

    remarks = forms.CharField(label="Remarks on the bid as a whole", widget=forms.Textarea, required=False)

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        self.criteria = list(assessment.bid.round.criteria.present())
        kept = {each.criterion_id: each for each in assessment.scores.all()}
        initial = {"remarks": assessment.remarks}
        for each in self.criteria:
            if each.pk in kept:
                initial |= {f"mark-{each.pk}": str(kept[each.pk].mark), f"why-{each.pk}": kept[each.pk].why}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {}
        for each in self.criteria:
            hint = f"0 for nothing, {HIGHEST_MARK} for: {each.asks or 'all that could be asked'} (weight {each.weight})"
            asked[f"mark-{each.pk}"] = forms.ChoiceField(
                label=each.title, choices=[("", "Choose"), *MARKS], help_text=hint
            )
            asked[f"why-{each.pk}"] = forms.CharField(label=f"{each.title}: why", max_length=500, required=False)
        self.fields = asked | self.fields
        self.style()

    def marks(self) -> dict[int, tuple[int, str]]:
        """Give the mark and its reason by the key of each criterion."""
        said = self.cleaned_data
        return {each.pk: (int(said[f"mark-{each.pk}"]), said[f"why-{each.pk}"]) for each in self.criteria}


class DecidingForm(SharedForm):
    """What is decided about a bid, and why."""

    to = forms.ChoiceField(label="Decision", choices=[(each.value, BidState(each).label) for each in DECIDED])
    offered = forms.DecimalField(
        label="Offered, in pounds", max_digits=12, decimal_places=2, min_value=0, required=False
    )
    reason = forms.CharField(label="Reasons", widget=forms.Textarea, max_length=3000)
    hints = {"reason": "They stand in the letter to the organisation."}  # noqa: RUF012

    def __init__(self, *args: Any, bid: Bid, **kwargs: Any) -> None:
        decided = {"to": bid.state, "reason": bid.reason} if bid.state in DECIDED else {}
        kwargs["initial"] = {"offered": bid.offered or bid.asked, **decided}
        super().__init__(*args, **kwargs)


class WithdrawingForm(DayForm):
    """When and why a bid was taken back."""

    reason = forms.CharField(label="Why", max_length=500, required=False)


class AwardsForm(StyledForm):
    """The days of signing for the list of awards."""

    since = forms.DateField(label="Signed from")
    until = forms.DateField(label="Signed until")
