"""A quarter and what was frozen of it: every adopted indicator as it stood, kept word for word under a hash."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from upstream.measures.periods import add_months, month_end
from upstream_web.records.models import Record

MONTHS = 3


class FrozenContentChanged(Exception):
    """What was frozen is not what its hash says: somebody changed it outside of the site."""


class Quarter(Record):
    """Three months of the calendar."""

    kind = "quarter"

    starts_on = models.DateField("first day", unique=True, editable=False)

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-starts_on"]

    def __str__(self) -> str:
        return f"{self.starts_on:%B} to {self.ends_on:%B %Y}"

    @property
    def ends_on(self) -> date:
        """The last day."""
        return month_end(add_months(self.starts_on, MONTHS - 1))

    @property
    def label(self) -> str:
        """The short name, such as 2026-Q3."""
        return f"{self.starts_on.year}-Q{(self.starts_on.month + 2) // 3}"

    @property
    def latest(self) -> Freeze | None:
        """The version in force; None before the first."""
        return self.freezes.order_by("-number").first()


class Freeze(Record):
    """One frozen version of a quarter. Its content is text in JSON, never changed; `digest` is its SHA-256."""

    kind = "freeze"

    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="freezes", editable=False)
    number = models.PositiveSmallIntegerField("version", editable=False)
    frozen_at = models.DateTimeField("frozen", editable=False)
    frozen_by = models.CharField("frozen by", max_length=254, editable=False)
    reason = models.CharField("why it was frozen again", max_length=500, blank=True, editable=False)
    build = models.CharField("build", max_length=60, blank=True, editable=False)
    content = models.TextField(editable=False)
    digest = models.CharField("SHA-256", max_length=64, editable=False)

    class Meta:
        """Newest first; numbered from one; frozen again only for a reason."""

        ordering: ClassVar[list[str]] = ["-quarter__starts_on", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["quarter", "number"], name="freeze_numbered_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="freeze_again_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter}, version {self.number}"

    @cached_property
    def data(self) -> dict[str, Any]:
        """What was frozen; raises `FrozenContentChanged` when it is not what was kept."""
        if digest_of(self.content) != self.digest:
            raise FrozenContentChanged(
                f"The content of {self} does not match its hash {self.digest[:12]}…. It was changed outside of the "
                "site: restore it from a backup, or freeze the quarter again with the reason."
            )
        found: dict[str, Any] = json.loads(self.content)
        return found


def digest_of(content: str) -> str:
    """Give the SHA-256 of a text."""
    return hashlib.sha256(content.encode()).hexdigest()
