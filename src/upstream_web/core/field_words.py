"""What a field of a form says when it is filled in wrongly: what was found, what it takes, and under which label."""

from __future__ import annotations

from django import forms

from upstream_web.core.words import count_words

# Of each kind of field, the first that it is: what an answer of it looks like.
LOOKS_LIKE: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.DateTimeField, "a day and a time, such as 2026-11-05 14:30"),
    (forms.DateField, "a day, such as 2026-11-05"),
    (forms.TimeField, "a time, such as 14:30"),
    (forms.DecimalField, "a number in figures only, such as 1200.50"),
    (forms.FloatField, "a number in figures only, such as 1200.50"),
    (forms.IntegerField, "a whole number in figures only, such as 12"),
    (forms.EmailField, "an e-mail address, such as name@example.org"),
    (forms.URLField, "the whole address of a page, such as https://example.org/report"),
)


class SaysWhatIsWanted(forms.BaseForm):
    """A form whose fields say what they want under the labels that they have when it is sent."""

    def full_clean(self) -> None:
        """Give the fields their words, then look at what was sent."""
        for name, field in self.fields.items():
            say_what_is_wanted(field, str(field.label or name))
        super().full_clean()


def say_what_is_wanted(field: forms.Field, label: str) -> None:
    """Give a field its words for each fault; words that a form gives itself stay as they are."""
    for code, words in _words_of(field, label).items():
        if field.error_messages.get(code) in (None, _of_django(field, code)):
            field.error_messages[code] = words


def _words_of(field: forms.Field, label: str) -> dict[str, str]:
    named = f"“{label}”".replace("%", "%%")  # these words are completed with what was found
    looks = next((looks for kind, looks in LOOKS_LIKE if isinstance(field, kind)), "")
    found = {
        "required": _required(field, label),
        "empty": "The file is empty: choose another",
        "max_length": f"{named} holds %(limit_value)d characters and was given %(show_value)d: shorten it",
        "min_length": f"{named} needs %(limit_value)d characters and was given %(show_value)d: say more",
        "min_value": f"{named} is %(show_value)s: give %(limit_value)s or more",
        "max_value": f"{named} is %(show_value)s: give %(limit_value)s or less",
        "max_digits": f"{named} has more than %(max)s digits: give a smaller number",
        "max_whole_digits": f"{named} has more than %(max)s digits before the point: give a smaller number",
        "max_decimal_places": f"{named} takes {_places(field)} after the point at most: leave the others out",
    }
    return found | ({"invalid": f"“{label}” takes {looks}"} if looks else {}) | _of_choices(field, label)


def _places(field: forms.Field) -> str:
    return count_words(getattr(field, "decimal_places", None) or 0, "digit")


def _of_choices(field: forms.Field, label: str) -> dict[str, str]:
    if not isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return {}
    return {"invalid_choice": f"What was chosen for “{label}” is no longer offered: choose again".replace("%", "%%")}


def _required(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.FileField):
        return "Choose a file"
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return f"Choose “{label}”"
    if isinstance(field, forms.DateField):
        return f"Give a day for “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    return f"Fill in “{label}”"


def _of_django(field: forms.Field, code: str) -> str | None:
    """Give the words that the field has without anybody's doing."""
    kinds = (vars(kind).get("default_error_messages", {}) for kind in type(field).__mro__)
    return next((str(words[code]) for words in kinds if code in words), None)
