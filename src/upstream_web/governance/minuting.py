"""What minutes say, drafted from what was recorded: the same record always gives the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from upstream_web.core.words import capital, day_words


@dataclass(frozen=True)
class Came:
    """One person at a meeting: role, organisation, how they attended (a value of `Mark`), and who deputised."""

    role: str
    body: str
    mark: str
    deputy: str = ""


@dataclass(frozen=True)
class Took:
    """A decision or an action as minutes name it."""

    number: int
    words: str
    reason: str = ""
    owner: str = ""
    due_on: date | None = None


def sentence(words: str) -> str:
    """Give words as a sentence: a capital first, a full stop last.

    >>> sentence("the group noted the report")
    'The group noted the report.'
    """
    text = words.strip()
    if not text:
        return ""
    return f"{capital(text)}{'' if text[-1] in '.?!…”' else '.'}"


def sentences(notes: str) -> str:
    """Give notes as paragraphs of sentences: each line of notes is a paragraph, bullets and dashes fall away."""
    lines = [line.strip().lstrip("-–•*").strip() for line in notes.splitlines()]
    return "\n\n".join(sentence(line) for line in lines if line)


def attendance_text(came: Sequence[Came]) -> str:
    """List who was present, who sent a deputy, who apologised and who was absent, each in the order of the seats."""
    parts = [
        ("Present", [_person(each) for each in came if each.mark == "present"]),
        ("Deputies", [_deputy(each) for each in came if each.mark == "deputy"]),
        ("Apologies", [_person(each) for each in came if each.mark == "apologies"]),
        ("Absent", [_person(each) for each in came if each.mark == "absent"]),
    ]
    said = ["\n".join((f"{label}:", "", *(f"- {each}" for each in people))) for label, people in parts if people]
    return "\n\n".join(said) or "Nobody's attendance was recorded."


def _person(came: Came) -> str:
    return f"{came.role} ({came.body})" if came.body else came.role


def _deputy(came: Came) -> str:
    who = came.deputy or "a deputy"
    return f"{who} for {_person(came)}"


def declarations_text(declared: Iterable[tuple[str, str, str, str]]) -> str:
    """Say who declared what on which item (empty: on none in particular), and how it was dealt with."""
    said = []
    for who, what, item, handled in declared:
        on = f" on “{item}”" if item else ""
        said.append(sentence(f"{who} declared an interest{on}: {what}") + (f" {sentence(handled)}" if handled else ""))
    return "\n\n".join(said) or "No interests were declared."


def item_text(asks: str, notes: str, decisions: Sequence[Took], actions: Sequence[Took]) -> str:
    """Say what was said, decided and asked for on an item; where nothing was recorded, what the item asked for."""
    parts = [sentences(notes)] if notes.strip() else []
    parts += [_decision(each) for each in decisions]
    parts += [_action(each) for each in actions]
    if parts:
        return "\n\n".join(parts)
    return "The report was noted." if asks == "note" else "No discussion was recorded, and nothing was decided."


def _decision(took: Took) -> str:
    said = f"**Decision {took.number}.** {sentence(took.words)}"
    if took.reason:
        said += f" Reason: {sentence(took.reason)}"
    return said + _owed(took)


def _action(took: Took) -> str:
    return f"**Action {took.number}.** {sentence(took.words)}" + _owed(took)


def _owed(took: Took) -> str:
    if not took.owner and not took.due_on:
        return ""
    by = f"by {day_words(took.due_on)}" if took.due_on else ""
    return f" ({', '.join(part for part in (took.owner, by) if part)})"
