"""Parts: records that stand on the page of their indicator, such as targets and commentary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404

from upstream_web.access.authorisation import check_may
from upstream_web.access.permissions import Permission
from upstream_web.performance import forms
from upstream_web.performance.models import (
    Annotation,
    Baseline,
    Commentary,
    Indicator,
    QualityMark,
    Rebase,
    Target,
)
from upstream_web.performance.register import INDICATORS
from upstream_web.records.forms import RecordForm


@dataclass(frozen=True)
class PartKind:
    """One kind of part: its model and form, what it is called, and what it takes to write it."""

    model: type[Any]
    noun: str
    form: type[RecordForm]
    change: Permission

    @property
    def kind(self) -> str:
        """The kind of its records, which names their addresses."""
        kind: str = self.model.kind
        return kind

    def get_indicator(self, person: Any, key: int) -> Indicator:
        """Give an indicator of which the person may see and write parts; raises Http404 or `PermissionDenied`."""
        indicator: Indicator = INDICATORS.get(person, key)
        check_may(person, self.change, about=indicator)
        return indicator

    def get(self, person: Any, key: int) -> Any:
        """Give a part by way of its indicator: whoever may not see that does not see the part."""
        part = get_object_or_404(self.model.objects.present(), pk=key)
        part.indicator = self.get_indicator(person, part.indicator_id)
        return part


TARGETS = PartKind(Target, "target", forms.TargetForm, Permission.INDICATOR_CHANGE)
BASELINES = PartKind(Baseline, "baseline", forms.BaselineForm, Permission.INDICATOR_CHANGE)
REBASES = PartKind(Rebase, "new start of the limits", forms.RebaseForm, Permission.INDICATOR_CHANGE)
QUALITY = PartKind(QualityMark, "mark of quality", forms.QualityForm, Permission.INDICATOR_CHANGE)
COMMENTARIES = PartKind(Commentary, "commentary", forms.CommentaryForm, Permission.INDICATOR_REPORT)
ANNOTATIONS = PartKind(Annotation, "note of what happened", forms.AnnotationForm, Permission.INDICATOR_REPORT)
PARTS = (TARGETS, BASELINES, REBASES, QUALITY, COMMENTARIES, ANNOTATIONS)
