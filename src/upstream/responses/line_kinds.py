"""Tells what a single line is: a greeting, a farewell, a name, the heading of an answer."""

from __future__ import annotations

import re

from upstream.responses.speakers import announces_inline, speaker
from upstream.responses.wording import COMMISSIONER_FIRST, COMMISSIONER_LAST, find_label, is_label, plain_label

GREETING = re.compile(r"^dear\b", re.IGNORECASE)
FAREWELL = re.compile(
    r"^(?:yours (?:sincerely|faithfully|truly)|kind regards|with best wishes|best wishes)\b", re.IGNORECASE
)
BARE_FIGURE = re.compile(r"^\W*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*$", re.IGNORECASE)
MARKING = re.compile(r"^\W*(?:official(?:\W+sensitive)?|(?:not )?protectively marked|unclassified)\W*$", re.IGNORECASE)


def greets(text: str) -> bool:
    """Whether a line opens a letter.

    >>> greets("Dear Home Secretary,")
    True
    """
    return GREETING.match(text) is not None and len(text.split()) < 9


def is_page_number(text: str) -> bool:
    """Whether a line holds only the number of its page."""
    return BARE_FIGURE.match(text) is not None


def is_marking(text: str) -> bool:
    """Whether a line only says how the paper is to be protected.

    >>> is_marking("OFFICIAL - SENSITIVE"), is_marking("Official figures rose")
    (True, False)
    """
    return MARKING.match(text) is not None


def begins_commissioner(text: str) -> bool:
    """Whether a line heads, greets in or announces the commissioner's text, so that what stands before is another's."""
    label = find_label(text)
    if greets(text) or (label is not None and label.field in (COMMISSIONER_FIRST, COMMISSIONER_LAST)):
        return True
    return COMMISSIONER_FIRST in (speaker(text), announces_inline(text))


def heads_answer(text: str) -> bool:
    """Whether a line heads what one of the offices says."""
    label = find_label(text)
    return label is not None and label.party


def may_be_name(text: str) -> bool:
    """A few words that begin with a capital letter, without figures: not a sentence, an address or a title."""
    words = text.split()
    return (
        0 < len(words) <= 8
        and words[0][:1].isupper()
        and not re.search(r"\d|[.:“\"]\s*$|,.*,", text)
        and not is_label(text)
    )


def names_a_report(text: str) -> bool:
    """Whether a heading speaks of a report, as the title of a whole document does."""
    return bool({"inspection", "inspections", "report", "reports", "hmicfrs", "hmic"} & set(plain_label(text).split()))
