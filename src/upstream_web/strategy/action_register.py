"""The delivery plan as a register: its list, its filters and what an action's page shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.words import short_day_words
from upstream_web.organisations.models import Organisation
from upstream_web.records.columns import Asked, Column, Filter, Tag
from upstream_web.records.register import ASKED, Dated, Neighbour, Register
from upstream_web.strategy import action_page, queries
from upstream_web.strategy.forms import ActionForm
from upstream_web.strategy.models import (
    OPEN_STATES,
    Action,
    ActionState,
    CommitmentEvidence,
    EvidenceSource,
    Milestone,
    ProgressNote,
)
from upstream_web.strategy.operations import actions, standings
from upstream_web.strategy.rag import Rag
from upstream_web.strategy.thresholds import rag_rules

DUE_SOON_DAYS = 30
RAG_TAGS = {Rag.RED: "late", Rag.AMBER: "soon", Rag.GREEN: "open", Rag.GREY: "", Rag.BLUE: "done"}


def rag_tag(action: Action) -> Tag:
    """Give the colour of an action as a tag: a shape and a word, and only then a colour."""
    rag = action.standing.colour
    return Tag(RAG_TAGS[rag], "Stopped" if action.state == ActionState.STOPPED else rag.title)


def reason_today(action: Action) -> str:
    """Say the first reason for the colour of an action as it reads today."""
    return next(iter(action.standing.reasons_on(timezone.localdate())), "")


def priority_choices() -> Sequence[tuple[str, str]]:
    """Give the priorities in force, for a filter."""
    return [(str(each.number), str(each)) for each in queries.priorities()]


def _lead_bodies() -> Sequence[tuple[str, str]]:
    led = Action.objects.present().filter(lead_body=OuterRef("pk"))
    return list(Organisation.objects.filter(Exists(led)).order_by("name").values_list("key", "name"))


def in_window(records: QuerySet[Action], window: str) -> QuerySet[Action]:
    """Narrow actions to those that are open, late, blocked, soon due, quiet, to be escalated or finished."""
    today = timezone.localdate()
    is_open = records.filter(state__in=OPEN_STATES)
    match window:
        case "late":
            return is_open.filter(due_on__lt=today)
        case "blocked":
            return records.filter(state=ActionState.BLOCKED)
        case "due":
            return is_open.filter(due_on__range=(today, today + timedelta(days=DUE_SOON_DAYS)))
        case "escalate":
            return is_open.filter(Q(escalation_asked_on__isnull=False) | Q(standing__escalates=True))
        case "moved":
            return records.exclude(due_on=F("baseline_due_on"))
        case "done":
            return records.filter(state=ActionState.DONE)
        case _:
            return is_open


def _asked_for_by(records: QuerySet[Action], source: str) -> QuerySet[Action]:
    found = CommitmentEvidence.objects.present().filter(source=source).values("commitment")
    return records.filter(commitment__in=found)


WINDOWS = (
    ("open", "Open"),
    ("late", "Late"),
    ("blocked", "Blocked"),
    ("due", f"Due in {DUE_SOON_DAYS} days"),
    ("escalate", "To be escalated"),
    ("moved", "Re-baselined"),
    ("done", "Done"),
)


# What a file has beyond what the page shows; `sheet_fields` says which of these may come back changed.
SENT_ALONG = (
    Column("priority", "Priority", value="commitment.priority.title", sort=("commitment__priority__number", "due_on")),
    Column("number", "Number", is_number=True, sort=("number",)),
    Column("commitment", "Commitment", value="commitment.code"),
    Column("what", "What will be done"),
    Column("lead_role", "Lead, by role"),
    Column("lead", "Lead, sign-in name", value=lambda action: action.lead.username if action.lead else None),
    Column("starts_on", "Starts"),
    Column("baseline_due_on", "Due at first"),
    Column("state", "State", value="get_state_display", sort=("state", "due_on")),
    Column(
        "state_words",
        "Blocked by, or stopped because",
        value=lambda action: action.blocked_by or action.stopped_because,
    ),
    Column("done_on", "Done on"),
    Column("cost_planned", "Planned cost, £", value=lambda action: float(action.cost_planned), is_number=True),
    Column("cost_spent", "Spent so far, £", value=lambda action: float(action.cost_spent), is_number=True),
    Column("output_expected", "Output expected"),
    Column("outcome_expected", "Outcome expected"),
    Column("outcome_seen", "What came of it"),
)


class Actions(Register[Action]):
    """The delivery plan."""

    model = Action
    noun, plural = "action", "actions"
    area, section = "act", "plan"
    see, change = Permission.PLAN_VIEW, Permission.ACTION_CHANGE
    form = ActionForm
    searched = ("title", "what", "lead_role", "lead_body__name")
    related = ("standing", "commitment__priority", "lead_body", "lead")
    order = ("standing__rank", "due_on")
    list_template = "strategy/action_list.html"
    page_template = "strategy/action.html"
    can_be_removed = True
    empty = "The plan says for each commitment what will be done, by whom and when."
    columns = (
        Column("title", "Action", sort=("title",)),
        Column("rag", "RAG", value=rag_tag, sort=("standing__rank", "due_on")),
        Column("why", "Why", value=reason_today, only_exported=True),
        Column("lead_body", "Lead body", value="lead_body.name", sort=("lead_body__name", "due_on")),
        Column("due_on", "Due", sort=("due_on",)),
        Column("percent", "Done, %", sort=("percent",), is_number=True),
        *(replace(column, only_exported=True) for column in SENT_ALONG),
    )
    filters = (
        Filter("window", "Show", WINDOWS, narrow=in_window),
        Filter("priority", "Priority", priority_choices, lookup="commitment__priority__number"),
        Filter("lead_body", "Lead body", _lead_bodies, lookup="lead_body__key"),
        Filter("rag", "RAG", tuple((rag.value, rag.title) for rag in Rag), lookup="standing__rag"),
        Filter("source", "Asked for by", EvidenceSource.choices, narrow=_asked_for_by),
        Filter("mine", "Whose", (("1", "Mine"),), narrow=lambda records, value: records),
    )

    @property
    def title(self) -> str:
        """The heading of its list."""
        return "Delivery plan"

    def asked(self, person: Any, asked: Asked) -> QuerySet[Any]:
        """Bring RAG states up to date, and narrow to the person's own where they ask for it."""
        standings.bring_up_to_date(timezone.now())
        found = super().asked(person, asked)
        return found.filter(lead=person) if asked.chosen.get("mine") == "1" else found

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many actions are under way, late and blocked."""
        return queries.plan_counts(records, timezone.localdate()).sentence

    def list_context(self, person: Any) -> dict[str, Any]:
        """Bring states up to date and say what a person may do with the list."""
        return {
            "today": timezone.localdate(),
            "may_bulk": may(person, Permission.ACTION_CHANGE),
            "windows": WINDOWS,
            "view": "list",
        }

    def can_change(self, record: Action) -> str:
        """Say that finished actions are opened again first."""
        if record.is_open:
            return ""
        return f"This action is {record.get_state_display().lower()}. To change it, open it again below."

    def context(self, record: Action, person: Any) -> dict[str, Any]:
        """Give everything that hangs on an action in a few queries."""
        return action_page.page_context(record, person)

    def facts(self, record: Action) -> list[tuple[str, Any]]:
        """Say who leads it, what it serves, when it runs and what it costs."""
        rows: list[tuple[str, Any]] = [
            ("Serves", record.commitment),
            ("Lead", record.lead_words),
            ("Reports", record.lead.name if record.lead else None),
            ("Starts", record.starts_on),
            ("Due", record.due_on),
            ("Due at first", record.baseline_due_on if record.baseline_due_on != record.due_on else None),
            ("Done", record.done_on),
            ("Output", record.output_expected),
            ("Outcome", record.outcome_expected),
        ]
        return [(label, value) for label, value in rows if value not in (None, "")]

    def make(self, record: Action, *, by: Any, at: datetime) -> Action:
        """Write a new action with its number."""
        return actions.make(action=record, by=by, at=at)

    def change_record(self, record: Action, fields: list[str], *, by: Any, at: datetime) -> Action:
        """Write a changed action and work out where it stands."""
        return actions.change(action=record, fields=fields, by=by, at=at)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which open actions and their milestones are due."""
        for action in queries.due_actions(since, until, person):
            yield Dated(
                action, action.due_on, f"Action due: {action}", *_due_words(action, timezone.localdate()), "due"
            )
        reached = Milestone.objects.present().filter(done_on__isnull=True, due_on__range=(since, until))
        for milestone in reached.filter(action__in=queries.open_actions(person)).select_related("action"):
            title = f"Milestone due: {milestone}, of {milestone.action}"
            yield Dated(milestone.action, milestone.due_on, title, "soon", what=f"milestone {milestone.pk}")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give what the person leads that is late, soon due or long without a report."""
        mine = queries.open_actions(person).filter(lead=person)
        for action in mine.filter(due_on__lte=on + timedelta(days=DUE_SOON_DAYS)):
            yield Dated(action, action.due_on, str(action), *_due_words(action, on), "due")
        for action in queries.silent_actions(on, rag_rules().quiet_amber_days, person).filter(lead=person):
            yield Dated(action, action.due_on, str(action), "soon", "Report progress", "report")

    def to_escalate(self, person: Any) -> Iterable[Dated]:
        """Give the actions that a lead asks to escalate, or that were red for as long as the rule allows."""
        for action in queries.actions_to_escalate(person):
            if action.escalation_asked_on:
                yield Dated(action, action.escalation_asked_on, str(action), "late", action.escalation_reason, ASKED)
            else:
                yield Dated(action, action.standing.since, str(action), "late", reason_today(action), "by rule")

    def neighbours(self, record: Action) -> Iterable[Neighbour]:
        """Give the records next to an action in the chain: its commitment, and the actions it needs and serves."""
        yield Neighbour(record.commitment, "serves", onward=False)
        for each in record.needs.present().select_related("needs"):
            yield Neighbour(each.needs, "needs", onward=False)
        for each in record.needed_by.present().select_related("action"):
            yield Neighbour(each.action, "is needed by", onward=True)

    def now(self, record: Action) -> str:
        """Say its colour, how far it is, and by when or since when."""
        if not record.is_open:
            day = f" on {short_day_words(record.done_on)}" if record.done_on else ""
            return f"{record.get_state_display()}{day}. {record.outcome_seen}".strip()
        return f"{rag_tag(record).words}, {record.percent}% done, due {short_day_words(record.due_on)}"


def _due_words(action: Action, on: date) -> tuple[str, str]:
    state = "late" if action.due_on < on else "soon"
    return state, f"Due {short_day_words(action.due_on)}"


class ProgressNotes(Register[ProgressNote]):
    """What was reported, over all actions; nothing of it is changed."""

    model = ProgressNote
    noun, plural = "progress note", "progress notes"
    area, section = "act", "plan"
    see = Permission.PLAN_VIEW
    related = ("action__lead_body",)
    order = ("-noted_on",)
    searched = ("done", "next", "action__title")
    columns = (
        Column("action", "Action", value="action.title", sort=("action__number",)),
        Column("noted_on", "Reported", sort=("noted_on",)),
        Column("done", "What was done"),
        Column("next", "What comes next", quiet=True),
        Column("percent", "Done, %", sort=("percent",), is_number=True),
        Column("confidence", "In time?", value="get_confidence_display", sort=("confidence",)),
        Column("made_by", "By"),
    )
