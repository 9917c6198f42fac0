"""Forms in which people choose organisations, colleagues and records: they are offered what is in use now."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.core.words import short_day_words
from upstream_web.organisations.models import Organisation
from upstream_web.records.forms import RecordForm


class ChoosingForm(RecordForm):
    """The form of a record whose choices are what is in use now, and what the record holds already.

    `happened` names the days on which something has happened: none of them is still to come.
    """

    happened: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self._offer(name, field)

    def clean(self) -> dict[str, Any]:
        """Refuse a day to come for what has happened: a slip in the year would close a gap that is open."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.happened:
            day = cleaned.get(name)
            if day and day > timezone.localdate():
                said = f"{short_day_words(day)} is still to come: record it when it has happened."
                self.add_error(name, said)
        return cleaned

    def _offer(self, name: str, field: Any) -> None:
        model, held = field.queryset.model, getattr(self.instance, f"{name}_id", None) or 0
        field.queryset = self.offered(name, model) | model.objects.filter(pk=held)
        if model is User:
            field.label_from_instance = attrgetter("name")

    def offered(self, name: str, model: Any) -> QuerySet[Any]:
        """Give what can be chosen of a model for the field `name`; a form that offers less narrows this."""
        if model is Organisation:
            return Organisation.objects.active()
        if model is User:
            return User.objects.filter(is_active=True).order_by("name")
        found: QuerySet[Any] = model.objects.present()
        return found
