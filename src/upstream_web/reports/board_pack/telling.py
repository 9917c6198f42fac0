"""Lines that stand in the paper and on the slides alike: what changed, what is late, what to decide, by priority."""

from __future__ import annotations

from collections.abc import Sequence

from upstream.papers import plain
from upstream_web.performance.result import Result
from upstream_web.reports.board_pack.other_parts import Told
from upstream_web.reports.board_pack.wording import shown_value

LEVELS = ("outcome", "output", "input")  # a board reads what came of it first


def late_lines(results: Sequence[Result], told: Sequence[Told]) -> list[str]:
    """Give what is late in a line each, by every part of the site, and signals on which nobody said anything."""
    late = [line for each in told for line in each.late]
    return late + [f"No commentary yet: {plain(result.title)}." for result in results if result.comment_is_missing]


def points_to_decide(results: Sequence[Result], told: Sequence[Told]) -> list[str]:
    """Give what the board is asked to decide."""
    decide = [point for each in told for point in each.decide]
    return decide + [
        f"Say what follows from “{plain(result.title)}” ({plain(result.signal.label.lower())})."
        for result in results
        if result.signal.verdict == "worse"
    ]


def changed_line(result: Result) -> str:
    """Say in a line what an indicator tells, with its number and how it stands to its target."""
    target = f"; target {plain(result.target.label.lower())}" if result.target else ""
    return f"**{plain(result.title)}**: {plain(result.signal.label)}, {plain(shown_value(result))}{target}."


def by_priority(results: Sequence[Result]) -> list[tuple[tuple[int, str], list[Result]]]:
    """Group results by number and name of their priority, outcomes before outputs and inputs."""
    groups: dict[tuple[int, str], list[Result]] = {}
    for result in results:
        groups.setdefault((result.priority_number, result.priority_name), []).append(result)
    for found in groups.values():
        found.sort(key=lambda result: LEVELS.index(result.level))
    return sorted(groups.items(), key=lambda group: group[0])
