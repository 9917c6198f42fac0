"""Where the trail ends, and where it begins."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from upstream_web.audit.chain import NOTHING_BEFORE, Seal

ONLY = 1


class Head(models.Model):
    """The one row that knows the number and hash of the last line, so that lines cut off at the end are missed.

    Lines up to `erased_to` were erased when their time was up; `erased_hash` is the hash of the last of them, which
    the first line that is left goes on from. The row is sealed with the trail's key.
    """

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=NOTHING_BEFORE)
    erased_to = models.BigIntegerField(default=0)
    erased_hash = models.CharField(max_length=64, default=NOTHING_BEFORE)
    seal = models.CharField(max_length=64)

    class Meta:
        """There is one."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(pk=ONLY), name="trail_has_one_head")
        ]

    def __str__(self) -> str:
        return f"line {self.number}"

    def sealed_with(self, seal: Seal) -> str:
        """Give the seal that belongs to what the row says."""
        return seal.of_parts("head", self.number, self.hash, self.erased_to, self.erased_hash)
