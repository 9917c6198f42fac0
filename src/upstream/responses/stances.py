"""Reads from an answer whether what was asked is accepted, accepted in part or not."""

from __future__ import annotations

import re

from upstream.responses.record import Acceptance

ACCEPT = r"(?:accept(?:s|ed|ing)?|agree(?:s|d)?|support(?:s|ed)?|concur(?:s|red)?)"
IN_PART = re.compile(
    rf"\b(?:partial(?:ly)?|partly|in principle)\b[^.]{{0,30}}\b{ACCEPT}\b"
    rf"|\b{ACCEPT}\b[^.]{{0,30}}\b(?:in part|partly|partially|in principle)\b"
    r"|\bnot (?:fully|wholly|entirely|completely) (?:accept|agree)\w*",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"\b(?:not|never|cannot|unable to|declines? to|don't|doesn't) (?:\w+ ){0,2}?(?:accept|agree)(?:s|ed|d)?\b"
    r"|\b(?:reject(?:s|ed)?|disagree(?:s|d)?|declined)\b",
    re.IGNORECASE,
)
# In the words of an answer “agreed” may be said of anything; here it is said of what was asked.
ANSWERED = re.compile(
    r"(?:^|[.!?:]\s+|\n)\W*(?:fully )?(?:accepted|agreed|accept|agree)\b(?! (?:to|a|an|the|by)\b)"
    r"|\b(?:we|i|force|constabulary|police|constable|commissioner|pcc|service|gmp|mps)\b(?: \w+){0,3}?"
    r" (?:accepts?|agrees?|accepted)\b(?! to\b)"
    r"|\brecommendations?\b(?: \w+){0,3}? (?:is|are|was|were|been)(?: \w+)? (?:accepted|agreed)\b",
    re.IGNORECASE,
)
BOX = {
    Acceptance.NOT_ACCEPTED: re.compile(
        r"^\W*(?:no?(?!\s*/)|none|refused)\b(?! (?:yet|decision|decided))", re.IGNORECASE
    ),
    Acceptance.IN_PART: re.compile(r"^\W*(?:in part|part|partial|partially|partly)\b", re.IGNORECASE),
    Acceptance.ACCEPTED: re.compile(r"^\W*(?:y|yes|full|fully)\b|\b(?:accept\w*|agree\w*)\b", re.IGNORECASE),
}


def accepts(text: str, *, by_label: bool = False) -> Acceptance | None:
    """Say how an answer takes what was asked; None when it does not say. `by_label`: it stands where that is asked.

    >>> accepts("The force does not accept this.").value
    'not accepted'
    >>> accepts("We accept this in part.").value
    'in part'
    >>> accepts("A plan was agreed with the council.")
    """
    plain = text.replace("’", "'")
    if IN_PART.search(plain):
        return Acceptance.IN_PART
    if REFUSED.search(plain):
        return Acceptance.NOT_ACCEPTED
    if by_label:
        return next((stance for stance, words in BOX.items() if words.search(plain)), None)
    return Acceptance.ACCEPTED if ANSWERED.search(plain) else None
