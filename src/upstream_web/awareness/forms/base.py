"""What the forms of education and awareness share: only what is in use can be chosen, and only for one's own body."""

from __future__ import annotations

from typing import Any

from django import forms

from upstream_web.access.permissions import Permission
from upstream_web.access.scope import scope_of
from upstream_web.awareness import districts
from upstream_web.awareness.models import Course, Package, PackageState, Setting, Team
from upstream_web.organisations.models import Organisation
from upstream_web.records.forms import RecordForm, style

NO_NAMES = "Names of pupils, of staff or of families do not belong here."


class AwarenessForm(RecordForm):
    """A form whose choices are what is in use now; `own_body` names the field that says whose record it is."""

    own_body = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self._narrow(name, field)
        if "district" in self.fields:
            options = [("", "Choose a district"), *districts.choices()]
            self.fields["district"] = forms.ChoiceField(label="District", choices=options)
            style("district", self.fields["district"])

    def _narrow(self, name: str, field: Any) -> None:
        """Leave out what is no longer in use, but for what the record already says."""
        model, kept = field.queryset.model, getattr(self.instance, f"{name}_id", None) or 0
        in_use = _in_use(model)
        if name == self.own_body and self.person is not None:
            scope = scope_of(self.person, Permission.AWARENESS_CHANGE)
            if not scope.everything:
                in_use = in_use.filter(key__in=sorted(scope.bodies))
        field.queryset = in_use | model.objects.filter(pk=kept)


def _in_use(model: Any) -> Any:
    if model is Organisation:
        return Organisation.objects.active()
    found = model.objects.present()
    if model is Package:
        return found.filter(state=PackageState.APPROVED)
    if model is Setting:
        return found.filter(closed_on=None)
    if model is Course:
        return found.filter(retired_on=None)
    if model is Team:
        return found.filter(ended_on=None)
    return found
