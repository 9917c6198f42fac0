"""What the state of a recommendation and of a response allows: the closure ladder and the states of a response, as
tables. Who may is asked elsewhere; nothing here knows people or the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from upstream.exceptions import UpstreamFailure
from upstream_web.access.permissions import Permission


class StepRefused(UpstreamFailure):
    """The state of the record does not allow the step, or something that it takes is missing."""


class RecommendationState(TextChoices):
    """Where a recommendation stands on the ladder."""

    RECEIVED = "received", "Received"
    ANSWERED = "answered", "Response sent"
    PLENARY_HELD = "plenary held", "Plenary held"
    POSITION_STATED = "position stated", "Position stated"
    OWNED = "owned", "Owner named"
    PLAN_APPROVED = "plan approved", "Plan approved"
    MONITORED = "monitored", "Monitored"
    AUDITED = "audited", "Audit committee"
    CLOSURE_REQUESTED = "closure requested", "Closure requested"
    LEVEL_GIVEN = "level given", "Level given"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Reopened"

    @classmethod
    def with_level(cls) -> list[str]:
        """The states in which a level has been given and holds."""
        return [cls.LEVEL_GIVEN, cls.CLOSED]


S = RecommendationState
# What the track on its page shows, in order.
TRACK = (
    S.RECEIVED, S.ANSWERED, S.PLENARY_HELD, S.OWNED, S.PLAN_APPROVED, S.MONITORED, S.AUDITED, S.CLOSURE_REQUESTED,
    S.LEVEL_GIVEN, S.CLOSED,
)  # fmt: skip
AT_WORK = (S.PLAN_APPROVED, S.MONITORED, S.AUDITED)


@dataclass(frozen=True)
class Standing:
    """What the ladder needs to know of a recommendation beside its state."""

    is_ours: bool = True
    has_owner: bool = False
    has_plan: bool = False
    evidence: int = 0
    evidence_unreviewed: int = 0
    evidence_supporting: int = 0  # reviewed for effect, and supports
    audit_satisfied: bool | None = None  # None: the committee has not looked since the plan was approved
    needs_audit_view: bool = True  # of the level that is asked for


Need = Callable[[Standing], str]


def _ours(standing: Standing) -> str:
    return "" if standing.is_ours else "It is asked of others, or kept under another number; follow that one."


def _owner(standing: Standing) -> str:
    return "" if standing.has_owner else "Nobody owns it yet. Name the owner first."


def _plan(standing: Standing) -> str:
    return "" if standing.has_plan else "There is no plan: link at least one action that answers it, or say the plan."


def _evidence(standing: Standing) -> str:
    if not standing.evidence:
        return "There is no evidence yet. Add what shows the effect."
    if standing.evidence_unreviewed:
        return (
            f"{standing.evidence_unreviewed} of {standing.evidence} pieces of evidence were not reviewed for their "
            "effect. Have somebody review them who did not add them."
        )
    if not standing.evidence_supporting:
        return "No reviewed evidence supports the effect. Effort alone does not close a recommendation."
    return ""


def _audit(standing: Standing) -> str:
    if not standing.needs_audit_view or standing.audit_satisfied:
        return ""
    if standing.audit_satisfied is None:
        return "The audit committee has not given its view. Put it on the committee's agenda."
    return "The audit committee is not satisfied. Answer what it asked and have it look again."


Moves = Mapping[RecommendationState, RecommendationState]


@dataclass(frozen=True)
class Transition:
    """One step of the ladder: from which state to which, what it takes, and the permission it is done with.

    A move that ends where it began changes only what is known. A step that `follows` cannot have a day before the one
    on which the present state was reached; the others may be entered late, as the minutes of a group come in, but for
    those that follow upon a reopening: what was done before it is the work that did not last.
    """

    name: str
    label: str
    moves: Moves
    permission: Permission
    needs: tuple[Need, ...] = ()
    follows: bool = False


def _staying(*states: RecommendationState) -> dict[RecommendationState, RecommendationState]:
    return {state: state for state in states}


REPORT, KEEP, DECIDE = Permission.RECOMMENDATION_REPORT, Permission.INSPECTION_CHANGE, Permission.CLOSURE_DECIDE
TRANSITIONS: tuple[Transition, ...] = (
    Transition("answer", "Send the response", {S.RECEIVED: S.ANSWERED}, Permission.RESPONSE_PUBLISH, (_ours,)),
    Transition(
        "hold-plenary", "Record the plenary",
        {S.RECEIVED: S.PLENARY_HELD, S.ANSWERED: S.PLENARY_HELD, S.REOPENED: S.PLENARY_HELD}, REPORT, (_ours,),
    ),
    Transition("state-position", "State the position", {S.PLENARY_HELD: S.POSITION_STATED}, REPORT, (_ours,)),
    Transition(
        "name-owner", "Name the owner",
        {S.POSITION_STATED: S.OWNED, S.REOPENED: S.OWNED, **_staying(S.OWNED, *AT_WORK, S.CLOSURE_REQUESTED)},
        KEEP, (_ours,),
    ),
    Transition("approve-plan", "Approve the plan", {S.OWNED: S.PLAN_APPROVED}, DECIDE, (_ours, _owner, _plan)),
    Transition(
        "review", "Record a review",
        {S.PLAN_APPROVED: S.MONITORED, **_staying(S.MONITORED, S.AUDITED, S.CLOSURE_REQUESTED, S.LEVEL_GIVEN)},
        REPORT, (_ours,),
    ),
    Transition(
        "audit-satisfied", "Record that the audit committee is satisfied",
        {S.MONITORED: S.AUDITED, **_staying(S.AUDITED)}, DECIDE,
    ),
    Transition(
        "audit-doubts", "Record the audit committee’s doubts",
        {S.AUDITED: S.MONITORED, **_staying(S.MONITORED)}, DECIDE,
    ),
    Transition(
        "request-closure", "Request closure", {S.MONITORED: S.CLOSURE_REQUESTED, S.AUDITED: S.CLOSURE_REQUESTED},
        REPORT, (_ours, _owner, _evidence, _audit),
    ),
    Transition("give-level", "Record the level given", {S.CLOSURE_REQUESTED: S.LEVEL_GIVEN}, DECIDE, follows=True),
    Transition(
        "refuse-closure", "Record that closure was refused", {S.CLOSURE_REQUESTED: S.MONITORED}, DECIDE, follows=True
    ),
    Transition("close", "Close", {S.LEVEL_GIVEN: S.CLOSED}, DECIDE, follows=True),
    Transition("recheck", "Record a re-check", _staying(S.CLOSED), Permission.EVIDENCE_REVIEW, follows=True),
    Transition("reopen", "Reopen", {S.LEVEL_GIVEN: S.REOPENED, S.CLOSED: S.REOPENED}, DECIDE, follows=True),
)  # fmt: skip
BY_NAME = {transition.name: transition for transition in TRANSITIONS}


def why_not(transition: Transition, state: str, standing: Standing) -> list[str]:
    """Say everything that stands in the way of a step; empty when nothing does."""
    found = []
    if state not in transition.moves:
        before = " or ".join(f"“{each.label}”" for each in transition.moves)
        found.append(f"It stands at “{RecommendationState(state).label}”; this step follows {before}.")
    return found + [said for need in transition.needs if (said := need(standing))]


def can_step(name: str, state: str, standing: Standing) -> bool:
    """Whether the step can be taken now."""
    return not why_not(BY_NAME[name], state, standing)


def check_step(name: str, state: str, standing: Standing) -> Transition:
    """Give the transition; raises `StepRefused` with everything that stands in its way."""
    transition = BY_NAME[name]
    reasons = why_not(transition, state, standing)
    if reasons:
        raise StepRefused(f"{transition.label}: not yet.", do=" ".join(reasons))
    return transition


# ---- Responses -----------------------------------------------------------------------------------------------
class ResponseState(TextChoices):
    """How far a response is."""

    DRAFTING = "drafting", "Being drafted"
    AGREED_BY_CHIEF = "agreed by chief", "Agreed by the chief constable’s office"
    AGREED = "agreed", "Agreed by both offices"
    PUBLISHED = "published", "Published"
    SENT = "sent", "Published and sent"


@dataclass(frozen=True)
class ResponseStanding:
    """What the state of a response follows from."""

    chief_agreed: bool = False
    commissioner_agreed: bool = False
    is_published: bool = False
    sent_to_secretary: bool = False
    sent_to_inspectorate: bool = False
    unanswered: int = 0  # recommendations asked of us that neither office has answered


def response_state(standing: ResponseStanding) -> ResponseState:
    """Give the state: published ones stay published while a correction is being agreed."""
    if standing.is_published:
        both = standing.sent_to_secretary and standing.sent_to_inspectorate
        return ResponseState.SENT if both else ResponseState.PUBLISHED
    if standing.chief_agreed and standing.commissioner_agreed:
        return ResponseState.AGREED
    return ResponseState.AGREED_BY_CHIEF if standing.chief_agreed else ResponseState.DRAFTING


def why_not_publish(standing: ResponseStanding) -> list[str]:
    """Say everything that stands in the way of publication."""
    found = []
    if not standing.chief_agreed:
        found.append("The chief constable’s office has not agreed its part.")
    if not standing.commissioner_agreed:
        found.append("The commissioner’s office has not agreed its part.")
    if standing.unanswered:
        found.append(
            f"{standing.unanswered} recommendation{'s' if standing.unanswered != 1 else ''} asked of us "
            f"{'have' if standing.unanswered != 1 else 'has'} no answer: say what is done, or why nothing is."
        )
    return found


def why_not_agree(*, is_commissioner: bool, is_agreed: bool, has_words: bool, chief_agreed: bool) -> list[str]:
    """Say what stands in the way of agreeing a part. The commissioner publishes the chief constable's comments with
    the own ones, so the own part is agreed when the other is settled."""
    found = []
    if is_agreed:
        found.append("It is agreed already.")
    if not has_words:
        found.append("It says nothing yet.")
    if is_commissioner and not chief_agreed:
        found.append("The chief constable’s part comes first, because the commissioner answers it.")
    return found


# ---- Red, amber, green: by rule ------------------------------------------------------------------------------
SOON_DAYS = 60


@dataclass(frozen=True)
class Rating:
    """How a recommendation does, with the rule that says so. `tag` is the design's tag for it."""

    code: str
    tag: str
    because: str

    def __str__(self) -> str:
        return {"red": "Red", "amber": "Amber", "green": "Green"}.get(self.code, "None")


@dataclass(frozen=True)
class Pace:
    """What the rating follows from."""

    is_open: bool
    due_on: date | None = None
    review_due_on: date | None = None
    last_pace: str = ""
    has_owner: bool = True
    evidence_supporting: int = 0


def rate(pace: Pace, on: date) -> Rating:
    """Rate by rule: red when a time has passed or the work is stuck, amber when one of them is near or it slipped."""
    if not pace.is_open:
        return Rating("", "", "Nothing is owed.")
    if pace.due_on and pace.due_on < on and not pace.evidence_supporting:
        return Rating("red", "late", "Its published deadline has passed and no reviewed evidence shows the effect.")
    if pace.last_pace == "stuck":
        return Rating("red", "late", "Its last review found the work stuck.")
    if pace.review_due_on and (on - pace.review_due_on).days > 14:
        return Rating("red", "late", "Its review is more than two weeks late.")
    if not pace.has_owner:
        return Rating("amber", "soon", "Nobody owns it yet.")
    if pace.last_pace == "slipped":
        return Rating("amber", "soon", "Its last review found that it slipped.")
    if pace.review_due_on and pace.review_due_on < on:
        return Rating("amber", "soon", "Its review is due.")
    near = pace.due_on is not None and (pace.due_on - on).days <= SOON_DAYS
    if near and not pace.evidence_supporting:
        return Rating("amber", "soon", f"Its deadline is within {SOON_DAYS} days and no evidence shows the effect yet.")
    return Rating("green", "done", "In time by its plan and its reviews.")
