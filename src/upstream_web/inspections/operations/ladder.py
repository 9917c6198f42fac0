"""The steps of the closure ladder. Each looks at the table of `policies`, writes what happened, and moves the state."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from upstream.clocks import say_day
from upstream.exceptions import WrongUse
from upstream_web.core.operations import operation, tell
from upstream_web.inspections import clocks
from upstream_web.inspections.days import check_after_state, check_day
from upstream_web.inspections.levels import find_level, levels
from upstream_web.inspections.models import (
    AuditView,
    ClosureDecision,
    ClosureRequest,
    MonitoringNote,
    Plenary,
    PositionStatement,
    PublicRow,
    Recheck,
    Recommendation,
    Step,
)
from upstream_web.inspections.operations import evidence, public_rows
from upstream_web.inspections.policies import RecommendationState, check_step
from upstream_web.inspections.standing import standing_of
from upstream_web.records.operations.keeping import keep, keep_new
from upstream_web.records.publications import publication_of


class LevelUnknown(WrongUse):
    """There is no such level of closure here."""


def _check_level(code: str) -> None:
    if find_level(code) is None:
        raise LevelUnknown(
            f"There is no level {code!r}.", expected=", ".join(level.code for level in levels()), do="Choose one."
        )


def _take(
    name: str,
    recommendation: Recommendation,
    *,
    on: date,
    by: Any,
    at: datetime,
    who: str = "",
    words: str = "",
    **standing: Any,
) -> None:
    """Check a step and take it; the move is kept as a row of its own when the state changes."""
    transition = check_step(name, recommendation.state, standing_of(recommendation, **standing))
    check_day(recommendation.inspection, on, at)
    if transition.follows or recommendation.state == RecommendationState.REOPENED:
        check_after_state(recommendation, on)
    to = transition.moves[RecommendationState(recommendation.state)]
    if to != recommendation.state:
        step = Step(recommendation=recommendation, transition=name, state=to, on=on, who=who, words=words)
        keep_new(step, by=by, at=at)
        recommendation.state, recommendation.state_since = to, on
    if to not in RecommendationState.with_level():
        recommendation.level = ""
    keep(recommendation, by=by, at=at)
    tell(recommendation, state=str(to))


@operation("recommendation answered")
def answer(*, recommendation: Recommendation, on: date, by: Any, at: datetime) -> Recommendation:
    """Note that our response to the report was published."""
    _take("answer", recommendation, on=on, by=by, at=at)
    return recommendation


@operation("plenary held")
def hold_plenary(
    *, recommendation: Recommendation, held_on: date, attended: str, outcome: str, by: Any, at: datetime
) -> Plenary:
    """Record the session with all concerned."""
    _take("hold-plenary", recommendation, on=held_on, words=outcome, by=by, at=at)
    plenary = Plenary(recommendation=recommendation, held_on=held_on, attended=attended, outcome=outcome)
    return keep_new(plenary, by=by, at=at)


@operation("position stated")
def state_position(
    *, recommendation: Recommendation, stated_on: date, standing: str, work_needed: str, by: Any, at: datetime
) -> PositionStatement:
    """Record where we stand and what is still to do."""
    _take("state-position", recommendation, on=stated_on, words=work_needed, by=by, at=at)
    stated = PositionStatement(
        recommendation=recommendation, stated_on=stated_on, standing=standing, work_needed=work_needed
    )
    return keep_new(stated, by=by, at=at)


@operation("owner named")
def name_owner(
    *, recommendation: Recommendation, on: date, owner: Any, owner_role: str, sponsor: str, body: Any, by: Any,
    at: datetime,
) -> Recommendation:  # fmt: skip
    """Say who answers for it, and who stands behind them; also hands it over later on."""
    recommendation.owner, recommendation.owner_role = owner, owner_role
    recommendation.sponsor, recommendation.body = sponsor, body
    _take(
        "name-owner",
        recommendation,
        on=on,
        who=owner_role or str(owner or ""),
        words=f"Sponsor: {sponsor}",
        by=by,
        at=at,
    )
    return recommendation


@operation("plan approved")
def approve_plan(
    *, recommendation: Recommendation, on: date, who: str, plan: str, by: Any, at: datetime, has_actions: bool = False
) -> Recommendation:
    """Approve the plan: the actions that are linked as its answer, or what `plan` says. The reviews begin."""
    recommendation.review_due_on = clocks.next_review(on)
    has_plan = has_actions or bool(plan.strip())
    _take("approve-plan", recommendation, on=on, who=who, words=plan, has_plan=has_plan, by=by, at=at)
    return recommendation


@operation("recommendation reviewed")
def review(
    *, recommendation: Recommendation, reviewed_on: date, group: str, pace: str, words: str, by: Any, at: datetime,
    slip_reason: str = "",
) -> MonitoringNote:  # fmt: skip
    """Record what a two-monthly review found; the next one is due from its day."""
    due = clocks.next_review(reviewed_on)
    recommendation.review_due_on = max(due, recommendation.review_due_on or due)
    _take("review", recommendation, on=reviewed_on, who=group, words=words, by=by, at=at)
    note = MonitoringNote(
        recommendation=recommendation, reviewed_on=reviewed_on, group=group, pace=pace, words=words,
        slip_reason=slip_reason,
    )  # fmt: skip
    tell(pace=pace)
    return keep_new(note, by=by, at=at)


@operation("audit committee's view recorded")
def record_audit_view(
    *,
    recommendation: Recommendation,
    given_on: date,
    committee: str,
    satisfied: bool,
    words: str,
    by: Any,
    at: datetime,
) -> AuditView:
    """Record the committee's view; its doubts lead back to monitoring."""
    name = "audit-satisfied" if satisfied else "audit-doubts"
    _take(name, recommendation, on=given_on, who=committee, words=words, by=by, at=at)
    view = AuditView(
        recommendation=recommendation, given_on=given_on, committee=committee, satisfied=satisfied, words=words
    )
    tell(satisfied=satisfied)
    return keep_new(view, by=by, at=at)


@operation("closure requested")
def request_closure(
    *, recommendation: Recommendation, requested_on: date, level: str, who: str, words: str, by: Any, at: datetime
) -> ClosureRequest:
    """Ask for closure at a level, with the evidence as it stands today."""
    _check_level(level)
    _take("request-closure", recommendation, on=requested_on, who=who, words=words, level=level, by=by, at=at)
    numbers = ", ".join(item.label for item in recommendation.evidenceitems.present())
    request = ClosureRequest(
        recommendation=recommendation, requested_on=requested_on, level=level, who=who, words=words, evidence=numbers
    )
    tell(level=level)
    return keep_new(request, by=by, at=at)


def _decided(recommendation: Recommendation, **said: Any) -> ClosureDecision:
    request = recommendation.closurerequests.filter(decision__isnull=True).first()
    if request is None:
        raise WrongUse("No request for closure is open.", do="Request closure first.")
    return ClosureDecision(recommendation=recommendation, request=request, **said)


@operation("closure level given")
def give_level(
    *, recommendation: Recommendation, decided_on: date, level: str, decided_by: str, words: str, by: Any, at: datetime
) -> ClosureDecision:
    """Record the level that was given, which need not be the one asked for."""
    _check_level(level)
    _take("give-level", recommendation, on=decided_on, who=decided_by, words=words, by=by, at=at)
    recommendation.level = level
    keep(recommendation, by=by, at=at)
    tell(level=level)
    decision = _decided(
        recommendation, decided_on=decided_on, granted=True, level=level, decided_by=decided_by, words=words
    )
    return keep_new(decision, by=by, at=at)


@operation("closure refused")
def refuse_closure(
    *, recommendation: Recommendation, decided_on: date, decided_by: str, words: str, by: Any, at: datetime
) -> ClosureDecision:
    """Record that closure was refused, and why; it goes on being monitored."""
    _take("refuse-closure", recommendation, on=decided_on, who=decided_by, words=words, by=by, at=at)
    decision = _decided(recommendation, decided_on=decided_on, granted=False, decided_by=decided_by, words=words)
    return keep_new(decision, by=by, at=at)


@operation("recommendation closed")
def close(*, recommendation: Recommendation, on: date, words: str, by: Any, at: datetime) -> Recommendation:
    """Close it; the reviews end, and the re-checks are set."""
    recommendation.review_due_on = None
    _take("close", recommendation, on=on, words=words, by=by, at=at)
    for clock, due_on in clocks.recheck_days(on):
        recheck = Recheck(recommendation=recommendation, clock=clock, started_on=on, due_on=due_on)
        keep_new(recheck, by=by, at=at)
    return recommendation


@operation("closure re-checked")
def record_recheck(*, recheck: Recheck, checked_on: date, lasted: str, words: str, by: Any, at: datetime) -> Recheck:
    """Record what a re-check found. One that did not last reopens the recommendation in the same breath."""
    if recheck.checked_on is not None:
        raise WrongUse("This re-check was recorded already.", do="Reopen the recommendation if things have changed.")
    recommendation = recheck.recommendation
    _take("recheck", recommendation, on=checked_on, by=by, at=at)
    recheck.checked_on, recheck.lasted, recheck.words = checked_on, lasted, words
    keep(recheck, by=by, at=at)
    tell(lasted=lasted)
    if lasted == Recheck.Lasted.NO:
        reopen(recommendation=recommendation, on=checked_on, reason=words, by=by, at=at)
    return recheck


@operation("recommendation reopened")
def reopen(*, recommendation: Recommendation, on: date, reason: str, by: Any, at: datetime) -> Recommendation:
    """Take it up again, with the reason; re-checks that are still to come fall away.

    What showed the effect is reviewed anew before it is closed again, and what the public was told of it, that it is
    done and that it worked, is taken off the page.
    """
    if not reason.strip():
        raise WrongUse("Nothing is said about why it is reopened.", do="Give the reason.")
    for recheck in recommendation.rechecks.present().filter(checked_on__isnull=True):
        recheck.removed_at = at
        keep(recheck, by=by, at=at)
    _take("reopen", recommendation, on=on, words=reason, by=by, at=at)
    evidence.take_back_reviews(recommendation, by=by, at=at)
    row = PublicRow.objects.present().filter(recommendation=recommendation).first()
    if row is not None and publication_of(row) is not None:
        public_rows.take_back(row=row, because=f"We took this up again on {say_day(on)}.", by=by, at=at)
    return recommendation
