"""A paper as it was given out: its content and its files with their hashes, never changed again."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class KeptPaper(models.Model):
    """One numbered version of a paper about a record: a board pack, minutes, a response, a return.

    `content` is the hash of the packed content from which the files can be made again; `files` gives the hash of each
    form. A correction is kept beside it under the next number and says what it corrects.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=254)
    reason = models.CharField("what was corrected", max_length=500, blank=True)
    content = models.CharField(max_length=64)
    files = models.JSONField(default=dict)

    class Meta:
        """Newest first; numbered from 1 for each record; from the second on each says what it corrects."""

        ordering: ClassVar[list[str]] = ["kind", "key", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "key", "number"], name="kept_paper_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="kept_paper_correction_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def trail_name(self) -> tuple[str, str]:
        """Give kind and key of the record that the paper is about, as the trail writes them."""
        return self.kind, self.key

    def forms(self) -> list[tuple[str, str]]:
        """Give the forms in which it is kept, with their names."""
        names: dict[str, Any] = {"html": "Web page", "pdf": "PDF", "docx": "Word", "pptx": "Slides"}
        return [(form, names[form]) for form in names if form in self.files]
