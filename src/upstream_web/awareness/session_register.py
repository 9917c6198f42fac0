"""Sessions and observations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.awareness import districts, queries
from upstream_web.awareness.base_register import AwarenessRegister, this_year
from upstream_web.awareness.criteria import OBSERVATION_CRITERIA
from upstream_web.awareness.forms.education import ObservationForm, SessionForm
from upstream_web.awareness.models import (
    Judgement,
    Observation,
    Package,
    Session,
    SessionState,
    Setting,
)
from upstream_web.awareness.models.session import YEAR_GROUPS
from upstream_web.awareness.operations import sessions
from upstream_web.awareness.school_year import SchoolYear
from upstream_web.core.words import count_words, short_day_words
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour

SOON = timedelta(days=14)
STATES = (("planned", "To come"), ("unreported", "Passed and not reported"), ("held", "Held"),
          ("cancelled", "Cancelled"), ("moved", "Moved at least once"))  # fmt: skip
JUDGEMENT_LOOKS = {Judgement.STRONG: "done", Judgement.SOUND: "done", Judgement.WEAK: "soon", Judgement.STOP: "danger"}


def session_tag(session: Session) -> Tag:
    """Say what became of a session."""
    if session.state == SessionState.HELD:
        return Tag("done", "Held")
    if session.state == SessionState.CANCELLED:
        return Tag("", "Cancelled")
    return Tag("late", "Not reported") if session.on < timezone.localdate() else Tag("open", "Planned")


def by_state(records: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Narrow to sessions to come, past without a word, held, cancelled or moved."""
    today = timezone.localdate()
    if value == "moved":
        return records.exclude(moves=None)
    if value in ("planned", "unreported"):
        there = records.filter(state=SessionState.PLANNED)
        return there.filter(on__lt=today) if value == "unreported" else there.filter(on__gte=today)
    return records.filter(state=value)


def year_choices() -> list[tuple[str, str]]:
    """Give the school years that have sessions."""
    return [(str(year.begins), year.label) for year in queries.school_years(timezone.localdate())]


def by_year(records: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Narrow to a school year."""
    year = SchoolYear(int(value))
    return records.filter(on__range=(year.since, year.until))


def package_choices() -> list[tuple[str, str]]:
    """Give every package."""
    return [(str(key), title) for key, title in Package.objects.present().values_list("pk", "title")]


def groups_words(session: Session) -> str:
    """Say the year groups: `Years 7, 8`."""
    labels = dict(YEAR_GROUPS)
    numbers = [labels[code].removeprefix("Year ") for code in session.year_groups.split()]
    return f"{'Year' if len(numbers) == 1 else 'Years'} {', '.join(numbers)}" if numbers else ""


class Sessions(AwarenessRegister):
    """Every session, in schools and elsewhere."""

    model = Session
    noun, plural = "education session", "education sessions"
    form = SessionForm
    searched = ("package__title", "setting__name", "provider__name", "note")
    related = ("package", "setting", "provider")
    order = ("-on",)
    list_template = "awareness/session_list.html"
    page_template = "awareness/session.html"
    empty = "Plan a session of an approved package in a school or other setting."
    columns = (
        Column("name", "Session", value="package.title", sort=("package__title",)),
        Column("setting", "Where", value="setting.name", sort=("setting__name",)),
        Column("on", "Day", sort=("on",)),
        Column("groups", "Years", value=groups_words, quiet=True),
        Column("provider", "Taught by", value="provider.said_shortly", sort=("provider__name",), quiet=True),
        Column("pupils", "Pupils", is_number=True, sort=("pupils",)),
        Column("state", "State", value=session_tag, sort=("state", "on")),
        Column("district", "District", value=lambda each: districts.name_of(each.setting.district), only_exported=True),
        Column("staff", "School staff", is_number=True, only_exported=True),
        Column("asked_before", "Asked before", is_number=True, only_exported=True),
        Column("understood_before", "Understood before", is_number=True, only_exported=True),
        Column("asked_after", "Asked after", is_number=True, only_exported=True),
        Column("understood_after", "Understood after", is_number=True, only_exported=True),
        Column("why", "Why cancelled", only_exported=True),
    )
    filters = (
        Filter("year", "School year", year_choices, narrow=by_year),
        Filter("state", "State", STATES, narrow=by_state),
        Filter("district", "District", districts.choices, lookup="setting__district"),
        Filter("package", "Package", package_choices, lookup="package_id"),
    )

    def lede(self, records: QuerySet[Any]) -> str:
        """Say what was held this school year, and what nobody reported."""
        year, today = this_year(), timezone.localdate()
        held = records.filter(state=SessionState.HELD, on__range=(year.since, year.until)).count()
        silent = records.filter(state=SessionState.PLANNED, on__lt=today).count()
        said = f"{count_words(held, 'session')} held in {year.label}"
        if not silent:
            return f"{said}; every session so far is reported."
        return (
            f"{said}; {count_words(silent, 'session has', 'sessions have')} passed and nobody said what became of them."
        )

    def facts(self, record: Session) -> list[tuple[str, Any]]:
        """Say what, where, by whom, and what was counted."""
        unknown = Tag("unknown", "Not counted")
        held = record.state == SessionState.HELD
        rows = [
            ("State", session_tag(record)), ("Why", record.why), ("Day", record.on), ("Package", record.package),
            ("Where", record.setting), ("Taught by", record.provider), ("For", groups_words(record)),
            ("Pupils present", f"{record.pupils:,}" if record.pupils is not None else unknown if held else ""),
            ("School staff present", f"{record.staff:,}" if record.staff is not None else unknown if held else ""),
            ("Note", record.note),
            ("Entry", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Session, person: Any) -> dict[str, Any]:
        """Give its moves, its answers, and what observers saw."""
        one = Session.objects.filter(pk=record.pk)
        seen = queries.seen_by(Observation, person).filter(session=record).select_related("body")
        return {
            "moves": list(record.moves.all()), "answers": queries.understanding(one).both,
            "observations": [(each, judgement_tag(each), action_tag(each)) for each in seen],
            "may_observe": self.may_change(person) and record.state == SessionState.HELD,
            "is_held": record.state == SessionState.HELD,
        }  # fmt: skip

    def acts(self, record: Session, person: Any) -> list[Act]:
        """Report, move or cancel."""
        if record.removed_at or not self.may_change(person, record) or record.state == SessionState.CANCELLED:
            return []
        report = Act("Correct the counts", reverse("session-report", args=[record.pk]))
        if record.state == SessionState.HELD:
            return [report]
        found = [Act("Move", reverse("session-move", args=[record.pk])),
                 Act("Cancel", reverse("session-cancel", args=[record.pk]))]  # fmt: skip
        if record.on <= timezone.localdate():
            found.insert(0, Act("Report", reverse("session-report", args=[record.pk]), is_main=True))
        return found

    def make(self, record: Session, *, by: Any, at: datetime) -> Session:
        """Plan it."""
        return sessions.plan(session=record, by=by, at=at)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days of planned sessions."""
        there = self.there(person).filter(state=SessionState.PLANNED, on__range=(since, until))
        for each in there:
            yield Dated(each, each.on, str(each), words=groups_words(each), what="session")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the sessions that nobody reported, to those who teach them."""
        silent = self.to_act_on(person).filter(state=SessionState.PLANNED, on__lt=on).select_related(None)
        # Of hundreds of sessions no more is read than a line says.
        named = (Prefetch("package", Package.objects.only("title")), Prefetch("setting", Setting.objects.only("name")))
        for each in silent.prefetch_related(*named).only("on", "package_id", "setting_id"):
            yield Dated(each, each.on, f"Report what became of {each}", "late", what="report")

    def neighbours(self, record: Session) -> Iterable[Neighbour]:
        """Give the package."""
        yield Neighbour(record.package, "teaches", False)


def judgement_tag(observation: Observation) -> Tag:
    """Say what an observer thought."""
    return Tag(JUDGEMENT_LOOKS[Judgement(observation.judgement)], observation.get_judgement_display())


def action_tag(observation: Observation) -> Tag | None:
    """Say whether what had to change is changed."""
    if not observation.action:
        return None
    if observation.action_done_on:
        return Tag("done", f"Changed {short_day_words(observation.action_done_on)}")
    late = observation.action_due_on is not None and observation.action_due_on < timezone.localdate()
    return Tag("late" if late else "open", f"To change by {short_day_words(observation.action_due_on)}")  # type: ignore[arg-type]


def by_action(records: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Narrow to observations whose action is late, open or done."""
    asked = records.exclude(action="")
    if value == "done":
        return asked.exclude(action_done_on=None)
    waiting = asked.filter(action_done_on=None)
    return waiting.filter(action_due_on__lt=timezone.localdate()) if value == "late" else waiting


class Observations(AwarenessRegister):
    """What observers saw."""

    model = Observation
    noun, plural = "observation", "observations"
    form = ObservationForm
    searched = ("session__package__title", "session__setting__name", "action", "strengths")
    related = ("session__package", "session__setting", "body")
    order = ("-session__on",)
    page_template = "awareness/observation.html"
    empty = "Visit a session, tick what was seen, and say what has to change."
    columns = (
        Column("name", "Session", value="session", sort=("session__package__title",)),
        Column("on", "Day", value="session.on", sort=("session__on",)),
        Column("body", "Observed by", value="body.said_shortly", sort=("body__name",)),
        Column("seen", "Seen", value=lambda each: seen_words(each)),
        Column("judgement", "Judgement", value=judgement_tag, sort=("judgement",)),
        Column("action", "To change", value=action_tag, sort=("action_due_on",)),
        Column("action_words", "What has to change", value="action", only_exported=True),
    )
    filters = (
        Filter("judgement", "Judgement", Judgement.choices),
        Filter("action", "To change", (("late", "Late"), ("open", "Open"), ("done", "Done")), narrow=by_action),
    )

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many sessions of this school year were observed."""
        year, today = this_year(), timezone.localdate()
        found = queries.quality(queries.sessions_in(year.since, today), today)
        late = f"; {found.late_actions} of what had to change is late" if found.late_actions else ""
        return f"{found.observed} of {count_words(found.held, 'session')} held in {year.label} were observed{late}."

    def facts(self, record: Observation) -> list[tuple[str, Any]]:
        """Say who saw what."""
        rows = [
            ("Judgement", judgement_tag(record)), ("Session", record.session), ("Day", record.session.on),
            ("Observed by", record.body), ("Observer", record.observer_role), ("Seen", seen_words(record)),
            ("To change", action_tag(record)),
            ("Entry", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Observation, person: Any) -> dict[str, Any]:
        """Give the criteria with what was seen."""
        met = set(record.criteria.split())
        return {"criteria": [(words, code in met) for code, words in OBSERVATION_CRITERIA]}

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days by which something has to change."""
        for each in self.there(person).filter(action_done_on=None, action_due_on__range=(since, until)):
            yield Dated(each, each.action_due_on, f"Changed after an observation: {each.action}", what="change")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give what has to change soon, to the body that observed and to the one that teaches."""
        mine = self.to_act_on(person).values("pk")
        taught = Session.objects.present().visible_to(person, self.change).values("pk")
        waiting = self.there(person).exclude(action="").filter(action_done_on=None, action_due_on__lte=on + SOON)
        for each in waiting.filter(Q(pk__in=mine) | Q(session__in=taught)):
            look = "late" if each.action_due_on < on else "soon"
            yield Dated(each, each.action_due_on, each.action, look, str(each.session), what="change")

    def neighbours(self, record: Observation) -> Iterable[Neighbour]:
        """Give the session."""
        yield Neighbour(record.session, "observed", False)


def seen_words(observation: Observation) -> str:
    """Say how many criteria were seen."""
    return f"{len(observation.criteria.split())} of {len(OBSERVATION_CRITERIA)}"
