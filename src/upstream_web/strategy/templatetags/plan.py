"""How the plan is shown: colours by rule with their reasons, and who asked for a commitment."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from upstream_web.core.templatetags.parts import tag
from upstream_web.strategy.action_register import rag_tag, reason_today
from upstream_web.strategy.models import Action, EvidenceSource

register = template.Library()

# Each source has a drawing of its own, so that four marks in a row can be told apart without colour.
SOURCE_DRAWINGS = {
    EvidenceSource.DATA: '<path d="M2.5 13.5v-4M6.2 13.5v-7M9.8 13.5v-5.5M13.5 13.5v-11"/>',
    EvidenceSource.PARENTS: '<circle cx="5" cy="4.5" r="2"/><circle cx="11" cy="4.5" r="2"/>'
    '<path d="M2 13.5c0-3 1-5 3-5s3 2 3 5M8 13.5c0-3 1-5 3-5s3 2 3 5"/>',
    EvidenceSource.YOUNG_PEOPLE: '<circle cx="8" cy="4" r="2.2"/>'
    '<path d="M4.5 14c0-3.5 1.2-5.5 3.5-5.5s3.5 2 3.5 5.5M3 9l2.5 1M13 9l-2.5 1"/>',
    EvidenceSource.PARTNERS: '<circle cx="4" cy="8" r="2.3"/><circle cx="12" cy="3.8" r="2"/>'
    '<circle cx="12" cy="12.2" r="2"/><path d="M6.1 7l4-2.2M6.1 9l4 2.2"/>',
}


@register.simple_tag
def rag(action: Action) -> SafeString:
    """Say the colour of an action: a tag with a word."""
    shown = rag_tag(action)
    return tag(shown.kind, shown.words)


@register.simple_tag
def why(action: Action) -> str:
    """Say why an action has its colour, as it reads today."""
    return reason_today(action)


@register.simple_tag
def source_mark(source: str, with_words: bool = False) -> SafeString:
    """Show who asked for something: a small drawing, with its words beside it or for those who hear the page."""
    kind = EvidenceSource(source)
    return format_html(
        '<span class="source"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{}</svg>'
        '<span class="{}">{}</span></span>',
        mark_safe(SOURCE_DRAWINGS[kind]),  # a constant of this module
        "" if with_words else "vh",
        kind.label,
    )


GROUPS = {
    "priority": lambda action: action.commitment.priority,
    "lead_body": lambda action: action.lead_body,
    "rag": lambda action: action.standing.colour.title,
    "state": lambda action: action.get_state_display(),
}


@register.simple_tag
def group_of(action: Action, order: str) -> Any:
    """Name the group of an action in a list that is ordered by something shared; empty for other orders."""
    find = GROUPS.get(order.lstrip("-"))
    return find(action) if find else ""


@register.simple_tag
def light_marks(text: str) -> SafeString:
    """Set a text of the strategy: paragraphs parted by an empty line, and lists of lines that begin with a dash."""
    blocks = [block.strip().splitlines() for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    return format_html_join("", "{}", ((_block(lines),) for lines in blocks))


def _block(lines: list[str]) -> SafeString:
    if all(line.startswith("- ") for line in lines):
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line[2:],) for line in lines)))
    return format_html("<p>{}</p>", " ".join(line.strip() for line in lines))
