"""Coverage of a course by team as a file."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.awareness import queries
from upstream_web.awareness.coverage import TeamCoverage
from upstream_web.awareness.register import COURSES
from upstream_web.core.acts import ActKind, announce, declare
from upstream_web.records.columns import Column
from upstream_web.records.exports import send_table

EXPORTED = declare("training coverage downloaded", ActKind.DISCLOSURE)


def _per_cent(team: TeamCoverage) -> float | None:
    return None if team.per_cent is None else round(team.per_cent, 1)


COLUMNS = (
    Column("team", "Team"),
    Column("body", "Body"),
    Column("people", "People"),
    Column("counted_on", "Counted on"),
    Column("held", "Hold it"),
    Column("per_cent", "Coverage, %", value=_per_cent),
    Column("target_per_cent", "Target, %"),
    Column("due_on", "To be trained by"),
    Column("standing", "Standing", value=lambda team: str(team.standing)),
    Column("lapsed", "Lapsed", value="holding.lapsed"),
    Column("ending_soon", "Ends within 90 days", value="holding.ending_soon"),
    Column("doubts", "Doubts", value=lambda team: " ".join(team.doubts)),
)


@requires(Permission.AWARENESS_VIEW)
@require_safe
def coverage_export(request: SignedInRequest, key: int, form: str) -> HttpResponseBase:
    """Send the coverage of a course by team as CSV or Excel."""
    course, now = COURSES.get(request.user, key), timezone.now()
    teams = queries.coverage_of(course, timezone.localdate()).teams
    by = request.user.get_username()
    response = send_table(f"Coverage of {course}", "coverage", COLUMNS, teams, form, at=now, by=by)
    announce(EXPORTED.words, by=by, at=now, kind=course.kind, about=str(course.pk), detail={"form": form})
    return response
