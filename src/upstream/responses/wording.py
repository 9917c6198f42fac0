"""Knows the words by which offices name the parts of a response: labels, headings, who answers."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-"})
NUMBER_BEFORE = re.compile(r"^\(?(?:(?:section|part|annex|appendix)\s+)?(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[a-h][.):])\s+")
IN_BRACKETS = re.compile(r"\([^)]{0,25}\)")
LONGEST_HEADING_WORDS = 16
NO_PERSON = re.compile(r"\b(?:office|opf?cc|mopac)\b", re.IGNORECASE)

COMMISSIONER_FIRST = "commissioner_initial_response"
COMMISSIONER_LAST = "commissioner_overall_comments"
CHIEF = "chief_constable_response"
ANSWERS = (COMMISSIONER_FIRST, CHIEF, COMMISSIONER_LAST)


MADE_TO = re.compile(
    r"^(?:(?:national|local|hmicfrs|specific|the|further|following) )*(?P<kind>recommendations?|areas for improvement)"
    r" (?:(?:made|addressed|directed|relevant|applicable|identified) )?(?:for|to) (?P<to>.+)$"
)


@dataclass(frozen=True)
class Addressee:
    """Whom a recommendation asks: by its name here, whether it is a police force, whether a whole class of bodies."""

    name: str
    police: bool
    national: bool


@dataclass(frozen=True)
class Label:
    """What a heading or label asks for. `weak`: a text may have such a heading within itself."""

    field: str
    weak: bool = False
    party: bool = False


@cache
def wording() -> dict[str, Any]:
    """Read `wording.toml` once."""
    return tomllib.loads((FOLDER / "wording.toml").read_text(encoding="utf-8"))


def straight(text: str) -> str:
    """Write typographic quotes and dashes as a typewriter has them, so that spellings can be compared."""
    return text.translate(QUOTES)


@cache
def _office_names() -> re.Pattern[str]:
    offices = wording()["offices"]
    kinds = ((kind, "|".join(re.escape(name) for name in offices[kind])) for kind in ("chief", "commissioner"))
    return re.compile("|".join(rf"(?P<{kind}>\b(?:{names})s?\b)" for kind, names in kinds))


def plain_label(text: str) -> str:
    """Strip a label to what it means.

    >>> plain_label("3. Police, Fire and Crime Commissioner’s initial response:")
    'commissioner initial response'
    """
    label = NUMBER_BEFORE.sub("", straight(text).strip().casefold())
    label = IN_BRACKETS.sub(" ", label).replace("&", " and ").replace("'s", "").replace("'", "")
    label = " ".join(re.sub(r"[^\w ]+", " ", label).split()).replace("areas of improvement", "areas for improvement")
    return _office_names().sub(lambda match: match.lastgroup or "", label)


@cache
def _by_label() -> dict[str, Label]:
    words = wording()
    known = {label: Label("") for label in words["nothing"]["labels"]}
    known |= {label: Label(field, weak=True) for field, labels in words["weak"].items() for label in labels}
    known |= {label: Label(field) for field, labels in words["labels"].items() for label in labels}
    for field, labels in words["weak"].items():
        known |= {label: Label(field, weak=True) for label in labels}
    return known


SENT = re.compile(
    r"\b(?:forwarded|sent|submitted|copied|copy)\b.*\b(?:home office|home secretary|secretary of state)\b"
)
ON_SITE = re.compile(r"\b(?:published|uploaded|placed|posted)\b.*\b(?:website|web ?site|web page|site)\b")
RESPONSE_PUBLISHED = re.compile(
    r"^(?:date )?(?:(?:commissioner|our|this|the|statutory) )*response (?:was )?"
    r"(?:published\b(?: on)?|publication date)"
)
DAYS = {"date", "dated", "day", "due", "deadline"}
QUOTED = re.compile(r"^(?:is|was|are|were)\b.*\b(?:quoted|mentioned|named|referenced|referred to)\b.*\breport\b")
MADE = re.compile(
    r"^(?:the|this) (?:report|inspection) (?:made|makes|contains|includes|set out) (?:\w+ ){1,4}recommendations?\b"
)


def find_label(text: str) -> Label | None:
    """Tell what a whole line or cell asks for, if it is a label or a heading.

    >>> find_label("Comment by the PCC:").field
    'commissioner_initial_response'
    """
    if len(text) > 200 or len(text.split()) > LONGEST_HEADING_WORDS:
        return None
    label = plain_label(text)
    if text.rstrip().endswith("?"):
        return _question(label) or _office_use(label)
    known = _by_label().get(label) or _office_use(label) or _made_to(text, label) or _party(text, label)
    return known or _either_name(text)


def _either_name(text: str) -> Label | None:
    """One thing under two names: “Ymateb y Prif Gwnstabl / Chief Constable’s response”."""
    names = text.split("/")
    return next(filter(None, map(find_label, names)), None) if len(names) == 2 else None


def _question(label: str) -> Label | None:
    """What a form asks for: “When was the report published?”."""
    field = asked_in(label, wording()["questions"])
    return Label(field) if field else None


def asked_in(label: str, asked: dict[str, list[str]]) -> str | None:
    """Give the first entry of a table one of whose rows of words stands in a label in that order.

    >>> asked_in("when was the report published", {"day": ["when published"]})
    'day'
    """
    words = label.split()
    for field, rows in asked.items():
        for row in rows:
            left = iter(words)
            if all(word in left for word in row.split()):
                return field
    return None


def _made_to(text: str, label: str) -> Label | None:
    """“Recommendations for the College of Policing”: a heading, when somebody is named whom inspectors ask to act."""
    match = MADE_TO.match(label)
    if not match or text.rstrip().endswith((".", ",", ";")):
        return None
    named = all(word.istitle() for word in straight(text).rstrip(" :").split()[-len(match["to"].split()) :])
    if not (addressees_in(straight(text)) or named):
        return None
    return Label("areas_for_improvement_text" if match["kind"].startswith("area") else "recommendations_text")


@cache
def _addressee_patterns() -> tuple[tuple[Addressee, re.Pattern[str]], ...]:
    return tuple(
        (
            Addressee(item["name"], item.get("police", False), item.get("national", True)),
            re.compile(rf"\b(?:{'|'.join(item['words'])})\b", re.IGNORECASE),
        )
        for item in wording()["addressee"]
    )


def addressees_in(text: str) -> list[Addressee]:
    """Name whom a text asks to act, in the order of the list; words that one of them took count for no other."""
    found = []
    for addressee, pattern in _addressee_patterns():
        if pattern.search(text):
            found.append(addressee)
            text = pattern.sub(" ", text)
    return found


def stands_around(text: str) -> bool:
    """Whether a line is of the page or the mail around a response: a menu, a notice about cookies.

    >>> stands_around("Skip to main content")
    True
    """
    plain = straight(text).strip().casefold()
    return len(plain.split()) <= 60 and plain.startswith(tuple(wording()["around"]["begins"]))


def is_label(text: str) -> bool:
    """Whether a whole line or cell is a label or a heading that is known here."""
    return find_label(text) is not None


def _office_use(label: str) -> Label | None:
    words = set(label.split())
    for field, rule in wording()["spelled"].items():
        if words & set(rule["one_of"]) and words <= {*rule["one_of"], *rule["with"]}:
            return Label(field)
    if SENT.search(label) and len(label.split()) < 10:
        return Label("sent_to_home_office")
    if RESPONSE_PUBLISHED.fullmatch(label) or (ON_SITE.search(label) and len(label.split()) < 10):
        return Label("published_on_site")
    return Label("force_quoted") if QUOTED.match(label) else None


def _party(text: str, label: str) -> Label | None:
    """Read a heading such as “Response of the Commissioner” by its words: a party, a noun of answering, fillers."""
    if text.rstrip().endswith((".", ",", ";")):
        return None
    words, answers = label.split(), wording()["answers"]
    parties = [word for word in words if word in ("commissioner", "chief", *answers["police"])]
    parties = parties or ["commissioner"] * (
        words[:1] == ["my"]
    )  # “My comments”: the office writes in one person's name
    asks_day = DAYS & set(words) or RESPONSE_PUBLISHED.match(label)  # “Date of PCC response” heads no answer
    if not parties or not set(words) & set(answers["nouns"]) or asks_day:
        return None
    known = {"commissioner", "chief", *answers["police"], *answers["nouns"], *answers["fillers"]}
    others = [word for word in words if word not in known and not word.isdigit()]
    capitals = {word.casefold() for word in re.findall(r"\b[A-Z][\w-]*", straight(text))}
    if len(others) > 3 or not all(part in capitals for word in others for part in [word]):
        return None
    return Label(_answer_field(words, parties, answers), party=True)


def _answer_field(words: list[str], parties: list[str], answers: dict[str, list[str]]) -> str:
    if "commissioner" not in parties:
        return CHIEF
    # "Chief Constable's response to the Commissioner" and the reverse: who is named first answers.
    if "chief" in parties and parties.index("chief") < parties.index("commissioner"):
        return CHIEF
    return COMMISSIONER_LAST if set(words) & set(answers["last_word"]) else COMMISSIONER_FIRST


def label_beside(text: str) -> Label | None:
    """What a cell with a value beside it asks for: there “Report” is a label too, which alone would be a heading."""
    field = next((field for field, labels in wording()["beside"].items() if plain_label(text) in labels), None)
    return Label(field) if field else find_label(text)


def names_office(text: str) -> bool:
    """Whether a label names the office as a body: what stands under it is an address, and no person.

    >>> names_office("Office of the Police and Crime Commissioner"), names_office("PCC")
    (True, False)
    """
    return NO_PERSON.search(text) is not None


def column_labels() -> list[str]:
    """What heads a column of a table of recommendations but is no field here."""
    labels: list[str] = wording()["each"]["column"]
    return labels


@cache
def each_labels() -> dict[str, str]:
    """What stands before an answer to one recommendation, with the part of the answer that it begins."""
    return {label: part for part, labels in reversed(wording()["each"].items()) for label in labels if part != "column"}
