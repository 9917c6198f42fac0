"""That everybody may read a kept paper without signing in, since when, and why no longer once it was withdrawn."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from upstream_web.records.models.kept_paper import KeptPaper


class Publication(models.Model):
    """One version of a paper opened to the public. What is withdrawn stays named, with the reason."""

    paper = models.OneToOneField(KeptPaper, on_delete=models.PROTECT, related_name="publication")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=254)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=254, blank=True)
    withdrawn_because = models.CharField("why it was withdrawn", max_length=500, blank=True)

    class Meta:
        """Newest first. What is withdrawn says by whom and why; what is open says neither."""

        ordering: ClassVar[list[str]] = ["-opened_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawn_because="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by="") & ~models.Q(withdrawn_because="")),
                name="publication_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.paper)

    @property
    def is_open(self) -> bool:
        """Whether everybody may read it now."""
        return self.withdrawn_at is None

    def get_absolute_url(self) -> str:
        """Give the address at which everybody finds this version."""
        return reverse("public-version", args=[self.paper.kind, self.paper.key, self.paper.number])
