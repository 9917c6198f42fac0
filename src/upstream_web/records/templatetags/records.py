"""How records are shown: the value of a cell, a field of a form, and what hangs on a record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import CheckboxInput
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from upstream_web.core.templatetags.parts import field, short_day, tag
from upstream_web.records.columns import Tag
from upstream_web.records.models import Record

register = template.Library()
NOTHING = mark_safe('<span class="quiet">–</span>')  # a constant


@register.simple_tag
def cell(value: Any) -> str | SafeString:
    """Show a value as its kind asks: states as tags, days in words, records as links, nothing as a dash."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Tag):
        return tag(value.kind, value.words)
    if isinstance(value, date | datetime):
        return format_html('<span class="nowrap">{}</span>', short_day(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Record):
        return format_html('<a href="{}">{}</a>', value.get_absolute_url(), value)
    return str(value) if not isinstance(value, SafeString) else value


@register.inclusion_tag("records/parts/field.html")
def record_field(form: Any, bound: Any) -> dict[str, Any]:
    """Show one field of a record's form with its hint."""
    hint = form.hints.get(bound.name, bound.help_text)
    return {**field(bound, hint=hint), "is_box": isinstance(bound.field.widget, CheckboxInput)}


@register.inclusion_tag("records/parts/hanging.html", takes_context=True)
def hanging_on(context: Any, record: Record) -> dict[str, Any]:
    """Show what hangs on a record: its links in the chain, comments and attachments."""
    return {"record": record, "request": context["request"], "may": context["may"]}
