"""Says in sentences how education and awareness stand, and gathers what is late or lapsing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from upstream_web.awareness import queries
from upstream_web.awareness.coverage import CourseCoverage, whole_per_cent
from upstream_web.awareness.models import Course
from upstream_web.awareness.queries import Quality, Reached, Understanding
from upstream_web.awareness.register import ACTIVITY_SESSIONS, OBSERVATIONS, PACKAGES, SESSIONS, SIGN_UPS
from upstream_web.awareness.school_year import SchoolYear
from upstream_web.core.words import count_words

Covered = Sequence[tuple[Course, CourseCoverage]]


@dataclass(frozen=True)
class Late:
    """One kind of thing that is late or lapsing: how many, and where they stand."""

    words: str
    address: str
    look: str


def reached_sentence(row: Reached, year: SchoolYear, where: str) -> str:
    """Say how many settings were reached, and of how many nobody knows."""
    if not row.settings:
        return f"No school or setting{where} is written down that we set out to reach."
    said = (
        f"{row.reached} of {count_words(row.settings, 'school or setting', 'schools and settings')}{where} "
        f"{'was' if row.reached == 1 else 'were'} reached in {year.label} ({whole_per_cent(row.share.value)})"
    )
    return f"{said}; of {row.unknown} more nobody has said." if row.unknown else f"{said}."


def pupils_sentence(row: Reached) -> str:
    """Say contacts and pupils, which are two things."""
    found = row.pupils
    if not found.sessions:
        return "No session has been held yet."
    said = f"{found.contacts:,} pupil contacts in {count_words(found.sessions, 'session')}"
    most = f"and at most {found.at_most:,}" if found.at_most is not None else "and nobody can say how many at most"
    said += f": at least {found.at_least:,} different pupils {most}, as no names are kept."
    if found.uncounted:
        said += f" {count_words(found.uncounted, 'session was', 'sessions were')} held and not counted."
    return said


def quality_sentence(found: Quality) -> str:
    """Say how many sessions were observed, and what was thought of them."""
    if not found.observed:
        return f"None of {count_words(found.held, 'session')} held was observed."
    return (
        f"{found.observed} of {count_words(found.held, 'session')} held were observed "
        f"({whole_per_cent(found.observed_share.value)}); {found.good.part} of {found.good.whole} observations found "
        "the session strong or sound. Observers chose where to go, so this is no sample of all sessions."
    )


def understanding_sentence(found: Understanding) -> str:
    """Say how many understood before and after, each with its interval, and what that does not show."""
    before, after = found.before, found.after
    if before.value is None or after.value is None:
        return ""
    return (
        f"Before, {before.part:,} of {before.whole:,} answers showed that pupils understood "
        f"({before.value:.0f}%, 95% interval {before.lower:.0f} to {before.upper:.0f}); after, {after.part:,} of "
        f"{after.whole:,} ({after.value:.0f}%, {after.lower:.0f} to {after.upper:.0f}). Pupils of one class answer "
        "alike, so the intervals are too narrow; and it shows what was understood that day, not what pupils later do."
    )


def what_is_late(on: date, covered: Covered) -> list[Late]:
    """Gather what is late or lapsing, leaving out what is in order; `covered` are the courses in use."""
    sessions = queries.unreported_sessions(on).count()
    actions = queries.late_observation_actions(on).count()
    reviews = queries.packages_to_review(on).count()
    lapsed, ending = queries.lapsed_signatures(on).count(), queries.signatures_to_renew(on).count()
    uncounted = queries.uncounted_activities(on).count()
    found = [
        (sessions, "session passed and not reported", "sessions passed and not reported",
         f"{SESSIONS.address()}?state=unreported", "late"),
        (actions, "change after an observation late", "changes after observations late",
         f"{OBSERVATIONS.address()}?action=late", "late"),
        (reviews, "review of a package late", "reviews of packages late", PACKAGES.address(), "late"),
        (lapsed, "charter signature lapsed", "charter signatures lapsed", f"{SIGN_UPS.address()}?state=lapsed", "late"),
        (ending, "charter signature to renew within 60 days", "charter signatures to renew within 60 days",
         f"{SIGN_UPS.address()}?state=soon", "soon"),
        (uncounted, "activity session not counted", "activity sessions not counted",
         f"{ACTIVITY_SESSIONS.address()}?state=uncounted", "late"),
    ]  # fmt: skip
    late = [Late(count_words(count, one, many), to, look) for count, one, many, to, look in found if count]
    return [*late, *_training_late(covered)]


def _training_late(covered: Covered) -> list[Late]:
    found = []
    for course, coverage in covered:
        address = reverse("training-course", args=[course.pk])
        if coverage.short:
            words = f"{count_words(len(coverage.short), 'team')} short of the target: {course}"
            found.append(Late(words, address, "late"))
        if coverage.ending_soon:
            words = f"Training of {coverage.ending_soon:,} people ends within 90 days: {course}"
            found.append(Late(words, address, "soon"))
        if coverage.unknown:
            words = f"{count_words(len(coverage.unknown), 'team')} without a headcount: {course}"
            found.append(Late(words, address, "unknown"))
    return found
