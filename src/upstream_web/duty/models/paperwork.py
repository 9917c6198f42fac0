"""What was agreed, defined, published, asked and ordered under the Act."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from upstream_web.duty.models.body import DutyBody
from upstream_web.records.models import Record


class AgreementSort(models.TextChoices):
    """What sort of paper binds the bodies."""

    PARTNERSHIP = "partnership", "Partnership agreement"
    FRAMEWORK = "framework", "Operating framework"
    SHARING = "sharing", "Information sharing agreement"


class Agreement(Record):
    """One version of a paper that the bodies signed up to; its parties stand on it."""

    kind = "agreement"

    title = models.CharField(max_length=200)
    sort = models.CharField("what it is", max_length=12, choices=AgreementSort.choices)
    edition = models.CharField("version of the paper", max_length=40)
    summary = models.TextField("what it settles", blank=True)
    from_on = models.DateField("in force from")
    review_on = models.DateField("to be reviewed by")
    until_on = models.DateField("in force until", null=True, blank=True)

    class Meta:
        """The latest first; reviewed after it began."""

        ordering: ClassVar[list[str]] = ["-from_on", "title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(review_on__gt=F("from_on")), name="agreement_reviewed_after_it_began"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="agreement_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}"

    def is_in_force(self, on: date) -> bool:
        """Tell whether it binds on a day."""
        return self.from_on <= on and (self.until_on is None or self.until_on >= on)


class Signature(Record):
    """One body's place under an agreement."""

    kind = "agreement-signature"
    body_lookup = "body__organisation__key"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    body = models.ForeignKey(DutyBody, on_delete=models.PROTECT, related_name="signatures")
    signed_on = models.DateField("signed", null=True, blank=True)
    signed_by = models.CharField("signed by, by role", max_length=160, blank=True)

    class Meta:
        """Each body once; who signed is said with when."""

        ordering: ClassVar[list[str]] = ["body__organisation__name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agreement", "body"], condition=Q(removed_at=None), name="agreement_signed_once_by_each"
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None, signed_by="") | (Q(signed_on__isnull=False) & ~Q(signed_by="")),
                name="signature_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.agreement}"


class ViolenceDefinition(Record):
    """What the partnership counts as serious violence, in one version; every count of it names the version."""

    kind = "violence-definition"

    title = models.CharField("name", max_length=120)
    kinds = models.TextField("kinds of violence in it, one a line")
    why = models.TextField("why these")
    consulted = models.TextField("who was consulted")
    from_on = models.DateField("in force from")

    class Meta:
        """The latest first; it holds until the next begins."""

        ordering: ClassVar[list[str]] = ["-from_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["from_on"], condition=Q(removed_at=None), name="one_violence_definition_from_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def kind_list(self) -> list[str]:
        """Give the kinds, one each."""
        return [line.strip() for line in self.kinds.splitlines() if line.strip()]


class DutyPaper(models.TextChoices):
    """A paper that the Act or the guidance asks for; the value is the clock of its next review."""

    NEEDS_ASSESSMENT = "needs_assessment_review", "Strategic needs assessment"
    STRATEGY = "strategy_review", "Strategy"


class DutyDate(Record):
    """A needs assessment or strategy was published or reviewed; the year to the next review begins then."""

    kind = "duty-date"

    paper = models.CharField("which paper", max_length=24, choices=DutyPaper.choices)
    title = models.CharField("what was done", max_length=200)
    done_on = models.DateField("on")
    address = models.URLField("where it can be read", blank=True)
    due_on = models.DateField("next review due", editable=False)

    class Meta:
        """The latest first."""

        ordering: ClassVar[list[str]] = ["-done_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_paper_display()}: {self.title}"


class NoticeSort(models.TextChoices):
    """What was asked or ordered, and under which section."""

    ACTION = "15", "Action asked of an educational, prison or youth custody authority (section 15)"
    INFORMATION = "17", "Information asked for by the local policing body (section 17)"
    DIRECTION = "18", "Direction by the Secretary of State (section 18)"
    DISAGREEMENT = "disagreement", "Disagreement between bodies"


class DutyNotice(Record):
    """A request, a direction or a disagreement: between whom, about what, and how it ended."""

    kind = "duty-notice"
    body_lookup = "to_body__organisation__key"

    sort = models.CharField("what it is", max_length=12, choices=NoticeSort.choices)
    title = models.CharField("about", max_length=200)
    from_name = models.CharField("from", max_length=200)
    to_body = models.ForeignKey(DutyBody, on_delete=models.PROTECT, related_name="notices", verbose_name="to")
    words = models.TextField("what was said")
    raised_on = models.DateField("raised")
    answer_by_on = models.DateField("answer wanted by", null=True, blank=True)
    ended_on = models.DateField("ended", null=True, blank=True)
    outcome = models.TextField("how it ended", blank=True)

    class Meta:
        """The latest first; what ended says how."""

        ordering: ClassVar[list[str]] = ["-raised_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="") | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="duty_notice_ends_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.title
