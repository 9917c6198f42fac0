"""What education and awareness tell papers that leave the partnership: totals for the whole of it, in sentences.

Nothing of one school, team, venue or group of young people is told, and a small number is not written out.
"""

from __future__ import annotations

from datetime import date

from upstream_web.awareness import queries
from upstream_web.awareness.coverage import whole_per_cent
from upstream_web.awareness.models import ActivitySession, SessionState
from upstream_web.awareness.school_year import SchoolYear
from upstream_web.core.words import capital, count_words

SMALLEST_TOLD = 5


def few(count: int, one: str, many: str) -> str:
    """Write a count that may leave: none and five or more as they are, anything between as fewer than five.

    >>> few(0, "pupil", "pupils"), few(3, "pupil", "pupils"), few(1204, "pupil", "pupils")
    ('0 pupils', 'fewer than five pupils', '1,204 pupils')
    """
    if 0 < count < SMALLEST_TOLD:
        return f"fewer than five {many}"
    return f"{count:,} {one if count == 1 else many}"


def sentences(since: date, until: date) -> tuple[str, ...]:
    """Say what was done from `since` to `until`, both included, and how things stand on that last day."""
    found = (_education(since, until), _training(until), _campaigns(since, until), _charters(until),
             _activities(since, until))  # fmt: skip
    return tuple(sentence for sentence in found if sentence)


def late_lines(on: date) -> tuple[str, ...]:
    """Say what a board must know is late."""
    course = queries.find_outcome_22_course(on)
    short = len(queries.coverage_of(course, on).short) if course else 0
    return (f"Training in outcome 22 is below its target in {count_words(short, 'team')}.",) if short else ()


def _education(since: date, until: date) -> str:
    held = queries.sessions_in(since, until).filter(state=SessionState.HELD)
    count, year = held.count(), SchoolYear.of(until)
    if not count:
        return ""
    row = queries.reach_by_district(queries.settings_to_reach(year, until), year, until)[-1]
    contacts = sum(each or 0 for each in held.values_list("pupils", flat=True))
    said = (
        f"{capital(few(count, 'session', 'sessions'))} of education on violence took place, with "
        f"{few(contacts, 'pupil contact', 'pupil contacts')}; a pupil who came twice counts twice. In the school year "
        f"{year.label} so far, {few(row.reached, 'school or setting', 'schools and settings')} of "
        f"{row.settings:,} were reached."
    )
    quality = queries.quality(held, until)
    return f"{said} {capital(few(quality.observed, 'session was', 'sessions were'))} observed for quality."


def _training(on: date) -> str:
    course = queries.find_outcome_22_course(on)
    if course is None:
        return ""
    found = queries.coverage_of(course, on)
    if found.people is None:
        is_given = any(team.holding.holding for team in found.teams)
        return "How many people hold training in outcome 22 is not known." if is_given else ""
    said = (
        f"{few(found.held, 'person', 'people')} of {found.people:,} in the teams that must have it hold training in "
        f"outcome 22 ({whole_per_cent(found.per_cent)}; the target is {found.target_per_cent}%)."
    )
    if found.unknown:
        said += f" Teams whose headcount is not known are left out: {len(found.unknown)}."
    return capital(said)


def _campaigns(since: date, until: date) -> str:
    titles = [f"“{each.title}”" for each in queries.campaigns_in(since, until)]
    return f"Campaigns that ran: {', '.join(titles)}." if titles else ""


def _charters(on: date) -> str:
    holding = queries.signatures_in_force(on).count()
    return f"{capital(few(holding, 'charter signature is', 'charter signatures are'))} in force." if holding else ""


def _activities(since: date, until: date) -> str:
    found = queries.attendance_of(ActivitySession.objects.filter(on__gte=since), until)
    if not found.sessions:
        return ""
    said = (
        f"Activity programmes had {few(found.attended, 'attendance', 'attendances')} in "
        f"{few(found.sessions, 'session', 'sessions')}"
    )
    return f"{said}; not every session has been counted." if found.uncounted else f"{said}."
