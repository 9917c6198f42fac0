"""What the forms of education and awareness share: only what is in use can be chosen, and only for one's own body."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from upstream_web.access.permissions import Permission
from upstream_web.access.scope import scope_of
from upstream_web.awareness import districts
from upstream_web.awareness.models import Course, Package, PackageState, Setting, Team
from upstream_web.organisations.choosing import ChoosingForm
from upstream_web.records.forms import style

NO_NAMES = "Names of pupils, of staff or of families do not belong here."
IN_USE: dict[Any, dict[str, Any]] = {
    Package: {"state": PackageState.APPROVED},
    Setting: {"closed_on": None},
    Course: {"retired_on": None},
    Team: {"ended_on": None},
}


class AwarenessForm(ChoosingForm):
    """A form whose choices are what is in use now; `own_body` names the field that says whose record it is."""

    own_body = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "district" in self.fields:
            options = [("", "Choose a district"), *districts.choices()]
            self.fields["district"] = forms.ChoiceField(label="District", choices=options)
            style(self.fields["district"])

    def offered(self, name: str, model: Any) -> QuerySet[Any]:
        """Leave out what is no longer in use, and the bodies that the person does not write for."""
        found = super().offered(name, model).filter(**IN_USE.get(model, {}))
        if name == self.own_body and self.person is not None:
            scope = scope_of(self.person, Permission.AWARENESS_CHANGE)
            if not scope.everything:
                return found.filter(key__in=sorted(scope.bodies))
        return found
