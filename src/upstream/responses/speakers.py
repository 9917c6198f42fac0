"""Tells whose words follow when one office quotes another: “The Chief Constable’s response was as follows:”."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from upstream.responses.facts import is_signature
from upstream.responses.reading.line import Line
from upstream.responses.wording import CHIEF, COMMISSIONER_FIRST, plain_label, straight, wording

CLOSING = {"“": "”", '"': '"', "‘": "’", "'": "'"}
OPENS = re.compile(r"^[\"“‘']")
INLINE = re.compile(r"[:,]\s*(?P<quote>[\"“‘'][A-Z].*)$", re.DOTALL)
PRONOUN = re.compile(r"^(?:he|she|they)(?: (?:has|have))? (?:stated|said|responded|replied|commented)\b", re.IGNORECASE)
LONGEST_LEAD_WORDS = 60
LONGEST_QUOTATION_LINES = 400
UNCLOSED = "The quotation is not closed in the document; where it ends is a guess."


@dataclass(frozen=True)
class Spoken:
    """The words of a quotation: how many lines, whether quotation marks hold them, what is doubtful about their end."""

    lines: int
    quoted: bool
    doubts: tuple[str, ...] = ()


def speaker(text: str) -> str | None:
    """Say whose words a text announces, as the field for them; None when it announces none.

    >>> speaker("I asked for the Chief Constable’s view, and she has stated:")
    'chief_constable_response'
    >>> speaker("The report was published in March. The Commissioner for Mercia, Jo Bloggs, said:")
    'commissioner_initial_response'
    >>> speaker("I have three priorities for the Chief Constable:")
    """
    if not text.rstrip().endswith(":"):
        return None
    sentence = re.split(r"[.!?]\s+", text.rstrip(" :"))[-1]
    if len(sentence.split()) > LONGEST_LEAD_WORDS:
        return None
    if PRONOUN.match(sentence):
        return CHIEF
    nearest = ""
    for word in plain_label(sentence).split():
        # Who stands nearest before the verb speaks: “Writing to the Chief Constable, the Commissioner said”.
        if nearest and word in wording()["speaks"]["verbs"]:
            return CHIEF if nearest == "chief" else COMMISSIONER_FIRST
        if word.removesuffix("s") in ("chief", "commissioner"):
            nearest = word.removesuffix("s")
    return None


def announces_inline(text: str) -> str | None:
    """Say whose words a line both announces and begins to quote: “The Chief Constable said: “We agree …”."""
    found = INLINE.search(text)
    return speaker(text[: found.start()] + ":") if found else None


def spoken_from(lines: Sequence[Line], ends: Callable[[Line], bool], *, opening: str = "") -> Spoken | None:
    """Measure the words quoted from the first of these lines on; `ends` tells a line that begins another part.

    Without quotation marks they reach to the signature of the chief constable; None when nothing shows their end.
    """
    held = list(_until(lines, ends))
    mark = opening or (opening_mark(held[0].text) if held else "")
    if not mark:
        signed = next((place for place, line in enumerate(held) if place and _signed_by_chief(line)), None)
        return Spoken(signed, quoted=False) if signed else None
    close = re.compile(rf"(?:[.!?,…]{CLOSING[mark]}|{CLOSING[mark]}[.!?]?)\W*$" if mark in '“"' else r"[.!?,…][’']\W*$")
    for place, line in enumerate(held):
        last = place + 1 == len(held) or held[place + 1].starts
        if last and close.search(line.text):
            return Spoken(place + 1, quoted=True)
    # A mark that is never closed: by custom each paragraph of a quotation opens with one again.
    within = 1
    while within < len(held) and not (held[within].starts and not OPENS.match(held[within].text)):
        within += 1
    return Spoken(within, quoted=True, doubts=(UNCLOSED,))


def opening_mark(text: str) -> str:
    """Give the quotation mark that a text begins with; empty when it begins with none."""
    return text[0] if OPENS.match(text) else ""


def _until(lines: Sequence[Line], ends: Callable[[Line], bool]) -> list[Line]:
    held: list[Line] = []
    for line in lines[:LONGEST_QUOTATION_LINES]:
        if held and ends(line):
            break
        held.append(line)
    return held


def _signed_by_chief(line: Line) -> bool:
    return is_signature(line.text) and "chief" in plain_label(straight(line.text)).split()
