"""Works out where actions stand by rule, after each change and when the days go by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from upstream_web.core.operations import operation, tell
from upstream_web.strategy.models import OPEN_STATES, Action, ActionDependency, Milestone, ProgressNote, Standing
from upstream_web.strategy.rag import RANKS, ActionFacts, Rag, RagRules, Step, Verdict, escalates, judge
from upstream_web.strategy.thresholds import rag_rules

AT_ONCE = 500
MACHINERY = "clock"


def work_out(keys: Collection[int], *, at: datetime) -> None:
    """Work out where these actions and those that need them stand, within the operation that changed them."""
    needing = ActionDependency.objects.present().filter(needs__in=keys).values_list("action_id", flat=True)
    _work_out({*keys, *needing}, on=timezone.localdate(at))


def bring_up_to_date(at: datetime) -> int:
    """Work out again what time has changed since it was last worked out; gives how many. Mostly there is nothing."""
    stale = Standing.objects.filter(turns_on__lte=timezone.localdate(at))
    return refresh(by=MACHINERY, at=at) if stale.exists() else 0


@operation("RAG states brought up to date")
def refresh(*, by: str, at: datetime) -> int:
    """Work out again every action that time, or a restored state, may have changed; done each night."""
    on = timezone.localdate(at)
    turned = Q(turns_on__lte=on) | ~Q(action_version=F("action__version"))
    keys = list(Standing.objects.filter(turned).values_list("pk", flat=True))
    _work_out(keys, on=on)
    tell(actions=len(keys))
    return len(keys)


def _work_out(keys: Collection[int], *, on: date) -> None:
    rules, ordered = rag_rules(), sorted(keys)
    for first in range(0, len(ordered), AT_ONCE):
        part = ordered[first : first + AT_ONCE]
        before = Standing.objects.in_bulk(part)
        made = [_standing(action, facts, before.get(action.pk), on=on, rules=rules) for action, facts in _facts(part)]
        Standing.objects.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=["action"],
            update_fields=["rag", "rank", "reasons", "since", "before", "escalates", "turns_on", "action_version"],
        )


def _standing(action: Action, facts: ActionFacts, kept: Standing | None, *, on: date, rules: RagRules) -> Standing:
    verdict = judge(facts, on, rules)
    rag, since, before = _since(facts, kept, verdict, on=on, rules=rules)
    escalation_on = since + timedelta(days=rules.escalate_red_days)
    turns = [day for day in (verdict.turns_on, escalation_on if rag is Rag.RED else None) if day and day > on]
    return Standing(
        action=action,
        rag=rag,
        rank=RANKS[rag],
        reasons=[reason.kept() for reason in verdict.reasons],
        since=since,
        before=before,
        escalates=escalates(rag, since, on, rules),
        turns_on=min(turns, default=None),
        action_version=action.version,
    )


def _since(
    facts: ActionFacts, kept: Standing | None, verdict: Verdict, *, on: date, rules: RagRules
) -> tuple[Rag, date, str]:
    """Say which colour it has, since when, and which it had before.

    The days on which time turned it since somebody last looked are gone through one by one, so that `since` is the
    day of the turn. They are judged by the facts of today: those of then are no longer known.
    """
    if kept is None:
        return verdict.rag, on, ""
    rag, since, before, turns = kept.colour, kept.since, kept.before, kept.turns_on
    while turns is not None and turns <= on:
        turned = judge(facts, turns, rules)
        if turned.rag is not rag:
            rag, since, before = turned.rag, turns, rag.value
        turns = turned.turns_on
    if verdict.rag is not rag:
        return verdict.rag, on, rag.value
    return rag, since, before


def _facts(keys: list[int]) -> Iterator[tuple[Action, ActionFacts]]:
    """Give actions with what the rule looks at, in four queries however many there are."""
    notes = {note.action_id: note for note in _latest_notes(keys)}
    milestones = _steps(
        Milestone.objects.present()
        .filter(action__in=keys, done_on__isnull=True)
        .values_list("action_id", "title", "due_on")
    )
    needs = _steps(
        ActionDependency.objects.present()
        .filter(action__in=keys, needs__removed_at__isnull=True)
        .filter(Q(needs__state__in=OPEN_STATES) | Q(needs__state="stopped"))
        .values_list("action_id", "needs__title", "needs__due_on", "needs__state")
    )
    for action in Action.objects.filter(pk__in=keys):
        note = notes.get(action.pk)
        yield (
            action,
            ActionFacts(
                state=action.state,
                starts_on=action.starts_on,
                due_on=action.due_on,
                percent=action.percent,
                done_on=action.done_on,
                blocked_on=action.blocked_on,
                blocked_by=action.blocked_by,
                last_note_on=note.noted_on if note else None,
                confidence=note.confidence if note else "",
                milestones=milestones.get(action.pk, ()),
                needs=needs.get(action.pk, ()),
            ),
        )


def _latest_notes(keys: list[int]) -> Iterable[ProgressNote]:
    """Give the notes oldest first, so that the last one of an action is its latest."""
    return (
        ProgressNote.objects.filter(action__in=keys).order_by("noted_on", "pk").only("action", "noted_on", "confidence")
    )


def _steps(rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[Step, ...]]:
    found: dict[int, tuple[Step, ...]] = {}
    for key, name, due_on, *state in rows:
        found[key] = (*found.get(key, ()), Step(name, due_on, ended=state == ["stopped"]))
    return found


@operation("RAG state brought up to date")
def refresh_one(*, action: Action, by: str, at: datetime) -> None:
    """Work out again one action whose page is opened after time, or a restored state, has changed it."""
    _work_out([action.pk], on=timezone.localdate(at))
    tell(action)
