"""Finds names, offices and force where no label says them: by the form of the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from upstream.codes.police_forces import police_forces
from upstream.responses.reading.line import Line
from upstream.responses.record import Certainty, Found, ReadField, spans
from upstream.responses.wording import straight

LIKELY = Certainty.LIKELY
# Small letters are asked for, since headings in capitals are not names.
UPPER, LOWER = "A-ZÀ-ÖØ-ÞŴŶ", "a-zà-öø-ÿŵŷ"
PART = rf"[{UPPER}][\w'-]*[{LOWER}]"
BETWEEN = r"(?: (?:ap|ab|ferch|de|di|la|le|van|von|der|den|bin|al))?"
NAME = rf"(?:(?:Dr|Sir|Dame|Lord|Baroness|Mr|Mrs|Ms|Cllr)\.? )?{PART}(?:{BETWEEN} {PART}){{1,3}}"
HONOURS = r"(?:,? (?:QPM|OBE|MBE|CBE|KC|QC|DL|KPM|BEM|MP|JP))*"
OFFICE = (
    r"(?:Police,? (?:Fire,? )?(?:and|&) Crime Commissioner|Police,? Crime (?:and|&) Commissioner"
    r"|Police,? Fire (?:and|&) Crime Commissioner|Police,? Crime (?:and|&) Victims'? Commissioner"
    r"|Deputy Mayor for [A-Z]\w+(?:,? (?:and )?[A-Z]\w+)*|PF?CC)"
)
CHIEF = r"(?:(?:Temporary |Acting |T/)?Chief Constable|Commissioner of Police of the Metropolis)"
# Mayors of these areas have the commissioner's powers.
MAYOR = r"Mayor of (?:(?:Greater|North|South|East|West) )?[A-Z]\w+"
SIGNATURES = (
    rf"^(?P<name>{NAME}){HONOURS},? (?:the )?(?:[A-Z]\w+(?:'s)? )?(?:{OFFICE}|{CHIEF}|{MAYOR})\b",
    rf"^(?:{OFFICE}|{CHIEF})(?: for [A-Z]\w+(?: (?:and )?[A-Z]\w+){{0,2}})?,? (?P<name>{NAME}){HONOURS}(?:,|$)",
)
OFFICE_FULL = re.compile(OFFICE.replace("|PF?CC", ""), re.IGNORECASE)
SIGNED = re.compile(r"^signed(?: by)?:?\s*", re.IGNORECASE)
NAME_ALONE = re.compile(rf"^(?P<name>{NAME}){HONOURS}$")
OFFICE_BELOW = re.compile(rf"^(?:[A-Z]\w+(?:'s)? )?(?:{OFFICE}|{CHIEF}|{MAYOR})\b")
FORCE = re.compile(r"\b(?P<name>[A-Z][\w'-]+(?: (?:and|&) [A-Z][\w'-]+| [A-Z][\w'-]+){0,2}) (?:Police|Constabulary)\b")
FOR_PLACE = re.compile(
    rf"(?:{OFFICE}|Commissioner) for (?:the )?(?P<name>[A-Z][\w'-]+(?: (?:and|&) [A-Z][\w'-]+| [A-Z][\w'-]+){{0,2}})"
)
PLACE_OF = re.compile(
    rf"\b(?P<name>[A-Z][\w'-]+(?: (?:and|&) [A-Z][\w'-]+| [A-Z][\w'-]+){{0,2}}) (?:{OFFICE}|OPF?CC)\b"
    r"|\bMayor of (?P<mayors>(?:(?:and )?[A-Z][\w'-]+ ?){1,4})"
)
FORCE_IN_CAPITALS = re.compile(
    r"\b(?:OF|THE|FOR) (?P<name>[A-Z'-]+(?: AND [A-Z'-]+| [A-Z'-]+)?) (?:POLICE|CONSTABULARY)\b"
    r"|\bCOMMISSIONER FOR (?:THE )?(?P<place>[A-Z'-]+(?: AND [A-Z'-]+)?)\b"
)
NOT_OF_NAME = re.compile(
    r"^(?:(?:The|Is|Are|In|At|Has|His|Her|Our|All|British Transport|National|Neighbourhood|Response|By|From|To|Both"
    r"|And|Of|When|While|If|As|For|With|Most|Some|Many|How|Local|Temporary|Roads|Military|Ministry of Defence"
    r"|Inspection)\b\s*)+"
)


def commissioner_by_pattern(lines: Sequence[Line]) -> ReadField[str]:
    """Find the commissioner's name: “Name, Police and Crime Commissioner”, the reverse, or a signature."""
    found = _person(lines, OFFICE)
    return found if found.value else _person(lines, MAYOR)


def chief_by_pattern(lines: Sequence[Line]) -> ReadField[str]:
    """Find the chief constable's name in the same ways."""
    return _person(lines, CHIEF)


def _person(lines: Sequence[Line], office: str) -> ReadField[str]:
    after = re.compile(rf"\b(?P<name>{NAME}){HONOURS},? (?:is |as )?(?:the |your )?(?:[A-Z]\w+ )?{office}\b")
    before = re.compile(rf"\b{office}(?: for [A-Z]\w+(?: (?:and )?[A-Z]\w+){{0,2}})?,? (?P<name>{NAME})")
    below = re.compile(rf"^(?:[A-Z]\w+(?:'s)? )?{office}\b")
    found: list[tuple[str, Line]] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        text = straight(line.text)
        under = straight(following.text).split(" / ")[-1] if following else ""
        signed = NAME_ALONE.match(SIGNED.sub("", text)) if below.match(under) else None
        for match in (signed, after.search(text), before.search(text)):
            if match and _is_name(match["name"]):
                found.append((match["name"], line))
    if not found:
        return ReadField()
    name, line = max(found, key=lambda item: sum(other == item[0] for other, _ in found))
    others = sorted({other for other, _ in found} - {name})
    doubts = (f"The document also names {', '.join(others)}.",) if others else ()
    return ReadField(name, Found.PATTERN, LIKELY, spans([line]), doubts)


def without_office(text: str) -> str:
    """Take the office from before a name: “Chief Constable Jo Bloggs” is Jo Bloggs."""
    return re.sub(rf"^(?:{CHIEF}|{OFFICE})\s+(?=[A-Z])", "", straight(text)) if re.match(CHIEF, text) else text


def is_signature(text: str, following: str = "") -> bool:
    """Whether a line is a name with an office, as it stands under a text; the office may stand in the line below.

    >>> is_signature("Jo Bloggs, Police and Crime Commissioner for Mercia")
    True
    >>> is_signature("Jo Bloggs", "Police and Crime Commissioner for Mercia")
    True
    """
    plain = SIGNED.sub("", straight(text))
    alone = NAME_ALONE.match(plain)
    if alone and OFFICE_BELOW.match(straight(following).split(" / ")[-1]):
        return _is_name(alone["name"])
    if len(plain.split()) > 16 or plain.endswith((".", ":")):
        return False
    after, before = (re.match(pattern, plain) for pattern in SIGNATURES)
    return any(match is not None and _is_name(match["name"]) for match in (after, before))


def _is_name(name: str) -> bool:
    words = name.split()
    return not set(words) & {
        "Police", "Chief", "Constable", "Crime", "Commissioner", "Office", "The", "This", "Inspectorate", "Report",
        "Deputy", "Response", "Dear", "Home", "Secretary", "Recommendation", "Force", "Mayor", "Assistant", "Yours",
        "For", "And", "Has", "Was", "Will", "Comments", "Statement", "Following", "Title", "Constabulary",
    }  # fmt: skip


def office_in(texts: Sequence[tuple[str, Line]]) -> ReadField[str]:
    """Find the title of the office, as it is first written out; another form of it elsewhere is a doubt."""
    found = [
        (" ".join(match.group().split()), line)
        for text, line in texts
        for match in OFFICE_FULL.finditer(straight(text))
    ]
    if not found:
        return _short_office(texts)
    office = _office_title(found[0][0])
    others = {_office_title(name) for name, _ in found} - {office}
    doubts = tuple(f"The document also says “{other}”." for other in sorted(others))
    return ReadField(office, Found.PATTERN, LIKELY, spans([found[0][1]]), doubts)


def _short_office(texts: Sequence[tuple[str, Line]]) -> ReadField[str]:
    """Where the office is nowhere written out, its letters tell."""
    for letters, office in (("PFCC", "Police, Fire and Crime Commissioner"), ("PCC", "Police and Crime Commissioner")):
        line = next((line for text, line in texts if re.search(rf"\bO?{letters}\b", text)), None)
        if line:
            return ReadField(office, Found.PATTERN, LIKELY, spans([line]), (), letters)
    return ReadField()


def _office_title(words: str) -> str:
    """The usual spelling of an office, whatever its capitals, commas and order."""
    plain = " ".join(words.replace(",", " ").replace("&", "and").split()).casefold()
    if plain.startswith("deputy mayor"):
        return words
    if "victims" in plain:
        return "Police, Crime and Victims’ Commissioner"
    return "Police, Fire and Crime Commissioner" if "fire" in plain else "Police and Crime Commissioner"


@cache
def _force_patterns() -> dict[str, re.Pattern[str]]:
    """The forces by name, each with the words that name it: “Devon & Cornwall” is written with “and” as well."""
    found = {}
    for force in police_forces():
        words = " ".join(reversed(force.area_name.split(", "))).replace("&", "and").removesuffix(" Police")
        found[force.area_name] = re.compile(rf"\b{re.escape(words)}\b", re.IGNORECASE)
    return found


def force_by_pattern(lines: Sequence[Line]) -> ReadField[str]:
    """Find the force that the document names most often; “Commissioner for X” counts as naming X.

    A force of England or Wales counts before any other name.
    """
    known = _force_patterns()
    found: list[tuple[str, Line]] = []
    for line in lines:
        text = straight(line.text).replace("&", "and")
        named = [match["name"] for pattern in (FORCE, FOR_PLACE) for match in pattern.finditer(text)]
        named += [(match["name"] or match["place"]).title() for match in FORCE_IN_CAPITALS.finditer(text)]
        # “Mercia PCC” may be anybody's “Former PCC”: only a force that is known counts.
        offices = [match["name"] or match["mayors"] for match in PLACE_OF.finditer(text)]
        named += [name for name in offices if any(pattern.search(name) for pattern in known.values())]
        for name in filter(None, (NOT_OF_NAME.sub("", name) for name in named)):
            found.append((next((force for force, pattern in known.items() if pattern.search(name)), name), line))
    if not found:
        return ReadField()
    counts = Counter(name for name, _ in found)
    best = max(counts, key=lambda name: (name in known, counts[name]))
    return ReadField(best, Found.PATTERN, LIKELY, spans([next(line for name, line in found if name == best)]))
