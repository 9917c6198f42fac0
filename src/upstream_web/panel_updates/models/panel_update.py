"""A plan update: what was done under each priority, for the panel that holds the commissioner to account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.records.models import Record


class UpdateState(models.TextChoices):
    """Where an update stands."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


class PanelUpdate(Record):
    """One update to one meeting of the panel."""

    kind = "panel-update"

    title = models.CharField(max_length=200)
    panel = models.CharField("to which panel", max_length=200)
    panel_on = models.DateField("meeting of the panel")
    since = models.DateField("reports from")
    until = models.DateField("reports until")
    purpose = models.TextField("purpose of the report", blank=True)
    asks = models.TextField("what the panel is asked to do", blank=True)
    background = models.TextField(blank=True)
    contact = models.CharField("whom to ask", max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=UpdateState.choices, default=UpdateState.DRAFT, editable=False)
    drafted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        """The newest meeting first; it reports on days that it names in order."""

        ordering: ClassVar[list[str]] = ["-panel_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="panel_update_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def opening(self) -> list[tuple[str, str]]:
        """What stands before the progress: heading and Markdown, as far as somebody wrote it."""
        parts = [
            ("Purpose of the report", self.purpose),
            ("Recommendation", self.asks),
            ("Background", self.background),
        ]
        return [(heading, text) for heading, text in parts if text]


class UpdateSection(Record):
    """What an update says under one heading: the words that the records gave, and those that a person made of them."""

    kind = "update-section"

    update = models.ForeignKey(PanelUpdate, on_delete=models.PROTECT, related_name="sections", editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    subject = models.CharField(max_length=60, editable=False)  # what it is about, whatever its heading: "priority 3"
    heading = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    drafted = models.TextField(blank=True, editable=False)

    class Meta:
        """In the order of the paper."""

        ordering: ClassVar[list[str]] = ["update", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["update", "subject"],
                condition=models.Q(removed_at__isnull=True),
                name="update_section_one_for_a_subject",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def is_as_drafted(self) -> bool:
        """Whether nobody has changed the drafted words."""
        return self.text == self.drafted
