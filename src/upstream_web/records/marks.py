"""The few marks that comments may carry, shown safely: emphasis, lists, quotes, links, code, names of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from upstream_web.access.models import User

# A sign-in name may hold an @ itself: `@ash` and `@ash@police.example` both name one person.
MENTION = re.compile(r"(?<![\w@.])@([\w+-]+(?:\.[\w+-]+)*(?:@[\w-]+(?:\.[\w-]+)*)?)")


def mentioned(text: str) -> dict[str, User]:
    """Give the active people whom a text names, by the name as written in small letters."""
    return named_in([text])


def named_in(texts: Iterable[str]) -> dict[str, User]:
    """Give the active people whom any of the texts names; one question for all of them."""
    written = {name.lower() for text in texts for name in MENTION.findall(text)}
    if not written:
        return {}
    people = User.objects.filter(is_active=True, username__in=written)
    found = {person.username.lower(): person for person in people}
    for name in written - found.keys():  # written in other letters than the person's own
        person = User.objects.filter(is_active=True, username__iexact=name).first()
        if person is not None:
            found[name] = person
    return found


@cache
def _writer() -> MarkdownIt:
    # The preset knows no raw HTML once it is switched off, and links with dangerous schemes are refused by the library.
    writer = MarkdownIt("commonmark", {"html": False, "breaks": True})
    writer.disable(["image", "heading", "lheading", "hr", "html_block", "html_inline", "reference"])
    writer.add_render_rule("text", _words)
    writer.add_render_rule("link_open", _link)
    return writer


def _words(self: Any, tokens: Any, place: int, options: Any, env: Mapping[str, User]) -> str:
    def name(found: re.Match[str]) -> str:
        person = env.get(found[1].lower())
        return f'<b class="mention">@{escape(person.name)}</b>' if person else escape(found[0])

    content, done, pieces = tokens[place].content, 0, []
    for found in MENTION.finditer(content):
        pieces += [conditional_escape(content[done : found.start()]), name(found)]
        done = found.end()
    return "".join([*pieces, conditional_escape(content[done:])])


def _link(self: Any, tokens: Any, place: int, options: Any, env: Any) -> str:
    tokens[place].attrSet("rel", "nofollow noopener noreferrer")
    return str(self.renderToken(tokens, place, options, env))


def show(text: str, people: Mapping[str, User]) -> SafeString:
    """Write a text as HTML; `people` are those whose names are shown in place of their sign-in names."""
    return mark_safe(_writer().render(text, dict(people)))  # every piece is escaped by the writer or by `_words`
