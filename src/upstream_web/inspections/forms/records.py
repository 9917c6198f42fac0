"""Forms of the records that people keep."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from upstream_web.access.models import User
from upstream_web.inspections.models import (
    Benchmark,
    EvidenceItem,
    Inspection,
    Practice,
    Recommendation,
    ResponsePart,
    ResponseRecord,
)
from upstream_web.measures import queries as measures
from upstream_web.records.forms import RecordForm

NOBODY = "Nobody"


class InspectionForm(RecordForm):
    """A report and what it says of itself."""

    report_address = forms.URLField(
        assume_scheme="https", required=False, max_length=500, label="Address of the report"
    )
    hints = {  # noqa: RUF012  (as in RecordForm: overridden, never changed)
        "title": "As on its cover.",
        "published_on": "The 56 days of the response count from and including this day.",
        "date_doubt": "Where sources disagree, say how. It stands beside the clock.",
        "names_us": "Whether the report speaks of us by name.",
        "summary": "In our own words, or quoted with its source.",
        "licence": "Needed where the report's own words are quoted.",
    }
    groups = (
        ("The report", ("title", "source", "inspectorates", "reach", "published_on", "date_doubt", "report_address",
                        "licence")),
        ("What it says", ("summary", "terms_of_reference", "grade", "names_us", "needs_response")),
    )  # fmt: skip

    class Meta:
        """What people write."""

        model = Inspection
        fields = (
            "title", "source", "inspectorates", "reach", "published_on", "date_doubt", "report_address", "licence",
            "summary", "terms_of_reference", "grade", "names_us", "needs_response",
        )  # fmt: skip


class RecommendationForm(RecordForm):
    """What a report asks for. Its owner is named by a step of the ladder."""

    hints = {  # noqa: RUF012  (as in RecordForm: overridden, never changed)
        "title": "Short, so that it can be said in a meeting.",
        "words": "Best exactly as published; it is then shown as a quotation.",
        "intent": "What would be different if it were met? Closure is judged by this.",
        "addressee": "As the report says, such as “chief constables”.",
        "measure": "It is charted around the day of publication and the deadline.",
        "measure_doubt": "What data would settle whether it worked, and who was asked for them.",
        "finding": "One honest sentence for the head of its page.",
        "duplicate_of": "If the same is asked in another report, follow it there.",
    }
    groups = (
        ("In the report", ("inspection", "sort", "number", "words", "is_quoted", "addressee", "asked_of", "due_on")),
        ("For us", ("title", "intent", "theme", "body", "duplicate_of")),
        ("Does it work?", ("measure", "measure_doubt", "finding")),
    )

    measure = forms.ChoiceField(required=False, label="Measure that should move")

    class Meta:
        """What people write."""

        model = Recommendation
        fields = (
            "inspection", "sort", "number", "words", "is_quoted", "addressee", "asked_of", "due_on", "title", "intent",
            "theme", "body", "duplicate_of", "measure", "measure_doubt", "finding",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [("", "None yet")]
        for theme, found in measures.by_theme().items():
            choices.append((theme, [(each.name, each.title) for each in found]))
        self.fields["measure"].choices = choices  # type: ignore[attr-defined]
        others = Recommendation.objects.present().exclude(pk=self.instance.pk)
        self.fields["duplicate_of"].queryset = others  # type: ignore[attr-defined]


class ResponseForm(RecordForm):
    """A response: ours, or the one that another area published."""

    hints = {  # noqa: RUF012  (as in RecordForm: overridden, never changed)
        "force": "The area that answers, such as “Cleveland”.",
        "commissioner_title": "Such as “Police, Fire and Crime Commissioner”.",
        "account": "For another area's response: what they do, in our own words.",
        "is_ours": "Ours is drafted, agreed, published and sent here.",
    }

    class Meta:
        """What people write."""

        model = ResponseRecord
        fields = (
            "inspection", "is_ours", "force", "commissioner_title", "commissioner_name", "chief_name", "account",
        )  # fmt: skip


class PartForm(RecordForm):
    """What one office says."""

    hints = {  # noqa: RUF012  (as in RecordForm: overridden, never changed)
        "words": "Paragraphs, lists with “- ” or “1. ”, and **bold** are kept in every form of the document.",
        "closing_words": "The last word, after the other office's part.",
    }

    class Meta:
        """What people write."""

        model = ResponsePart
        fields = ("words", "closing_words")
        widgets: ClassVar[dict[str, Any]] = {
            "words": forms.Textarea({"data-rows": 18}),
            "closing_words": forms.Textarea({"data-rows": 8}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.party == "chief":
            del self.fields["closing_words"]


class EvidenceForm(RecordForm):
    """A piece of evidence."""

    hints = {  # noqa: RUF012  (as in RecordForm: overridden, never changed)
        "words": "What a reader can take from it, and what it does not show.",
        "source": "The register, audit or person it comes from.",
        "proves": "Effort shows that something was done; support shows that it worked.",
        "found": "For a sample: how many cases had what was looked for.",
        "looked_at": "For a sample: how many cases were looked at. The page shows the interval.",
    }

    class Meta:
        """What people write."""

        model = EvidenceItem
        fields = ("recommendation", "title", "words", "dated", "source", "proves", "found", "looked_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recommendation"].widget = forms.HiddenInput()


class PracticeForm(RecordForm):
    """A practice that a report praises."""

    hints = {  # noqa: RUF012  (as in RecordForm: overridden, never changed)
        "words": "In our own words: what they do, for whom, and what the inspectors saw of it.",
        "seen_at": "The force or partnership.",
        "report": "Where the report is not held here, its title.",
    }

    class Meta:
        """What people write."""

        model = Practice
        fields = (
            "title", "words", "seen_at", "sort", "theme", "inspection", "report", "page", "status", "entered_on",
        )  # fmt: skip


class BenchmarkForm(RecordForm):
    """How a practice compares with the work of one body."""

    hints = {  # noqa: RUF012  (as in RecordForm: overridden, never changed)
        "what_we_do": "Today, as it is.",
        "because": "A decision without its reason cannot be tabled.",
    }

    class Meta:
        """What people write."""

        model = Benchmark
        fields = (
            "practice", "body", "lead", "lead_role", "what_we_do", "gap", "decision", "because", "decided_on",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["lead"]
        people.queryset = User.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]
        people.label_from_instance = lambda person: person.name  # type: ignore[attr-defined]
