"""Charters with their pledges, and the venues that signed."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record


class Charter(Record):
    """What those who sign promise, and for how long."""

    kind = "charter"
    body_lookup = "owner__key"

    title = models.CharField(max_length=160)
    pledges = models.TextField("pledges, one a line")
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="charters", verbose_name="who keeps it"
    )
    launched_on = models.DateField("launched")
    renewal_months = models.PositiveSmallIntegerField(
        "holds for, in months", default=12, validators=[MinValueValidator(1)]
    )
    target = models.PositiveIntegerField("signatures wanted", null=True, blank=True)
    target_on = models.DateField("by", null=True, blank=True)
    is_invented = models.BooleanField("invented, for the worked example", default=False)

    class Meta:
        """By name; a target has its day; it holds for some time."""

        ordering: ClassVar[list[str]] = ["title", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(target=None, target_on=None) | Q(target__isnull=False, target_on__isnull=False),
                name="charter_target_has_its_day",
                violation_error_message="Give the number wanted together with the day by which.",
            ),
            models.CheckConstraint(condition=Q(renewal_months__gte=1), name="charter_holds_for_some_time"),
        ]

    def __str__(self) -> str:
        return self.title


class VenueSort(models.TextChoices):
    """What kind of place signed."""

    PUB = "pub", "Pub, bar or club"
    SHOP = "shop", "Shop"
    FOOD = "food", "Café or restaurant"
    HOTEL = "hotel", "Hotel"
    TRANSPORT = "transport", "Taxi or bus company"
    SPORT = "sport", "Gym or sports club"
    EDUCATION = "education", "College or university"
    PUBLIC = "public", "Public body"
    OTHER = "other", "Something else"


class VisitOutcome(models.TextChoices):
    """What an accreditation visit found."""

    PASSED = "passed", "Keeps the pledges"
    PARTLY = "partly", "Keeps some of the pledges"
    FAILED = "failed", "Does not keep the pledges"


class SignUp(Record):
    """One venue under one charter. It lapses when it is not renewed, and is accredited by a visit."""

    kind = "charter-sign-up"
    body_lookup = "charter__owner__key"

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="signatures")
    venue = models.CharField("venue or organisation", max_length=160)
    sort = models.CharField("what it is", max_length=10, choices=VenueSort.choices)
    district = models.CharField(max_length=9)
    signed_on = models.DateField("signed")
    renewed_on = models.DateField("last renewed", null=True, blank=True, editable=False)
    until_on = models.DateField("holds until", editable=False)
    visited_on = models.DateField("visited", null=True, blank=True, editable=False)
    outcome = models.CharField(
        "what the visit found", max_length=6, choices=VisitOutcome.choices, blank=True, editable=False
    )
    visit_note = models.TextField("what was seen", blank=True, editable=False)
    left_on = models.DateField("left", null=True, blank=True, editable=False)
    why_left = models.CharField("why it left", max_length=300, blank=True, editable=False)
    is_invented = models.BooleanField("invented, for the worked example", default=False)

    class Meta:
        """By venue, once each; it holds after it was signed; a visit has an outcome and leaving a reason."""

        ordering: ClassVar[list[str]] = ["venue", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["charter", "venue", "district"],
                condition=Q(removed_at=None),
                name="signature_is_kept_once",
                violation_error_message="This venue signed already; renew it instead.",
            ),
            models.CheckConstraint(condition=Q(until_on__gt=F("signed_on")), name="signature_holds_after_signing"),
            models.CheckConstraint(
                condition=Q(visited_on=None, outcome="") | (Q(visited_on__isnull=False) & ~Q(outcome="")),
                name="signature_visit_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, why_left="") | (Q(left_on__isnull=False) & ~Q(why_left="")),
                name="signature_left_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.venue
