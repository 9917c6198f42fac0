"""Shows where the words that were looked for stand."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def highlight(text: object, words: str) -> SafeString:
    """Write a text with the words that were looked for marked."""
    wanted = [re.escape(word) for word in sorted(words.split(), key=len, reverse=True)]
    if not wanted:
        return escape(str(text))
    parts = re.split(f"({'|'.join(wanted)})", str(text), flags=re.IGNORECASE)
    pieces = [f"<mark>{escape(part)}</mark>" if place % 2 else escape(part) for place, part in enumerate(parts)]
    return mark_safe("".join(pieces))  # every piece is escaped
