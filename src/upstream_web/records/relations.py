"""How records may be linked: each relation as a sentence that can be read from either end.

    finding -> priority -> commitment -> action -> indicator -> recommendation -> paper

A relation leads onward when its second record comes after the first in that chain. No kinds at an end means any.
"""

from __future__ import annotations

from dataclasses import dataclass

ANY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Relation:
    """One sentence: a record of one of `starts` `forward` a record of one of `ends`, and `backward` the other way."""

    name: str
    forward: str
    backward: str
    starts: frozenset[str]
    ends: frozenset[str]
    onward: bool

    def fits(self, start: str, end: str) -> bool:
        """Whether records of these two kinds may be linked so."""
        if self.name == "duplicates" and start != end:
            return False
        return (not self.starts or start in self.starts) and (not self.ends or end in self.ends)


def _kinds(words: str) -> frozenset[str]:
    return frozenset(words.split())


RELATIONS: tuple[Relation, ...] = (
    Relation("led-to", "led to", "comes from",
             _kinds("commitment-evidence finding incident-review learning-point duty-judgement"),
             _kinds("priority commitment action recommendation"), True),
    Relation("serves", "serves", "is served by", _kinds("commitment action indicator grant"),
             _kinds("priority commitment"), False),
    Relation("answers", "answers", "is answered by", _kinds("action commitment"), _kinds("recommendation"), True),
    Relation("measures", "measures", "is measured by", _kinds("indicator"),
             _kinds("action commitment priority recommendation campaign training-course activity-programme"), False),
    Relation("decides-on", "decides on", "was decided on in", _kinds("paper decision meeting"), ANY, False),
    Relation("threatens", "threatens", "is threatened by", _kinds("risk"),
             _kinds("action commitment priority recommendation"), True),
    Relation("treats", "treats", "is treated by", _kinds("action"), _kinds("risk"), False),
    Relation("proves", "is evidence for", "is shown by", _kinds("evidence"), _kinds("recommendation action"), False),
    Relation("shows", "shows", "is shown by", ANY, _kinds("duty-judgement"), True),
    Relation("compared-with", "is compared with", "is compared with", _kinds("practice"), _kinds("action"), True),
    Relation("pays-for", "pays for", "is paid from", _kinds("fund grant"), _kinds("action commitment"), True),
    Relation("delivers", "delivers", "is delivered by",
             _kinds("education-package training-course campaign charter activity-programme"),
             _kinds("action commitment recommendation"), False),
    Relation("duplicates", "says the same as", "says the same as", ANY, ANY, True),
)  # fmt: skip


# The chain in one line: what stands at each step, by the kinds of its records.
STEPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Found", _kinds("commitment-evidence finding incident-review")),
    ("Priority", _kinds("priority")),
    ("Promised", _kinds("commitment")),
    ("Done", _kinds("action")),
    ("Did the number move?", _kinds("indicator")),
    ("Asked by inspectors", _kinds("recommendation")),
    ("Told and decided", _kinds("paper response update-section panel-update decision meeting")),
)


def get_relation(name: str) -> Relation | None:
    """Give the relation of that name; None for one that is not, or no longer, in the table."""
    return next((relation for relation in RELATIONS if relation.name == name), None)


def relations_between(start: str, end: str) -> list[Relation]:
    """Give the relations in which records of these two kinds may stand, in this order."""
    return [relation for relation in RELATIONS if relation.fits(start, end)]
