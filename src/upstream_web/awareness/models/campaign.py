"""Campaigns, and figures on how far each channel reached."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from upstream_web.organisations.models import Organisation
from upstream_web.records.code_lists import CodeList
from upstream_web.records.models import Record


class Channel(models.TextChoices):
    """Where a campaign speaks."""

    SOCIAL = "social", "Social media"
    VIDEO = "video", "Video and streaming"
    RADIO = "radio", "Radio and audio"
    PRESS = "press", "Press"
    POSTERS = "posters", "Posters and screens"
    BUSES = "buses", "Buses and stations"
    LEAFLETS = "leaflets", "Leaflets"
    EVENTS = "events", "Events"
    VENUES = "venues", "Shops, barbers, gyms and clubs"
    WEBSITE = "website", "Web site"
    SCHOOLS = "schools", "Schools"


class Campaign(Record):
    """What a campaign wants of whom, where and when; what it cost, and what came of it."""

    kind = "campaign"
    body_lookup = "lead_body__key"

    title = models.CharField(max_length=160)
    aim = models.TextField("what should be different afterwards")
    audience = models.CharField("for whom", max_length=200)
    channels = CodeList(max_length=100, choices=Channel.choices)
    lead_body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="campaigns", verbose_name="who leads"
    )
    starts_on = models.DateField("starts")
    ends_on = models.DateField("ends")
    cost_planned = models.DecimalField(
        "planned, in pounds", max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    cost_spent = models.DecimalField(
        "spent, in pounds", max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    what_changed = models.TextField("what changed", blank=True)
    evaluation = models.TextField("how that is known, and how sure it is", blank=True)
    evaluated_on = models.DateField("looked back on", null=True, blank=True)
    is_invented = models.BooleanField("invented, for the worked example", default=False)

    class Meta:
        """The latest first; it ends after it starts; what changed is said with how it is known."""

        ordering: ClassVar[list[str]] = ["-starts_on", "title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="campaign_ends_after_it_starts",
                violation_error_message="It ends before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(what_changed="") | ~Q(evaluation=""),
                name="campaign_effect_says_how_it_is_known",
                violation_error_message="Say how it is known what changed, and how sure it is.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Counted(models.TextChoices):
    """What a figure of reach counts. Only the first two count people, and only one of these counts each once."""

    PEOPLE = "people", "Different people, as measured"
    ATTENDANCES = "attendances", "People present, counted each time"
    IMPRESSIONS = "impressions", "Times shown"
    VIEWS = "views", "Videos played"
    CLICKS = "clicks", "Clicks"
    VISITS = "visits", "Visits to a page"
    COPIES = "copies", "Copies handed out or put up"
    AUDIENCE = "audience", "Usual audience, estimated"


class Reach(Record):
    """One figure from one channel: its source, and what it counts. Figures of different kinds are never added up."""

    kind = "campaign-reach"
    body_lookup = "campaign__lead_body__key"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reach")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    counts = models.CharField("what it counts", max_length=12, choices=Counted.choices)
    number = models.PositiveIntegerField()
    from_on = models.DateField("from")
    until_on = models.DateField("until")
    source = models.CharField("where the figure is from", max_length=200)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        """By channel; days in order; each figure has a source."""

        ordering: ClassVar[list[str]] = ["campaign", "channel", "from_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(from_on__lte=F("until_on")),
                name="reach_days_in_order",
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="reach_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.get_counts_display().lower()}"
