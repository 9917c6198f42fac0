"""The front page: who was reached, how well, and what is late."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.awareness import districts, queries, standing
from upstream_web.awareness.charter_register import charter_sentence
from upstream_web.awareness.coverage import whole_per_cent
from upstream_web.awareness.education_register import reach_words
from upstream_web.awareness.models import Charter, SignUp
from upstream_web.awareness.programme_register import attendance_sentence
from upstream_web.awareness.queries import Reached
from upstream_web.awareness.register import (
    ACTIVITY_SESSIONS,
    CAMPAIGNS,
    CHARTERS,
    COMPLETIONS,
    COURSES,
    HEADCOUNTS,
    OBSERVATIONS,
    PACKAGES,
    PROGRAMMES,
    REACH_FIGURES,
    REQUIREMENTS,
    SESSIONS,
    SETTINGS,
    SIGN_UPS,
    TEAMS,
)
from upstream_web.awareness.school_year import SchoolYear
from upstream_web.awareness.training_register import coverage_sentence

PARTS = (
    ("Education", (PACKAGES, SETTINGS, SESSIONS, OBSERVATIONS)),
    ("Training", (COURSES, TEAMS, REQUIREMENTS, HEADCOUNTS, COMPLETIONS)),
    ("Campaigns and charters", (CAMPAIGNS, REACH_FIGURES, CHARTERS, SIGN_UPS)),
    ("Activities", (PROGRAMMES, ACTIVITY_SESSIONS)),
)
GAPS_SHOWN = 12


@requires(Permission.AWARENESS_VIEW)
@require_safe
def awareness(request: SignedInRequest) -> HttpResponse:
    """Say how education and awareness stand, in one school year and one district or all."""
    today = timezone.localdate()
    years = queries.school_years(today)
    year = next((each for each in years if str(each.begins) == request.GET.get("year")), SchoolYear.of(today))
    district = request.GET.get("district", "")
    district = district if district in districts.names() else ""
    covered = queries.coverage_of_each(queries.courses_in_use(today, request.user), today)
    context = {
        "area": "act", "section": "awareness", "section_page": True, "year": year, "years": years,
        "district": district, "district_choices": districts.choices(), "today": today,
        "is_invented": queries.has_invented(),
        "parts": [(heading, [(each.title, each.address()) for each in those]) for heading, those in PARTS],
        "late": standing.what_is_late(today, covered), **_training(request.user, covered, today),
        **_education(request.user, year, district, today), **_outreach(request.user, year, today),
    }  # fmt: skip
    return render(request, "awareness/front.html", context)


def _education(person: Any, year: SchoolYear, district: str, today: date) -> dict[str, Any]:
    found = queries.settings_to_reach(year, today, person)
    rows = queries.reach_by_district(found, year, today, district)
    total = rows[-1]
    where = f" of {districts.name_of(district)}" if district else ""
    sessions = queries.sessions_in(year.since, min(year.until, today), person, district)
    gaps = found.filter(is_reached=False, **{"district": district} if district else {})
    return {
        "answer": standing.reached_sentence(total, year, where), "pupils": standing.pupils_sentence(total),
        "rows": [(row, reach_words(row), range_words(row)) for row in (rows if not district else rows[:-1])],
        "gaps": [(each, districts.name_of(each.district)) for each in gaps[:GAPS_SHOWN]],
        "more_gaps": max(0, total.settings - total.reached - GAPS_SHOWN),
        "quality": standing.quality_sentence(queries.quality(sessions, today)),
        "understanding": standing.understanding_sentence(queries.understanding(sessions)),
    }  # fmt: skip


def range_words(row: Reached) -> str:
    """Say which part of the pupils on roll was reached, as far as it can be said."""
    lower, upper = row.pupil_range
    if lower is None:
        missing = f"{row.without_roll} without a roll" if row.without_roll else "no roll"
        return f"not known: {missing}" if row.settings else ""
    if upper is None:
        return f"at least {whole_per_cent(lower)}"
    low, high = whole_per_cent(lower), whole_per_cent(upper)
    return low if low == high else f"{low} to {high}"


def _training(person: Any, covered: standing.Covered, today: date) -> dict[str, Any]:
    first = queries.find_outcome_22_course(today, person)
    said = {course.pk: coverage_sentence(course, found) for course, found in covered}
    return {
        "courses": [(course, said[course.pk], whole_per_cent(found.per_cent)) for course, found in covered],
        "training": f"{first}: {said[first.pk]}" if first else "",
    }


def _outreach(person: Any, year: SchoolYear, today: date) -> dict[str, Any]:
    charters = queries.seen_by(Charter, person)
    signatures = list(queries.seen_by(SignUp, person))
    programmes = queries.programmes_in(year.since, year.until, person)
    return {
        "campaigns": list(queries.campaigns_in(year.since, year.until, person)),
        "charters": [
            (each, charter_sentence(each, [one for one in signatures if one.charter_id == each.pk], today))
            for each in charters
        ],
        "programmes": [
            (each, attendance_sentence(each, queries.attendance_of(each.sessions.all(), today))) for each in programmes
        ],
    }  # fmt: skip
