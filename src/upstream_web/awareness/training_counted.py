"""Training coverage as shares that an indicator may follow: of a course, and of each team that must have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from upstream_web.awareness import queries
from upstream_web.awareness.models import Course, Requirement
from upstream_web.records.register import Counted

HOW = (
    "People who hold the course on the last day of the period, of those in teams that must have it and gave a headcount"
)
HOW_TEAM = "People of the team who hold the course on the last day of the period, of its newest headcount"
Over = Callable[[Sequence[date]], list[tuple[int, int | None]]]


def training_counted() -> Iterator[Counted]:
    """Give a share for each course that a team must have, and below it one for each of these teams."""
    courses = list(queries.seen_by(Course, None))
    needs = defaultdict(list)
    for need in queries.required_of(courses):
        needs[need.course_id].append(need)
    for course in courses:
        required = needs[course.pk]
        if required:
            yield Counted(f"training-{course.pk}", f"Training held: {course}", f"{HOW}.", _all_teams(course))
        for each in required:
            named = f"{each.team}, {each.team.body.said_shortly}"
            key, title = f"training-{course.pk}-team-{each.team_id}", f"Training held: {course}, by {named}"
            yield Counted(key, title, f"{HOW_TEAM}.", _one_team(course, each))


def _all_teams(course: Course) -> Over:
    def over(days: Sequence[date]) -> list[tuple[int, int | None]]:
        return [(found.held, found.people) for found in queries.coverage_over(course, days)]

    return over


def _one_team(course: Course, required: Requirement) -> Over:
    def over(days: Sequence[date]) -> list[tuple[int, int | None]]:
        found = queries.coverage_over(course, days)
        teams = [next((team for team in each.teams if team.key == required.team_id), None) for each in found]
        return [(team.held, team.people) if team else (0, None) for team in teams]

    return over
