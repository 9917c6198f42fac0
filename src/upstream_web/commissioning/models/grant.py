"""An agreement to provide a service: a grant or a contract, what it has to bring, and how it was varied."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from upstream_web.commissioning.models.fund import Fund
from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record


class GrantSort(models.TextChoices):
    """Under which law it stands: one asks for a report, the other for an invoice."""

    GRANT = "grant", "Grant"
    CONTRACT = "contract", "Contract"


class GrantState(models.TextChoices):
    """Where it stands."""

    DRAFT = "draft", "Being drawn up"
    SIGNED = "signed", "Signed"
    ENDED = "ended", "Ended early"


class Monitoring(models.IntegerChoices):
    """How many months lie between two returns."""

    MONTHLY = 1, "Every month"
    QUARTERLY = 3, "Every quarter"
    HALF_YEARLY = 6, "Every half year"
    YEARLY = 12, "Every year"


class Pays(models.TextChoices):
    """When the payments of a period fall due; the schedule is made from it on signing."""

    ADVANCE = "advance", "At the beginning of each period"
    ARREARS = "arrears", "After the return of each period"
    BY_HAND = "by_hand", "By a schedule of its own"


class Grant(Record):
    """One service bought from or granted to one provider out of one fund.

    From signing on its money, days and terms change by variations only, which keep what they replaced.
    """

    kind = "grant"
    body_lookup = "provider__key"
    people_lookups = ("manager_id",)

    title = models.CharField("service", max_length=160)
    sort = models.CharField("grant or contract", max_length=8, choices=GrantSort.choices, default=GrantSort.GRANT)
    reference = models.CharField("reference", max_length=40, blank=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="grants")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    buys = models.TextField("what is to be provided")
    starts_on = models.DateField("starts")
    ends_on = models.DateField("ends")
    value = models.DecimalField("value, in pounds", max_digits=12, decimal_places=2)
    pays = models.CharField("payments", max_length=8, choices=Pays.choices, default=Pays.ARREARS)
    monitoring = models.PositiveSmallIntegerField("returns", choices=Monitoring.choices, default=Monitoring.QUARTERLY)
    break_clause = models.TextField("how it may be ended early", blank=True)
    break_on = models.DateField("next day on which it may be ended", null=True, blank=True)
    extension_clause = models.TextField("how it may be extended", blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name="who looks after it",
    )  # fmt: skip
    state = models.CharField(max_length=6, choices=GrantState.choices, default=GrantState.DRAFT, editable=False)
    signed_on = models.DateField("signed", null=True, blank=True, editable=False)
    over_reason = models.CharField(
        "why more was promised than the fund has", max_length=500, blank=True, editable=False
    )
    ended_on = models.DateField("ended early", null=True, blank=True, editable=False)
    ended_reason = models.CharField("why it ended early", max_length=500, blank=True, editable=False)
    is_invented = models.BooleanField("the figures are invented, for the worked example", default=False)

    class Meta:
        """The latest first; it ends after it starts; what is signed has its day, what ended its day and reason."""

        ordering: ClassVar[list[str]] = ["-starts_on", "title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="grant_ends_after_start"),
            models.CheckConstraint(condition=Q(value__gte=0), name="grant_value_not_below_nothing"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(signed_on__isnull=False), name="grant_signed_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | (Q(ended_on__isnull=False) & ~Q(ended_reason="")),
                name="grant_ended_has_day_and_reason",
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=Q(removed_at=None) & ~Q(reference=""), name="grant_reference_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date:
        """The day on which it ends, or ended."""
        return self.ended_on or self.ends_on

    @property
    def is_signed(self) -> bool:
        """Whether its terms are settled, so that they change by variation only."""
        return self.state != GrantState.DRAFT

    @property
    def has_ended_early(self) -> bool:
        """Whether nothing is promised beyond what was and will be paid."""
        return self.state == GrantState.ENDED

    def runs_on(self, day: date) -> bool:
        """Tell whether the service is to be provided on a day."""
        return self.is_signed and self.starts_on <= day <= self.last_day


class TargetSort(models.TextChoices):
    """What was done, or what came of it."""

    OUTPUT = "output", "Output"
    OUTCOME = "outcome", "Outcome"


class CountedUnit(models.TextChoices):
    """What one of a target is. Providers are compared only where this is the same."""

    PEOPLE_SUPPORTED = "people_supported", "people supported"
    PEOPLE_IMPROVED = "people_improved", "people better off by the agreed measure"
    PEOPLE_REACHED = "people_reached", "people reached"
    PUPILS_REACHED = "pupils_reached", "pupils reached"
    PEOPLE_TRAINED = "people_trained", "people trained"
    CONTACTS = "contacts", "contacts offered"
    SESSIONS = "sessions", "sessions held"
    PLACES = "places", "places filled"
    HOURS = "hours", "hours provided"
    VISITS = "visits", "visits made"
    OTHER = "other", "other"


COUNTS_PEOPLE = frozenset(unit for unit in CountedUnit if unit.startswith(("people", "pupils")))


class Target(Record):
    """One output or outcome that a service owes in each period."""

    kind = "grant-target"
    body_lookup = "grant__provider__key"

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="targets")
    sort = models.CharField("output or outcome", max_length=7, choices=TargetSort.choices)
    title = models.CharField("what is counted", max_length=160)
    unit = models.CharField("counted in", max_length=18, choices=CountedUnit.choices)
    per_period = models.DecimalField("target for each period", max_digits=9, decimal_places=1)
    how = models.CharField("how it is counted", max_length=300, blank=True)

    class Meta:
        """Outputs after outcomes, as they were written; never less than nothing."""

        ordering: ClassVar[list[str]] = ["grant", "-sort", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(per_period__gte=0), name="grant_target_not_below_nothing"),
            models.UniqueConstraint(
                fields=["grant", "title"], condition=Q(removed_at=None), name="grant_target_title_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def counts_people(self) -> bool:
        """Whether small numbers of it could point at somebody."""
        return self.unit in COUNTS_PEOPLE


class Variation(Record):
    """One agreed change of a signed agreement; what it replaced stands beside what it brought."""

    kind = "grant-variation"
    body_lookup = "grant__provider__key"

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="variations", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    agreed_on = models.DateField("agreed")
    reason = models.TextField("why")
    changes = models.TextField("what else changes", blank=True)
    old_value = models.DecimalField("value before, in pounds", max_digits=12, decimal_places=2, editable=False)
    new_value = models.DecimalField("value from now on, in pounds", max_digits=12, decimal_places=2)
    old_ends_on = models.DateField("ended before", editable=False)
    new_ends_on = models.DateField("ends from now on")

    class Meta:
        """In order; numbered once; something changes."""

        ordering: ClassVar[list[str]] = ["grant", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["grant", "number"], name="grant_variation_numbered_once"),
            models.CheckConstraint(
                condition=~Q(old_value=F("new_value")) | ~Q(old_ends_on=F("new_ends_on")) | ~Q(changes=""),
                name="grant_variation_changes_something",
            ),
        ]

    def __str__(self) -> str:
        return f"Variation {self.number} of {self.grant}"
