"""A piece of background work."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models


class Jobs(models.QuerySet["Job"]):
    """Jobs by what can be done with them."""

    def claimable(self, *, stale: datetime) -> Jobs:
        """Those that wait, and those whose worker has been silent since before `stale`."""
        return self.filter(models.Q(state=Job.State.WAITING) | models.Q(state=Job.State.RUNNING, alive_at__lt=stale))

    def open(self) -> Jobs:
        """Those that are not finished."""
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])


class Job(models.Model):
    """What was asked, by whom, how far it has got and how it ended."""

    class State(models.TextChoices):
        """Where a job stands."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    queued_by = models.CharField(max_length=254)
    queued_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    message = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict, blank=True)
    failure = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = Jobs.as_manager()

    class Meta:
        """Found by state and age."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "queued_at"], name="job_state_age")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed"]), name="job_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) | models.Q(percent__lte=100), name="job_percent_at_most_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.FAILED)
