"""How many pupils were reached, when only contacts are counted.

A pupil who sat in three sessions is three contacts. Names are not kept, so the number of different pupils is not
known; but it lies between two numbers that are. Of the sessions in one setting in one year, those whose year groups
do not overlap were attended by different pupils: the most that such sessions come to is the least number of pupils.
And there were never more pupils than contacts, nor than the setting has on roll.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """One session that was held: its year groups, and its pupils where they were counted."""

    year_groups: frozenset[str]
    pupils: int | None


@dataclass(frozen=True)
class Pupils:
    """What is known of the pupils reached. `uncounted` sessions were held without a count: their pupils come on top."""

    contacts: int
    at_least: int
    at_most: int | None
    sessions: int
    uncounted: int

    def __add__(self, other: Pupils) -> Pupils:
        """Add two settings; pupils of different settings are different pupils, but for those who changed school."""
        whole = None if self.at_most is None or other.at_most is None else self.at_most + other.at_most
        return Pupils(
            self.contacts + other.contacts, self.at_least + other.at_least, whole,
            self.sessions + other.sessions, self.uncounted + other.uncounted,
        )  # fmt: skip


NOBODY = Pupils(0, 0, 0, 0, 0)


def pupils_of_setting(held: Iterable[Held], on_roll: int | None) -> Pupils:
    """Bound the number of different pupils of one setting in one school year.

    A session that names no year groups may overlap with any other. With a session that was not counted, only the
    number on roll bounds the pupils from above; without that, nothing does.

    >>> year_7, year_8 = frozenset({"y7"}), frozenset({"y8"})
    >>> pupils_of_setting([Held(year_7, 90), Held(year_7, 80), Held(year_8, 60)], on_roll=700)
    Pupils(contacts=230, at_least=150, at_most=230, sessions=3, uncounted=0)
    """
    sessions = list(held)
    counted = [(each.year_groups, each.pupils) for each in sessions if each.pupils is not None]
    contacts = sum(pupils for _, pupils in counted)
    uncounted = len(sessions) - len(counted)
    bounds = [number for number in (on_roll, None if uncounted else contacts) if number is not None]
    at_least = _most_without_overlap(counted)
    # More pupils present than on roll: the roll is out of date, and the sessions themselves are believed.
    at_most = max(min(bounds), at_least) if bounds else None
    return Pupils(contacts, at_least, at_most, len(sessions), uncounted)


def _most_without_overlap(counted: list[tuple[frozenset[str], int]]) -> int:
    """Add up sessions without a year group in common, the largest first: a bound from below, whatever is chosen."""
    total, taken = 0, frozenset[str]()
    largest = max((pupils for _, pupils in counted), default=0)
    for groups, pupils in sorted(counted, key=lambda each: (-each[1], sorted(each[0]))):
        if groups and not groups & taken:
            total, taken = total + pupils, taken | groups
    return max(total, largest)
