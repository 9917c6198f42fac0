"""Reads of education and awareness that pages, papers and other parts of the site share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum

from upstream_web.access.permissions import Permission
from upstream_web.awareness import coverage, districts, pupils
from upstream_web.awareness.coverage import Counted, CourseCoverage, Happened, Share, TeamCoverage, holding_on, share
from upstream_web.awareness.models import (
    GOOD_ENOUGH,
    ActivitySession,
    Campaign,
    Completion,
    Course,
    Headcount,
    Observation,
    Package,
    Programme,
    Requirement,
    Session,
    SessionState,
    Setting,
    SignUp,
)
from upstream_web.awareness.school_year import SchoolYear

PENNY = Decimal("0.01")
RENEWAL_SOON = timedelta(days=60)
OUTCOME_22 = "outcome 22"  # what the title of the course that inspectors ask for contains


def seen_by(model: type[Any], person: Any) -> QuerySet[Any]:
    """Give the present records of a kind that a person may see; all of them when no person is given."""
    found = model.objects.present()
    return found if person is None else found.visible_to(person, Permission.AWARENESS_VIEW)


# ---- Schools and sessions -----------------------------------------------------------------------------------
def with_reach(settings: QuerySet[Setting], year: SchoolYear, on: date) -> QuerySet[Setting]:
    """Say of each setting whether a session was held there in a school year, and whether one was never reported."""
    there = Session.objects.present().filter(setting=OuterRef("pk"), on__range=(year.since, min(year.until, on)))
    return settings.annotate(
        is_reached=Exists(there.filter(state=SessionState.HELD)),
        is_unreported=Exists(there.filter(state=SessionState.PLANNED, on__lt=on)),
    )


@dataclass(frozen=True)
class Reached:
    """Settings that we set out to reach in one district or all: reached, not reached, and not known.

    Not known are those whose only sessions have passed without a word on whether they were held.
    """

    name: str
    code: str
    settings: int
    reached: int
    unknown: int
    on_roll: int
    without_roll: int
    pupils: pupils.Pupils

    @property
    def missed(self) -> int:
        """How many were not reached, as far as is known."""
        return self.settings - self.reached - self.unknown

    @property
    def share(self) -> Share:
        """The part of settings reached."""
        return share(self.reached, self.settings)

    @property
    def pupil_range(self) -> tuple[float | None, float | None]:
        """The least and the most of 100 pupils on roll that were reached; unknown where a roll is missing."""
        if not self.on_roll or self.without_roll:
            return None, None
        most = self.pupils.at_most
        lower = share(min(self.pupils.at_least, self.on_roll), self.on_roll).value
        return lower, None if most is None else share(min(most, self.on_roll), self.on_roll).value


def settings_to_reach(year: SchoolYear, on: date, person: Any = None) -> QuerySet[Any]:
    """Give the settings that count in a school year, each saying whether it was reached."""
    open_then = Q(closed_on=None) | Q(closed_on__gt=year.since)
    return with_reach(seen_by(Setting, person).filter(open_then, is_eligible=True), year, on)


def reach_by_district(found: QuerySet[Any], year: SchoolYear, on: date, district: str = "") -> list[Reached]:
    """Count the reach of settings by district in order of name, and all together last."""
    held = _held_by_setting(year, on)
    names = {code: name for code, name in districts.names().items() if not district or code == district}
    by_district: dict[str, list[Any]] = defaultdict(list)
    for each in found.values_list("pk", "district", "on_roll", "is_reached", "is_unreported", named=True):
        by_district[each.district].append(each)
    rows = [reach_of(by_district[code], held, name=name, code=code) for code, name in names.items()]
    return [*rows, _together(rows)]


def _together(rows: Sequence[Reached]) -> Reached:
    """Add districts up."""
    return Reached(
        "All districts", "", sum(row.settings for row in rows), sum(row.reached for row in rows),
        sum(row.unknown for row in rows), sum(row.on_roll for row in rows), sum(row.without_roll for row in rows),
        sum((row.pupils for row in rows), pupils.NOBODY),
    )  # fmt: skip


def _held_by_setting(year: SchoolYear, on: date) -> dict[int, list[pupils.Held]]:
    found: dict[int, list[pupils.Held]] = defaultdict(list)
    sessions = Session.objects.present().filter(state=SessionState.HELD, on__range=(year.since, min(year.until, on)))
    for setting, groups, count in sessions.values_list("setting_id", "year_groups", "pupils"):
        found[setting].append(pupils.Held(frozenset(groups.split()), count))
    return found


def reach_of(settings: list[Any], held: dict[int, list[pupils.Held]], *, name: str, code: str) -> Reached:
    """Count one group of settings."""
    reached = sum(each.is_reached for each in settings)
    unknown = sum(each.is_unreported and not each.is_reached for each in settings)
    bounds = (pupils.pupils_of_setting(held[each.pk], each.on_roll) for each in settings if each.pk in held)
    return Reached(
        name, code, len(settings), reached, unknown, sum(each.on_roll or 0 for each in settings),
        sum(each.on_roll is None for each in settings), sum(bounds, pupils.NOBODY),
    )  # fmt: skip


def unreported_sessions(on: date) -> QuerySet[Session]:
    """Give the sessions whose day has passed and of which nobody said what became, the oldest first."""
    found: QuerySet[Session] = Session.objects.present().filter(state=SessionState.PLANNED, on__lt=on)
    return found.select_related("package", "setting", "provider").order_by("on", "pk")


@dataclass(frozen=True)
class Understanding:
    """Of those asked, how many understood; before and after are not the same pupils one by one."""

    before: Share
    after: Share

    @property
    def both(self) -> tuple[tuple[str, Share], ...]:
        """Each with its name."""
        return (("Before", self.before), ("After", self.after))


def understanding(sessions: QuerySet[Session]) -> Understanding:
    """Add up the answers of sessions."""
    told = sessions.filter(state=SessionState.HELD).aggregate(
        a=Sum("understood_before"), b=Sum("asked_before"), c=Sum("understood_after"), d=Sum("asked_after")
    )
    return Understanding(share(told["a"] or 0, told["b"]), share(told["c"] or 0, told["d"]))


@dataclass(frozen=True)
class Quality:
    """How many held sessions were observed, and what observers thought of them."""

    held: int
    observed: int
    good: Share
    open_actions: int
    late_actions: int

    @property
    def observed_share(self) -> Share:
        """The part of held sessions that was observed."""
        return share(self.observed, self.held)


def quality(sessions: QuerySet[Session], on: date) -> Quality:
    """Count observations of sessions; a session that two bodies observed counts once."""
    held = sessions.filter(state=SessionState.HELD)
    seen = Observation.objects.present().filter(session__in=held.values("pk"))
    judged = seen.aggregate(all=Count("pk"), good=Count("pk", filter=Q(judgement__in=GOOD_ENOUGH)))
    open_actions = seen.exclude(action="").filter(action_done_on=None)
    return Quality(
        held=held.count(), observed=seen.values("session").distinct().count(),
        good=share(judged["good"], judged["all"]), open_actions=open_actions.count(),
        late_actions=open_actions.filter(action_due_on__lt=on).count(),
    )  # fmt: skip


def sessions_in(since: date, until: date, person: Any = None, district: str = "") -> QuerySet[Session]:
    """Give the sessions of a time, both days included."""
    found: QuerySet[Session] = seen_by(Session, person).filter(on__range=(since, until))
    return found.filter(setting__district=district) if district else found


# ---- Training -----------------------------------------------------------------------------------------------
def coverage_of(course: Course, on: date) -> CourseCoverage:
    """Say how many people of each team that must have a course hold it on a day."""
    return coverage_over(course, [on])[0]


def coverage_of_each(courses: Iterable[Course], on: date) -> list[tuple[Course, CourseCoverage]]:
    """Say the same of some courses; the records of all are read once."""
    listed = list(courses)
    kept = _training_records(listed)
    return [(course, _covered(course, kept, on)) for course in listed]


def coverage_over(course: Course, days: Sequence[date]) -> list[CourseCoverage]:
    """Say the same for each of some days; the records are read once."""
    kept = _training_records([course])
    return [_covered(course, kept, day) for day in days]


def required_of(courses: Iterable[Course]) -> list[Requirement]:
    """Give the teams that must have some courses, ended ones too."""
    found = Requirement.objects.present().filter(course__in=courses, team__removed_at=None)
    return list(found.select_related("team__body"))


@dataclass(frozen=True)
class _TrainingRecords:
    """Who must have which course, by course; who was counted, by course and team; and how many there are, by team."""

    required: dict[int, list[Requirement]]
    counts: dict[tuple[int, int], list[Counted]]
    heads: dict[int, list[Headcount]]


def _training_records(courses: list[Course]) -> _TrainingRecords:
    kept = _TrainingRecords(defaultdict(list), defaultdict(list), defaultdict(list))
    for need in required_of(courses):
        kept.required[need.course_id].append(need)
    teams = {need.team_id for needs in kept.required.values() for need in needs}
    counted = Completion.objects.present().filter(course__in=courses, team__in=teams)
    for course, team, on, sort, number in counted.values_list("course_id", "team_id", "on", "sort", "number"):
        kept.counts[course, team].append(Counted(on, Happened(sort), number))
    for head in Headcount.objects.present().filter(team__in=teams).order_by("on"):
        kept.heads[head.team_id].append(head)
    return kept


def _covered(course: Course, kept: _TrainingRecords, on: date) -> CourseCoverage:
    rows = [
        _team(
            each, course, holding_on(kept.counts[course.pk, each.team_id], course.validity_months, on),
            next((head for head in reversed(kept.heads[each.team_id]) if head.on <= on), None), on,
        )
        for each in kept.required[course.pk]
        if each.team.ended_on is None or each.team.ended_on > on
    ]  # fmt: skip
    return coverage.coverage_of(rows, on=on, target_per_cent=course.target_per_cent)


def _team(
    required: Requirement, course: Course, holding: coverage.Holding, head: Headcount | None, on: date
) -> TeamCoverage:
    return TeamCoverage(
        team=required.team.name, body=required.team.body.said_shortly, holding=holding,
        people=head.number if head else None, counted_on=head.on if head else None,
        target_per_cent=required.target_per_cent or course.target_per_cent, due_on=required.due_on, on=on,
        key=required.team_id,
    )  # fmt: skip


def courses_in_use(on: date, person: Any = None) -> QuerySet[Course]:
    """Give the courses that are given on a day."""
    found: QuerySet[Course] = seen_by(Course, person)
    return found.filter(Q(retired_on=None) | Q(retired_on__gt=on)).select_related("owner")


def find_outcome_22_course(on: date, person: Any = None) -> Course | None:
    """Give the course on outcome 22, which the inspectors ask for; None where there is none."""
    return courses_in_use(on, person).filter(title__icontains=OUTCOME_22).first()


# ---- Charter, campaigns, programmes -------------------------------------------------------------------------
def signatures_in_force(on: date) -> QuerySet[SignUp]:
    """Give the signatures that hold on a day."""
    found: QuerySet[SignUp] = SignUp.objects.present().filter(until_on__gte=on, signed_on__lte=on)
    return found.filter(Q(left_on=None) | Q(left_on__gt=on)).select_related("charter")


def lapsed_signatures(on: date) -> QuerySet[SignUp]:
    """Give the signatures that were not renewed and not ended, the longest lapsed first."""
    found: QuerySet[SignUp] = SignUp.objects.present().filter(until_on__lt=on, left_on=None)
    return found.select_related("charter").order_by("until_on")


def signatures_to_renew(on: date) -> QuerySet[SignUp]:
    """Give the signatures that end within 60 days."""
    return signatures_in_force(on).filter(until_on__lte=on + RENEWAL_SOON, left_on=None).order_by("until_on")


def campaigns_in(since: date, until: date, person: Any = None) -> QuerySet[Campaign]:
    """Give the campaigns that ran on any day of a time."""
    found: QuerySet[Campaign] = seen_by(Campaign, person).filter(starts_on__lte=until, ends_on__gte=since)
    return found.prefetch_related("reach")


def programmes_in(since: date, until: date, person: Any = None) -> QuerySet[Programme]:
    """Give the programmes that ran on any day of a time."""
    found: QuerySet[Programme] = seen_by(Programme, person)
    return found.filter(starts_on__lte=until, ends_on__gte=since)


@dataclass(frozen=True)
class Attendance:
    """How a programme was attended. Sessions of which nobody said who came are counted, and nothing is put for them."""

    sessions: int
    cancelled: int
    uncounted: int
    venues: int
    places: int
    booked: int
    attended: int

    @property
    def filled(self) -> Share:
        """The part of places offered, in counted sessions, at which somebody came; more than all is all."""
        return share(min(self.attended, self.places), self.places)


def attendance_of(sessions: QuerySet[ActivitySession], on: date) -> Attendance:
    """Count sessions up to a day; places are those of the sessions whose attendance is known."""
    until = sessions.filter(removed_at=None, on__lte=on)
    held = until.filter(is_cancelled=False)
    told = held.exclude(attended=None).aggregate(places=Sum("places"), booked=Sum("booked"), came=Sum("attended"))
    return Attendance(
        sessions=held.count(), cancelled=until.filter(is_cancelled=True).count(),
        uncounted=held.filter(attended=None).count(), venues=held.values("venue", "district").distinct().count(),
        places=told["places"] or 0, booked=told["booked"] or 0, attended=told["came"] or 0,
    )  # fmt: skip


def cost_per_attendance(programme: Programme, found: Attendance) -> Decimal | None:
    """Divide what a programme cost by all attendances; unknown without a cost, or while nobody is known to have come.

    With sessions not counted yet it is the most that one can have cost.
    """
    if programme.cost_spent is None or not found.attended:
        return None
    return (programme.cost_spent / found.attended).quantize(PENNY)


# ---- What is late -------------------------------------------------------------------------------------------
def packages_to_review(on: date) -> QuerySet[Package]:
    """Give the packages in use whose review is past its day."""
    found: QuerySet[Package] = Package.objects.present().filter(review_on__lt=on).exclude(state="retired")
    return found.order_by("review_on")


def late_observation_actions(on: date) -> QuerySet[Observation]:
    """Give what observers asked to change and nobody says is changed, past its day."""
    found: QuerySet[Observation] = Observation.objects.present().exclude(action="")
    return found.filter(action_done_on=None, action_due_on__lt=on).select_related(
        "session__package", "session__setting"
    )


def uncounted_activities(on: date) -> QuerySet[ActivitySession]:
    """Give the activity sessions that have passed and of which nobody said who came."""
    found: QuerySet[ActivitySession] = ActivitySession.objects.present()
    return found.filter(attended=None, is_cancelled=False, on__lt=on)


def has_invented() -> bool:
    """Tell whether sessions of the worked example are among those that are kept."""
    return bool(Session.objects.present().filter(is_invented=True).exists())


def school_years(on: date) -> list[SchoolYear]:
    """Give the school years from that of the first session, or the current one, to that of the last, newest first."""
    ends = Session.objects.present().aggregate(first=Min("on"), last=Max("on"))
    begun = [SchoolYear.of(day).begins for day in (ends["first"], ends["last"], on) if day]
    return [SchoolYear(each) for each in range(max(begun), min(begun) - 1, -1)]
