"""The parts of the design as template tags: icons, signals, tags, strips of months, words for dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from upstream_web.core import money, navigation, words
from upstream_web.core.month_strip import MonthStrip, strip_svg

register = template.Library()

ICONS = {
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5L14 14"/>',
    "menu": '<path d="M2 4h12M2 8h12M2 12h12"/>',
    "print": '<path d="M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z"/>',
    "download": '<path d="M8 2.5v8M4.5 7.5L8 11l3.5-3.5M2.5 13.5h11"/>',
    "upload": '<path d="M8 11V3M4.5 6L8 2.5 11.5 6M2.5 13.5h11"/>',
    "tick": '<path d="M3 8.5l3.2 3.2L13 4.5"/>',
    "mark": '<path d="M8 3v6M8 12.5v.1"/>',
    "back": '<path d="M10 3L5 8l5 5"/>',
    "next": '<path d="M6 3l5 5-5 5"/>',
    "person": '<circle cx="8" cy="5.5" r="3"/><path d="M2.5 14c.6-3 2.6-4.5 5.5-4.5s4.9 1.5 5.5 4.5"/>',
    "down": '<path d="M3.5 6L8 10.5 12.5 6"/>',
}
SIGNALS = {
    "ordinary": '<circle cx="6" cy="6" r="4"/>',
    "concern": '<path d="M6 0l6 6-6 6-6-6z"/>',
    "improve": '<path d="M6 .5l6 10.5H0z"/>',
    "notice": '<rect x="1.5" y="1.5" width="9" height="9"/>',
    "unknown": '<circle cx="6" cy="6" r="4" stroke-dasharray="2.5 2"/>',
}
TAG_ICONS = {"done": "tick", "late": "mark", "danger": "mark"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of 16 pixels that is silent for screen readers."""
    return mark_safe(  # the drawing is a constant of this module
        '<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke-width="1.8" stroke-linecap="round" '
        f'stroke-linejoin="round" aria-hidden="true">{ICONS[name]}</svg>'
    )


@register.simple_tag
def signal(kind: str, text: str) -> SafeString:
    """Say what a number tells us: a shape, words, and only then a colour."""
    shape = mark_safe(SIGNALS[kind])  # a constant of this module
    return format_html(
        '<span class="signal signal--{}"><svg viewBox="0 0 12 12" aria-hidden="true">{}</svg>{}</span>',
        kind,
        shape,
        text,
    )


@register.simple_tag
def tag(kind: str, text: str) -> SafeString:
    """Say the state of work: `done`, `late`, `soon`, `open`, `danger`, `unknown`, or an empty kind for a plain one."""
    drawing = ICONS.get(TAG_ICONS.get(kind, ""), "")
    picture = f'<svg viewBox="0 0 16 16" aria-hidden="true">{drawing}</svg>' if drawing else ""
    return format_html(
        '<span class="tag{}">{}{}</span>',
        f" tag--{kind}" if kind else "",
        mark_safe(picture),  # a constant of this module
        text,
    )


@register.simple_tag
def month_strip(strip: MonthStrip) -> SafeString:
    """Draw the months of a feed: filled received, hatched missing, diamond refused, outlined due."""
    return strip_svg(strip)


@register.inclusion_tag("core/parts/field.html")
def field(bound_field: Any, hint: str = "", autocomplete: str = "") -> dict[str, Any]:
    """Show a form field with its label, hint and error, tied together for screen readers."""
    described = [f"{bound_field.id_for_label}-hint"] if hint else []
    described += [f"{bound_field.id_for_label}-error"] if bound_field.errors else []
    attributes = {"aria-describedby": " ".join(described)} if described else {}
    if bound_field.errors:
        attributes["aria-invalid"] = "true"
    if autocomplete:
        attributes["autocomplete"] = autocomplete
    widget = bound_field.as_widget(attrs=attributes)
    if bound_field.field.show_hidden_initial:
        widget += bound_field.as_hidden(only_initial=True)
    return {"field": bound_field, "hint": hint, "widget": widget}


@register.simple_tag
def options(groups: Iterable[tuple[str | None, Sequence[dict[str, Any]], int]]) -> SafeString:
    """Draw what a list offers; by a template for each option, a list of three thousand schools took half a second."""
    drawn = ((name, "\n".join(map(_option, choices))) for name, choices, _ in groups)
    # The framework makes a group without a name of each option that stands alone.
    named = (f'<optgroup label="{escape(name)}">\n{each}\n</optgroup>' if name else each for name, each in drawn)
    return mark_safe("\n".join(named))  # each word was escaped


def _option(choice: dict[str, Any]) -> str:
    attributes = flatatt(choice["attrs"]) if choice["attrs"] else ""
    return f'<option value="{escape(str(choice["value"]))}"{attributes}>{escape(str(choice["label"]))}</option>'


@register.filter
def day(moment: date | datetime | None) -> str:
    """Say a day in full."""
    return words.day_words(moment) if moment else ""


@register.filter
def short_day(moment: date | datetime | None) -> str:
    """Say a day shortly."""
    return words.short_day_words(moment) if moment else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Say a day and a time."""
    return words.moment_words(value) if value else ""


@register.filter
def size(value: int | None) -> str:
    """Say the size of a file."""
    return words.size_words(value or 0)


@register.filter
def thousands(value: float | None) -> str:
    """Write a whole number with its thousands parted."""
    return "" if value is None else f"{value:,.0f}"


@register.filter
def pounds(amount: Decimal | None) -> str:
    """Write an amount of money, with its pence where there are some."""
    return money.pounds(amount)


@register.filter
def counted(value: int, noun: str) -> str:
    """Say how many of a thing: `{{ rows|counted:"row" }}`, or `{{ n|counted:"entry,entries" }}`."""
    singular, _, plural = noun.partition(",")
    return words.count_words(value, singular, plural)


@register.simple_tag
def open_sections(sections: Any, answers: Any) -> list[Any]:
    """Keep the sections that a person may open."""
    return [link for link in sections if allows(answers, link.needs)]


@register.simple_tag
def sections_of(area: str) -> Any:
    """Give an area with its sections."""
    return navigation.sections_of(area)


@register.filter
def allows(answers: Any, permission: str) -> bool:
    """Whether a person holds a permission that is named by a variable; nothing named means nothing needed."""
    return bool(not permission or answers[permission])
