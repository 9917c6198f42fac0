"""How records are shown: the value of a cell, a field of a form, and what hangs on a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import CheckboxInput
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.templatetags.parts import field, short_day, tag
from upstream_web.records import chain, marks
from upstream_web.records.columns import Column, Tag
from upstream_web.records.models import Attachment, Comment, Follow, Record
from upstream_web.records.register import find_register
from upstream_web.records.views.links import ways_of

register = template.Library()
_AS_NUMBER = ' class="num"'
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


@register.simple_tag
def table_rows(rows: Iterable[tuple[Record, Sequence[tuple[Column, Any]]]]) -> SafeString:
    """Write the rows of a list; as a template they took half the time of the page."""
    written = []
    for record, ((_, name), *others) in rows:
        link = f'<a href="{escape(record.get_absolute_url())}">{conditional_escape(cell(name))}</a>'
        cells = "".join(
            f'<td data-label="{escape(column.label)}"{_AS_NUMBER if column.is_number else ""}>'
            f"{conditional_escape(cell(value))}</td>"
            for column, value in others
        )
        written.append(f'<tr><th scope="row">{link}</th>{cells}</tr>\n')
    return mark_safe("".join(written))  # each value was escaped above


@register.inclusion_tag("records/parts/field.html")
def record_field(form: Any, bound: Any) -> dict[str, Any]:
    """Show one field of a record's form with its hint."""
    hint = form.hints.get(bound.name, bound.help_text)
    return {**field(bound, hint=hint), "is_box": isinstance(bound.field.widget, CheckboxInput)}


@register.inclusion_tag("records/parts/hanging.html", takes_context=True)
def hanging_on(context: Any, record: Record) -> dict[str, Any]:
    """Show what hangs on a record: its steps in the chain, comments and files."""
    request, now = context["request"], timezone.now()
    person, kind = request.user, find_register(record.kind)
    may_change = kind is not None and kind.may_change(person, record)
    return {
        "record": record,
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "steps": chain.steps(record, person),
        "may_link": may_change and may(person, Permission.RECORD_COMMENT),
        "ways": list(ways_of(record.kind, person)) if may_change else [],
        "comments": _comments(record, person, now),
        "may_comment": may(person, Permission.RECORD_COMMENT, about=record),
        "files": _files(record),
        "may_attach": may(person, Permission.RECORD_ATTACH, about=record),
        "scanner": bool(settings.VIRUS_SCANNER),
    }


@dataclass
class ShownComment:
    """A comment with its words as HTML, its additions, and what the person may do with it."""

    comment: Comment
    words: SafeString
    is_own: bool
    can_change: bool
    additions: list[ShownComment] = dataclass_field(default_factory=list)


def _comments(record: Record, person: Any, now: datetime) -> list[ShownComment]:
    kept = list(Comment.objects.on(record).select_related("by"))
    people = marks.named_in(comment.text for comment in kept if comment.withdrawn_at is None)
    shown = {
        comment.pk: ShownComment(
            comment,
            marks.show(comment.text, people) if comment.withdrawn_at is None else mark_safe(""),
            comment.is_of(person),
            comment.can_be_changed(person, now),
        )
        for comment in kept
    }
    first: list[ShownComment] = []
    for each in shown.values():
        above = shown.get(each.comment.adds_to_id or 0)
        (above.additions if above else first).append(each)
    return first


def _files(record: Record) -> list[tuple[Attachment, list[Attachment]]]:
    """Give the newest of each file with those that it replaced, newest first."""
    kept = list(Attachment.objects.on(record))
    older = {attachment.newer_id: attachment for attachment in kept if attachment.newer_id}
    found = []
    for attachment in kept:
        if attachment.newer_id is None:
            line, each = [], older.get(attachment.pk)
            while each is not None:
                line.append(each)
                each = older.get(each.pk)
            found.append((attachment, line))
    return found


@register.simple_tag(takes_context=True)
def follows(context: Any, record: Record) -> bool:
    """Whether the person follows the record."""
    return bool(Follow.objects.on(record).filter(person=context["request"].user).exists())
