"""Forms of records: styled once, and careful when two people change one record at the same time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH

from upstream_web.core.field_words import SaysWhatIsWanted
from upstream_web.records import history, rules

LONG_TEXT_ROWS = 5
((_, DASHES),) = BLANK_CHOICE_DASH
STYLES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "input input--area"),
    (forms.Select, "input select"),
    (forms.CheckboxInput, ""),
    (forms.CheckboxSelectMultiple, ""),  # boxes stay boxes, not one wide input
    (forms.Widget, "input"),
)

BOUNDS: Mapping[str, Callable[[int], BaseValidator]] = {"gte": MinValueValidator, "lte": MaxValueValidator}


@dataclass(frozen=True)
class Conflict:
    """A field that two people changed: what it said at first, what the other saved, who, and what this person wrote."""

    name: str
    label: str
    before: str
    theirs: str
    by: str
    yours: str


def style(field: forms.Field) -> None:
    """Give a field the look of the site; `data-rows` of a widget are its lines."""
    css = next(css for widget, css in STYLES if isinstance(field.widget, widget))
    if css:
        field.widget.attrs.setdefault("class", css)
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = field.widget.attrs.get("data-rows", LONG_TEXT_ROWS)
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date", "class": "input input--date"}, format="%Y-%m-%d")
    _say_what_is_empty(field)


def _say_what_is_empty(field: forms.Field) -> None:
    """Write in words where nothing is chosen yet; the framework draws nine dashes, and readers read them out."""
    said = "Choose" if field.required else "Not chosen"
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = said if field.empty_label == DASHES else field.empty_label
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        options = list(choices)
        if ("", DASHES) in options:
            field.choices = [("", said) if option == ("", DASHES) else option for option in options]


class StyledForm(SaysWhatIsWanted, forms.Form):
    """A form of a step that is no record of its own, in the look of the others; `hints` stand under the labels."""

    hints: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.style()

    def style(self) -> None:
        """Give every field its look; asked again by forms that add fields of their own."""
        for field in self.fields.values():
            style(field)


class SharedForm(StyledForm):
    """A form over words that are kept, though not one by one in the columns of a record, such as a return's answers.

    Each field carries what it said when the page was opened. When somebody else saved meanwhile, a field that only
    one of the two changed keeps that change; one that both changed is refused with what the other wrote.
    """

    def style(self) -> None:
        """Let every field carry what it said at first."""
        super().style()
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        """Merge with what others saved since the page was opened."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in list(cleaned):
            if self[name].html_initial_name in self.data:
                self._merge(self[name], cleaned)
        return cleaned

    def _merge(self, bound: forms.BoundField, cleaned: dict[str, Any]) -> None:
        field, theirs, yours = bound.field, _lines(bound.initial), _lines(bound.data)
        began = _lines(field.hidden_widget().value_from_datadict(self.data, self.files, bound.html_initial_name))
        if not (field.has_changed(theirs, began) and field.has_changed(theirs, yours)):
            return
        if not field.has_changed(field.to_python(began), yours):
            cleaned[bound.name] = field.clean(field.prepare_value(theirs))
            return
        posted: Any = self.data
        self.data = again = posted.copy()  # sent once more, it is known what the other wrote
        kept = field.prepare_value(theirs)
        again.setlist(bound.html_initial_name, kept if isinstance(kept, list) else ["" if kept is None else kept])
        self.add_error(
            bound.name,
            f"Somebody else changed this while you were writing; it says now: “{_shown(field, theirs)}”. Your words "
            "stand below: keep what is right and save again.",
        )


def _shown(field: forms.Field, kept: Any) -> str:
    """Write what is kept as the field offers it."""
    chosen = {str(field.prepare_value(each)) for each in (kept if isinstance(kept, list) else [kept])}
    offered = [str(label) for code, label in getattr(field, "choices", ()) if str(code) in chosen]
    return ", ".join(offered) or ("" if kept is None else str(kept))


class RecordForm(SaysWhatIsWanted, forms.ModelForm):
    """The form of a record.

    It carries the version that the person began from. When the record was saved by somebody else meanwhile,
    fields that only one of the two changed are merged; a field that both changed is shown with both texts, and
    nothing is saved until the person has chosen.
    """

    began_from = forms.IntegerField(widget=forms.HiddenInput, required=False)
    hints: dict[str, str] = {}  # noqa: RUF012  (overridden, never changed)
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __init__(self, *args: Any, person: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.conflicts: list[Conflict] = []
        self.sent: Any = None  # what was posted, once it had to be merged
        # 0 where nothing is kept yet: should somebody make it meanwhile, both texts are shown.
        self.initial.setdefault("began_from", self.instance.version if self.instance.pk else 0)
        for field in self.fields.values():
            style(field)
        self._bound_numbers()

    def begin_with(self, **values: Any) -> None:
        """Offer these values in fields for which nothing is kept or asked yet."""
        self.initial.update({name: value for name, value in values.items() if self.initial.get(name) in (None, "")})

    def _bound_numbers(self) -> None:
        """Hold numbers within the bounds of the database: each is told of beside its field, and all at once."""
        for each in rules.bounds_of(type(self.instance)):
            field = self.fields.get(each.name)
            if isinstance(field, forms.IntegerField) and each.lookup in BOUNDS:
                bound = BOUNDS[each.lookup](each.bound)
                others = [known for known in field.validators if type(known) is not type(bound)]
                field.validators = [*others, bound]  # in place of the looser one of the kind of field

    def fieldsets(self) -> list[tuple[str, list[Any]]]:
        """Give the visible fields in their groups, as heading and fields; ungrouped ones under an empty heading."""
        shown = {bound.name: bound for bound in self.visible_fields()}
        found = [(heading, [shown.pop(name) for name in names if name in shown]) for heading, names in self.groups]
        rest = list(shown.values())
        return [*([("", rest)] if rest else []), *((heading, fields) for heading, fields in found if fields)]

    def clean(self) -> dict[str, Any]:
        """Merge with what others saved since the person began; a field that both changed stays undecided."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned.update({name: _lines(value) for name, value in cleaned.items()})
        began = cleaned.pop("began_from", None)
        if self.instance.pk and began is None:
            raise forms.ValidationError(
                "This form does not say from which version of the record it began. Open the page again, then save."
            )
        if self.instance.pk and began != self.instance.version:
            self._merge(began, cleaned)
        return cleaned

    def _merge(self, began: Any, cleaned: dict[str, Any]) -> None:
        base = history.base_values(self.instance, began) or {}
        posted: Any = self.data
        self.data = self.sent = posted.copy()  # shown again, the form begins from what is saved now
        self.sent[self.add_prefix("began_from")] = str(self.instance.version)
        for field in history.fields_of(type(self.instance)):
            if field.name not in self.fields:
                continue
            before = _lines(base.get(field.attname))
            theirs = _lines(getattr(self.instance, field.attname))
            if field.name not in cleaned:  # it has a fault, which must not hide what the other saved
                if theirs != before:
                    self._conflict(field, before, theirs, self[field.name].value())
                continue
            yours = _kept(cleaned[field.name])
            if theirs in (before, yours):
                continue
            if yours == before:
                cleaned[field.name] = getattr(self.instance, field.name)
                self._show(field)
            else:
                self._conflict(field, before, theirs, yours)

    def _show(self, field: models.Field[Any, Any]) -> None:
        """Put what is saved now into the form, should it be shown again."""
        name = self.add_prefix(field.name)
        value = self.fields[field.name].prepare_value(field.value_from_object(self.instance))
        if value in (None, False, ""):
            self.sent.pop(name, None)
        else:
            self.sent[name] = str(value)

    def _conflict(self, field: models.Field[Any, Any], before: Any, theirs: Any, yours: Any) -> None:
        label = str(field.verbose_name).capitalize()
        was, is_now = history.said(field, before), history.said(field, theirs)
        by = history.last_changed_by(self.instance, field.name)
        self.conflicts.append(Conflict(field.name, label, was, is_now, by, _said(field, yours)))
        self.add_error(
            field.name,
            f"{by} changed {_lower_first(label)} while you were writing. "
            "Both texts stand below; keep what is right and save again.",
        )

    def changed_names(self, before: dict[str, Any]) -> list[str]:
        """Name the fields that differ from the record as it was read."""
        return [
            field.name
            for field in history.fields_of(type(self.instance))
            if field.attname in before and _lines(before[field.attname]) != getattr(self.instance, field.attname)
        ]


def _kept(value: Any) -> Any:
    """Give a form's value as the record's column keeps it."""
    return value.pk if isinstance(value, models.Model) else value


def _lines(value: Any) -> Any:
    """Write the ends of lines in one way: browsers send two signs for each, other programs one."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _said(field: models.Field[Any, Any], value: Any) -> str:
    """Write what a person gave, even when it is nothing that the field could hold."""
    try:
        return history.said(field, value)
    except (TypeError, ValueError):
        return str(value)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or len(text) < 2 else text
