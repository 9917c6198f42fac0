"""Shows the Markdown of papers inside pages as papers show it."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from upstream.papers import text_fragment

register = template.Library()


@register.filter
def paper_text(text: str) -> SafeString:
    """Show a text with the few marks that papers take; anything else in it is shown as it was typed."""
    return mark_safe(text_fragment(text))  # the papers' renderer escapes everything but its own marks
