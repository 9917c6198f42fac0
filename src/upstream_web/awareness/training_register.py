"""Courses, the teams that must have them, headcounts and completed training."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.awareness import queries
from upstream_web.awareness.base_register import AwarenessRegister
from upstream_web.awareness.coverage import CourseCoverage, Standing, TeamCoverage, whole_per_cent
from upstream_web.awareness.forms.training import (
    CompletionForm,
    CourseForm,
    HeadcountForm,
    RequirementForm,
    TeamForm,
)
from upstream_web.awareness.models import Completion, CompletionSort, Course, Headcount, Requirement, Team
from upstream_web.awareness.training_counted import training_counted
from upstream_web.awareness.training_figure import draw_coverage
from upstream_web.core.words import count_words, short_day_words
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Counted, Dated, Neighbour

SOON = timedelta(days=60)
LOOKS = {Standing.MET: "done", Standing.SHORT: "late", Standing.TO_COME: "open", Standing.UNKNOWN: "unknown"}


def standing_tag(team: TeamCoverage) -> Tag:
    """Say how a team stands beside its target."""
    words = {
        Standing.MET: "Target met", Standing.SHORT: f"Below {team.target_per_cent}%",
        Standing.TO_COME: f"By {short_day_words(team.due_on)}", Standing.UNKNOWN: "Not known",
    }  # fmt: skip
    return Tag(LOOKS[team.standing], words[team.standing])


def coverage_sentence(course: Course, found: CourseCoverage) -> str:
    """Say how many of those who must have a course hold it, and what is not known."""
    if not found.teams:
        return "No team must have it yet."
    if found.people is None:
        return "No team has said how many people it has, so coverage is not known."
    share = whole_per_cent(found.per_cent)
    said = f"{found.held:,} of {found.people:,} people hold it ({share}); the target is {found.target_per_cent}%."
    if found.short:
        named = ", ".join(f"{team.team} ({whole_per_cent(team.per_cent)})" for team in found.short[:3])
        more = f" and {count_words(len(found.short) - 3, 'other')}" if len(found.short) > 3 else ""
        said += f" Short of their target: {named}{more}."
    if found.unknown:
        said += f" Not known: {', '.join(team.team for team in found.unknown[:3])}, without a headcount."
    return said


class Courses(AwarenessRegister):
    """Courses for the workforce."""

    model = Course
    noun, plural = "course", "courses"
    form = CourseForm
    searched = ("title", "about", "why")
    related = ("owner",)
    order = ("title",)
    list_template = "awareness/course_list.html"
    page_template = "awareness/course.html"
    empty = "Enter a course, then the teams that must have it, and how many people they have."
    columns = (
        Column("title", "Course", sort=("title",)),
        Column("owner", "Kept by", value="owner.said_shortly", sort=("owner__name",), quiet=True),
        Column("validity", "Counts for", value=lambda each: validity_words(each), sort=("validity_months",)),
        Column("held", "Hold it", value=lambda each: held_words(each)),
        Column("per_cent", "Coverage", is_number=True, value=lambda each: whole_per_cent(_now(each).per_cent)),
        Column("target", "Target", is_number=True, value=lambda each: f"{each.target_per_cent}%"),
        Column("soon", "Ends soon", is_number=True, value=lambda each: _now(each).ending_soon),
    )

    def counted(self) -> Iterable[Counted]:
        """Coverage may be followed by an indicator, for all teams or for one."""
        return training_counted()

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how the course that inspectors ask for stands."""
        course = queries.find_outcome_22_course(timezone.localdate())
        return f"{course}: {coverage_sentence(course, _now(course))}" if course else ""

    def facts(self, record: Course) -> list[tuple[str, Any]]:
        """Say what it is and how long it counts."""
        rows = [
            ("Kept by", record.owner), ("Version", record.edition), ("How", record.get_form_display()),
            ("Length", f"{record.minutes} minutes"), ("Counts for", validity_words(record)),
            ("Target", f"{record.target_per_cent}% of each team"), ("Why", record.why),
            ("No longer given since", record.retired_on),
            ("Figures", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Course, person: Any) -> dict[str, Any]:
        """Give its coverage by team, drawn and as a table."""
        found = _now(record)
        return {
            "coverage": found, "sentence": coverage_sentence(record, found), "today": found.on,
            "rows": [(team, standing_tag(team), whole_per_cent(team.per_cent)) for team in found.teams],
            "total": whole_per_cent(found.per_cent), "figure": draw_coverage(record, found) if found.known else None,
        }  # fmt: skip

    def acts(self, record: Course, person: Any) -> list[Act]:
        """Count training, or ask it of a team."""
        if record.removed_at or not self.may_change(person):
            return []
        new, team = reverse("training-completion-new"), reverse("training-requirement-new")
        return [
            Act("Count training", f"{new}?course={record.pk}"),
            Act("Ask it of a team", f"{team}?course={record.pk}"),
        ]

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Remind those who keep a course of teams that missed the day."""
        for each, found in queries.coverage_of_each(self.to_act_on(person).filter(retired_on=None), on):
            short = found.short
            if short:
                names = ", ".join(team.team for team in short[:3])
                words = f"{count_words(len(short), 'team is', 'teams are')} short of the target"
                yield Dated(each, min(team.due_on for team in short), f"{each}: {words}", "late", names, "coverage")


def _now(course: Course) -> CourseCoverage:
    """Give a course's coverage today, worked out once for a record that several columns ask."""
    kept: CourseCoverage | None = course.__dict__.get("_coverage_now")
    if kept is None:
        kept = course.__dict__["_coverage_now"] = queries.coverage_of(course, timezone.localdate())
    return kept


def held_words(course: Course) -> str:
    """Say how many hold it."""
    found = _now(course)
    return f"{found.held:,} of {found.people:,}" if found.people is not None else "not known"


def validity_words(course: Course) -> str:
    """Say how long it counts."""
    return count_words(course.validity_months, "month") if course.validity_months else "for good"


class Teams(AwarenessRegister):
    """Teams of the bodies."""

    model = Team
    noun, plural = "team", "teams"
    form = TeamForm
    searched = ("name", "who", "body__name")
    related = ("body",)
    order = ("body__name", "name")
    page_template = "awareness/team.html"
    empty = "Training is counted by team. Enter the teams of a body, then how many people they have."
    columns = (
        Column("name", "Team", sort=("name",)),
        Column("body", "Body", value="body.said_shortly", sort=("body__name",)),
        Column("who", "Who is counted"),
        Column("ended_on", "No longer there since", sort=("ended_on",), quiet=True),
    )

    def context(self, record: Team, person: Any) -> dict[str, Any]:
        """Give its headcounts, and what it must have."""
        today = timezone.localdate()
        required = queries.seen_by(Requirement, person).filter(team=record).select_related("course")
        found = queries.coverage_of_each([each.course for each in required], today)
        rows = [(course, next(team for team in has.teams if team.key == record.pk)) for course, has in found
                if any(team.key == record.pk for team in has.teams)]  # fmt: skip
        return {
            "headcounts": list(queries.seen_by(Headcount, person).filter(team=record)),
            "rows": [(course, team, standing_tag(team), whole_per_cent(team.per_cent)) for course, team in rows],
            "may_count": self.may_change(person, record),
        }  # fmt: skip


class Requirements(AwarenessRegister):
    """Which team must have which course."""

    model = Requirement
    noun, plural = "training requirement", "training requirements"
    form = RequirementForm
    in_search = False
    searched = ("course__title", "team__name", "why")
    related = ("course__owner", "team__body")
    order = ("course__title", "team__name")
    columns = (
        Column("course", "Course", value="course.title", sort=("course__title",)),
        Column("team", "Team", value="team", sort=("team__name",)),
        Column("body", "Body", value="team.body.said_shortly", sort=("team__body__name",)),
        Column("due_on", "By", sort=("due_on",)),
        Column("target", "Target", is_number=True,
               value=lambda each: f"{each.target_per_cent or each.course.target_per_cent}%"),
        Column("why", "Why", only_exported=True),
    )  # fmt: skip

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days by which teams are to be trained."""
        for each in self.there(person).filter(due_on__range=(since, until)):
            yield Dated(each, each.due_on, f"{each.team} to be trained: {each.course}", what="trained")

    def neighbours(self, record: Requirement) -> Iterable[Neighbour]:
        """Give the course."""
        yield Neighbour(record.course, "asks for", False)


class Headcounts(AwarenessRegister):
    """How many people teams have."""

    model = Headcount
    noun, plural = "headcount", "headcounts"
    form = HeadcountForm
    in_search = False
    searched = ("team__name", "team__body__name", "source")
    related = ("team__body",)
    order = ("-on", "team__name")
    empty = "Without a headcount the coverage of a team is not known."
    columns = (
        Column("team", "Team", value="team.name", sort=("team__name",)),
        Column("body", "Body", value="team.body.said_shortly", sort=("team__body__name",)),
        Column("on", "Counted on", sort=("on",)),
        Column("number", "People", is_number=True, sort=("number",)),
        Column("source", "From", quiet=True),
    )

    def neighbours(self, record: Headcount) -> Iterable[Neighbour]:
        """Give the team."""
        yield Neighbour(record.team, "counts", False)


class Completions(AwarenessRegister):
    """How many people were trained, by team and day."""

    model = Completion
    noun, plural = "count of training", "counts of training"
    form = CompletionForm
    in_search = False
    searched = ("course__title", "team__name", "source")
    related = ("course", "team__body")
    order = ("-on",)
    list_template = "awareness/completion_list.html"
    empty = "Count those who were trained by team and day, or send a spreadsheet."
    columns = (
        Column("course", "Course", value="course.title", sort=("course__title",)),
        Column("team", "Team", value="team.name", sort=("team__name",)),
        Column("body", "Body", value="team.body.said_shortly", sort=("team__body__name",), quiet=True),
        Column("on", "Day", sort=("on",)),
        Column("sort", "What happened", value="get_sort_display", sort=("sort",)),
        Column("number", "People", is_number=True, sort=("number",)),
        Column("source", "Source", only_exported=True),
    )
    filters = (
        Filter("sort", "What happened", CompletionSort.choices),
        Filter("course", "Course", lambda: course_choices(), lookup="course_id"),
    )

    def neighbours(self, record: Completion) -> Iterable[Neighbour]:
        """Give the course."""
        yield Neighbour(record.course, "completed", False)


def course_choices() -> list[tuple[str, str]]:
    """Give every course."""
    return [(str(key), title) for key, title in Course.objects.present().values_list("pk", "title")]
