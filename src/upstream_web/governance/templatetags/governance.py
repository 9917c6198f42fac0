"""Typed Markdown as it reads on a page."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

register = template.Library()
# No raw HTML passes: what looks like it is shown as it was typed.
MARKS = MarkdownIt("commonmark", {"html": False})


@register.filter
def marked(text: str) -> SafeString:
    """Show Markdown: paragraphs, headings, lists, emphasis and links."""
    return mark_safe(MARKS.render(text))  # the renderer escapes everything that was typed
