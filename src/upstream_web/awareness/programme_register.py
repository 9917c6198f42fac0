"""Activity programmes and who came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from upstream_web.awareness import districts, queries
from upstream_web.awareness.base_register import AwarenessRegister
from upstream_web.awareness.coverage import whole_per_cent
from upstream_web.awareness.forms.outreach import ActivitySessionForm, ProgrammeForm
from upstream_web.awareness.models import BANDS, PARTS, SEXES, ActivitySession, Programme, ProgrammeSort
from upstream_web.core.money import pounds
from upstream_web.core.words import count_words
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour

STATES = (("uncounted", "Passed and not counted"), ("counted", "Counted"), ("coming", "To come"),
          ("cancelled", "Cancelled"))  # fmt: skip


def attendance_sentence(programme: Programme, found: queries.Attendance) -> str:
    """Say how many came, how full it was, what one attendance cost, and what is not known."""
    if not found.sessions:
        return "No session has been held yet."
    said = (
        f"{count_words(found.sessions, 'session')} at {count_words(found.venues, 'venue')}: "
        f"{count_words(found.attended, 'attendance')} at {found.places:,} places offered "
        f"({whole_per_cent(found.filled.value)} filled)."
    )
    cost = queries.cost_per_attendance(programme, found)
    if cost is not None:
        said += f" Each cost {'at most ' if found.uncounted else ''}{pounds(cost)}."
    if found.uncounted:
        said += f" Nobody said who came to {count_words(found.uncounted, 'session')}."
    return f"{said} Attendances are counted each time: one young person may have come often."


def programme_tag(programme: Programme) -> Tag:
    """Say where it stands by its days."""
    today = timezone.localdate()
    if programme.starts_on > today:
        return Tag("", "To come")
    return Tag("open", "Running") if programme.ends_on >= today else Tag("done", "Over")


class Programmes(AwarenessRegister):
    """Activities in holidays and all year."""

    model = Programme
    noun, plural = "activity programme", "activity programmes"
    form = ProgrammeForm
    searched = ("title", "aim", "what_changed")
    related = ("lead_body",)
    order = ("-starts_on",)
    page_template = "awareness/programme.html"
    empty = "Enter a programme, then its sessions with places offered and who came."
    columns = (
        Column("title", "Programme", sort=("title",)),
        Column("sort", "What it is", value="get_sort_display", sort=("sort",)),
        Column("starts_on", "From", sort=("starts_on",)),
        Column("ends_on", "Until", sort=("ends_on",)),
        Column("attended", "Attendances", is_number=True, value=lambda each: _of(each).attended),
        Column("filled", "Places filled", is_number=True, value=lambda each: whole_per_cent(_of(each).filled.value)),
        Column("cost", "Cost of one", is_number=True,
               value=lambda each: pounds(queries.cost_per_attendance(each, _of(each)))),
        Column("state", "State", value=programme_tag),
    )  # fmt: skip
    filters = (Filter("sort", "What it is", ProgrammeSort.choices),)

    def facts(self, record: Programme) -> list[tuple[str, Any]]:
        """Say for whom, when and for how much."""
        rows = [
            ("State", programme_tag(record)), ("What it is", record.get_sort_display()), ("Led by", record.lead_body),
            ("For", f"{record.age_from} to {record.age_to} years"), ("From", record.starts_on),
            ("Until", record.ends_on), ("Planned", pounds(record.cost_planned)), ("Spent", pounds(record.cost_spent)),
            ("Figures", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Programme, person: Any) -> dict[str, Any]:
        """Give attendance in all, by district, and by age and sex."""
        today, there = timezone.localdate(), queries.seen_by(ActivitySession, person).filter(programme=record)
        rows = [(name, queries.attendance_of(there.filter(district=code), today)) for code, name in districts.choices()]
        return {
            "sentence": attendance_sentence(record, queries.attendance_of(there, today)),
            "by_district": [(name, each, whole_per_cent(each.filled.value)) for name, each in rows if each.sessions],
            "bands": [words for _, words in BANDS], "parts": part_rows(there), "silent": silent_words(there),
            "sessions_address": f"{reverse('activity-session-list')}?programme={record.pk}",
        }  # fmt: skip

    def acts(self, record: Programme, person: Any) -> list[Act]:
        """Enter a session."""
        if record.removed_at or not self.may_change(person):
            return []
        return [Act("Enter a session", f"{reverse('activity-session-new')}?programme={record.pk}")]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which programmes start."""
        for each in self.there(person).filter(starts_on__range=(since, until)):
            yield Dated(each, each.starts_on, f"{each} starts", what="start")


def _of(programme: Programme) -> queries.Attendance:
    """Give attendance up to today, worked out once for a record that several columns ask."""
    kept: queries.Attendance | None = programme.__dict__.get("_attendance_now")
    if kept is None:
        found = queries.attendance_of(ActivitySession.objects.filter(programme=programme), timezone.localdate())
        kept = programme.__dict__["_attendance_now"] = found
    return kept


def part_rows(sessions: QuerySet[ActivitySession]) -> list[tuple[str, list[int], int]]:
    """Give attendances by sex in rows and age in columns, each row with its sum."""
    sums = sessions.aggregate(**{f"sum_{name}": Sum(name) for name, _ in PARTS})
    rows = [(words, [sums[f"sum_{sex}_{band}"] or 0 for band, _ in BANDS]) for sex, words in SEXES]
    return [(words.capitalize(), row, sum(row)) for words, row in rows]


def silent_words(sessions: QuerySet[ActivitySession]) -> str:
    """Say of how many attendances neither age nor sex was told."""
    told = sum(total for _, _, total in part_rows(sessions))
    came: int = sessions.aggregate(came=Sum("attended"))["came"] or 0
    return f"Of {count_words(came - told, 'attendance')} neither age nor sex was told." if came > told else ""


def activity_tag(session: ActivitySession) -> Tag:
    """Say whether attendance is known."""
    if session.is_cancelled:
        return Tag("", "Cancelled")
    if session.attended is not None:
        return Tag("done", "Counted")
    return Tag("late", "Not counted") if session.on < timezone.localdate() else Tag("open", "To come")


def by_state(records: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Narrow to sessions counted, not counted, to come or cancelled."""
    if value == "cancelled":
        return records.filter(is_cancelled=True)
    if value == "counted":
        return records.exclude(attended=None)
    waiting, today = records.filter(attended=None, is_cancelled=False), timezone.localdate()
    return waiting.filter(on__lt=today) if value == "uncounted" else waiting.filter(on__gte=today)


def programme_choices() -> list[tuple[str, str]]:
    """Give every programme."""
    return [(str(key), title) for key, title in Programme.objects.present().values_list("pk", "title")]


class ActivitySessions(AwarenessRegister):
    """Sessions of programmes."""

    model = ActivitySession
    noun, plural = "activity session", "activity sessions"
    form = ActivitySessionForm
    in_search = False
    searched = ("activity", "venue", "programme__title")
    related = ("programme", "provider")
    order = ("-on", "venue")
    empty = "Each session of a programme, with places offered and who came."
    columns = (
        Column("activity", "Activity", sort=("activity",)),
        Column("venue", "Venue", sort=("venue",)),
        Column("district", "District", value=lambda each: districts.name_of(each.district), sort=("district",)),
        Column("on", "Day", sort=("on",)),
        Column("places", "Places", is_number=True, sort=("places",)),
        Column("attended", "Came", is_number=True, sort=("attended",)),
        Column("state", "State", value=activity_tag),
        Column("programme", "Programme", value="programme.title", only_exported=True),
        Column("booked", "Places taken", is_number=True, only_exported=True),
        *(Column(name, words.capitalize(), is_number=True, only_exported=True) for name, words in PARTS),
    )
    filters = (
        Filter("programme", "Programme", programme_choices, lookup="programme_id"),
        Filter("state", "State", STATES, narrow=by_state),
        Filter("district", "District", districts.choices),
    )

    def facts(self, record: ActivitySession) -> list[tuple[str, Any]]:
        """Say where, when and who came; parts of nobody are left out."""
        unknown = Tag("unknown", "Not known")
        rows = [
            ("State", activity_tag(record)), ("Programme", record.programme), ("Run by", record.provider),
            ("Venue", record.venue), ("District", districts.name_of(record.district)), ("Day", record.on),
            ("Places offered", record.places), ("Places taken", unknown if record.booked is None else record.booked),
            ("Who came, in all", unknown if record.attended is None else f"{record.attended:,}"),
            *((words.capitalize(), getattr(record, name)) for name, words in PARTS),
            ("Figures", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the sessions of which nobody said who came, to those who run them."""
        for each in self.to_act_on(person).filter(attended=None, is_cancelled=False, on__lt=on):
            yield Dated(each, each.on, f"Say who came: {each}", "late", what="attendance")

    def neighbours(self, record: ActivitySession) -> Iterable[Neighbour]:
        """Give the programme."""
        yield Neighbour(record.programme, "is part of", False)
