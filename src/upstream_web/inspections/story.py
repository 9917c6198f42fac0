"""What happened to a recommendation, told from its rows, latest first; and the track from publication to closure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils import timezone

from upstream_web.inspections import models, queries
from upstream_web.inspections.levels import title_of
from upstream_web.inspections.policies import TRACK, RecommendationState
from upstream_web.records import history
from upstream_web.records.papers import papers_of

S = RecommendationState
# Rows that hang on a recommendation, a response or an import, and have no page of their own.
WITHOUT_PAGE = (
    models.Answer, models.AuditView, models.ClosureDecision, models.ClosureRequest, models.Dispatch,
    models.ImportedField, models.ImportedResponse, models.MonitoringNote, models.Plenary, models.PositionStatement,
    models.PublicRow, models.Recheck, models.Step,
)  # fmt: skip
STEP_WORDS = {
    "state-position": "Position stated",
    "name-owner": "Owner named",
    "approve-plan": "Plan approved",
    "close": "Closed",
    "reopen": "Reopened",
}


def follow_all() -> None:
    """Keep the history of the rows that have no register."""
    for model in WITHOUT_PAGE:
        history.follow(model)


BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Event:
    """One line of the story: the day, what it was, what was said, and when it was entered."""

    on: date
    title: str
    words: str = ""
    entered_at: datetime = BEFORE_ALL


@dataclass(frozen=True)
class Stop:
    """One stop of the track: `how` is done, now or next."""

    label: str
    how: str
    on: date | None = None


def story_of(recommendation: models.Recommendation) -> list[Event]:
    """Tell everything that happened, latest first; what happened on one day in the order in which it was entered."""
    events = [*_of_report(recommendation), *_of_ladder(recommendation), *_of_evidence(recommendation)]
    return sorted(events, key=lambda event: (event.on, event.entered_at), reverse=True)


def _of_report(recommendation: models.Recommendation) -> Iterator[Event]:
    inspection = recommendation.inspection
    if inspection.published_on:
        yield Event(inspection.published_on, "Report published", "")
    response = queries.ours(inspection)
    if response is None:
        return
    for version in papers_of(response):
        words = f"Version {version.number}: {version.reason}" if version.reason else ""
        yield Event(timezone.localdate(version.kept_at), "Response published", words, version.kept_at)
    for copy in response.dispatches.present():
        yield Event(copy.sent_on, f"Sent to the {copy.get_recipient_display()}", f"Proof: {copy.proof}", copy.made_at)


def _of_ladder(recommendation: models.Recommendation) -> Iterator[Event]:
    for plenary in recommendation.plenarys.all():
        yield Event(plenary.held_on, "Plenary held", plenary.outcome, plenary.made_at)
    for step in recommendation.steps.all():
        if step.transition in STEP_WORDS:
            words = ". ".join(part for part in (step.who, step.words) if part)
            yield Event(step.on, STEP_WORDS[step.transition], words, step.made_at)
    for note in recommendation.monitoringnotes.all():
        why = f" Why: {note.slip_reason}" if note.slip_reason else ""
        yield Event(note.reviewed_on, "Review", f"{note.get_pace_display()}. {note.words}{why}", note.made_at)
    for view in recommendation.auditviews.all():
        title = "Audit committee satisfied" if view.satisfied else "Audit committee not satisfied"
        yield Event(view.given_on, title, view.words, view.made_at)
    for request in recommendation.closurerequests.all():
        title = f"Closure requested at {title_of(request.level).lower()}"
        words = f"By {request.who}, with {request.evidence}. {request.words}"
        yield Event(request.requested_on, title, words, request.made_at)
    for decision in recommendation.closuredecisions.all():
        title = f"{title_of(decision.level)} given" if decision.granted else "Closure refused"
        yield Event(decision.decided_on, title, f"{decision.decided_by}: {decision.words}", decision.made_at)
    for recheck in recommendation.rechecks.all():
        if recheck.checked_on is not None:
            words = f"{recheck.get_lasted_display()}. {recheck.words}"
            yield Event(recheck.checked_on, "Re-check", words, recheck.changed_at)


def _of_evidence(recommendation: models.Recommendation) -> Iterator[Event]:
    for item in recommendation.evidenceitems.present():
        yield Event(item.dated, f"Evidence {item.label}", item.title, item.made_at)


def track_of(recommendation: models.Recommendation) -> list[Stop]:
    """Give the stops from publication to closure: those passed with their day, the present one, those to come."""
    reached = _days_of(recommendation)
    here = _last_stop(recommendation, reached)
    stops = []
    for place, state in enumerate(TRACK):
        label = "Published" if state == S.RECEIVED else state.label
        if place > here:
            stops.append(Stop(label, "next"))
        else:
            how = "now" if place == here and state != S.CLOSED else "done"
            stops.append(Stop(label, how, reached.get(state)))
    return stops


def _days_of(recommendation: models.Recommendation) -> dict[str, date]:
    """Give for each stop the day on which it was reached last."""
    found: dict[str, date] = {}
    if recommendation.inspection.published_on:
        found[S.RECEIVED] = recommendation.inspection.published_on
    response = queries.ours(recommendation.inspection)
    done_on = response.answered_on if response else None
    if done_on:
        found[S.ANSWERED] = done_on
    for step in recommendation.steps.order_by("on", "pk"):
        if step.state == S.REOPENED:
            for state in (S.PLAN_APPROVED, S.MONITORED, S.AUDITED, S.CLOSURE_REQUESTED, S.LEVEL_GIVEN, S.CLOSED):
                found.pop(state, None)
        found[step.state] = step.on
    return found


def _last_stop(recommendation: models.Recommendation, reached: dict[str, date]) -> int:
    """Give the place of the present stop; a state between two stops counts for the earlier one."""
    if recommendation.state in TRACK:
        return TRACK.index(S(recommendation.state))
    stand_ins = {S.POSITION_STATED: S.PLENARY_HELD, S.REOPENED: S.OWNED}
    return TRACK.index(stand_ins[S(recommendation.state)])
