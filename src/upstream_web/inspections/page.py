"""What the pages of inspections show beside the facts of their record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from upstream.clocks import Stand, State
from upstream.methods.wilson_proportion import wilson_proportion
from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.access.who_may import WhoMay
from upstream_web.core.words import short_day_words
from upstream_web.inspections import clocks, queries, story, words
from upstream_web.inspections.chain import linked_actions
from upstream_web.inspections.codes import Party, Proves
from upstream_web.inspections.drafts import may_see_draft
from upstream_web.inspections.glyphs import day_cells, share_glyph
from upstream_web.inspections.models import (
    Answer,
    Dispatch,
    EvidenceItem,
    Inspection,
    PublicRow,
    Recheck,
    Recommendation,
    ResponsePart,
    ResponseRecord,
)
from upstream_web.inspections.movement import movement_of
from upstream_web.inspections.papers import html_of
from upstream_web.inspections.policies import (
    TRANSITIONS,
    RecommendationState,
    rate,
    why_not,
    why_not_agree,
    why_not_publish,
)
from upstream_web.inspections.standing import pace_of, response_standing, standing_of, unanswered
from upstream_web.organisations.models import Organisation
from upstream_web.records.columns import Tag
from upstream_web.records.models import KeptPaper
from upstream_web.records.papers import content_of, papers_of
from upstream_web.records.publications import newest_publication_of

S = RecommendationState
CLOCK_TAGS = {
    State.RUNNING: "", State.DUE_SOON: "soon", State.DUE_TODAY: "soon", State.LATE: "late", State.PAUSED: "",
    State.MET: "done", State.MET_LATE: "late",
}  # fmt: skip
CLOCK_LOOKS = {State.MET: "met", State.LATE: "late", State.MET_LATE: "late"}
PROVES_TAGS = {Proves.SUPPORTS: "done", Proves.EFFORT: "", Proves.AGAINST: "late"}
OFFICES = {Party.CHIEF: {"authority": "police"}, Party.COMMISSIONER: {"type": "local_policing_body"}}


@dataclass(frozen=True)
class ShownClock:
    """One clock as the design shows it."""

    name: str
    words: str
    detail: str
    look: str
    cells: SafeString | str = ""
    doubt: str = ""


@dataclass(frozen=True)
class NextStep:
    """A step of the ladder that the person may take: where, or why not yet."""

    label: str
    address: str
    reasons: tuple[str, ...]


def shown(name: str, stood: Stand | None, *, doubt: str = "") -> list[ShownClock]:
    """Show a clock with its days as cells, if there is one."""
    if stood is None:
        return []
    cells = day_cells(stood.gone, stood.total, stood.words) if stood.total else ""
    look = CLOCK_LOOKS.get(stood.state, "running")
    return [ShownClock(name, stood.words, stood.detail, look, cells, doubt)]


def proves_tag(item: EvidenceItem) -> Tag:
    """Show what evidence proves; until it was reviewed it is a claim."""
    label = item.get_proves_display()
    return Tag(PROVES_TAGS[Proves(item.proves)], label) if item.is_reviewed else Tag("", f"{label}, not reviewed")


def offices() -> dict[str, Any]:
    """Find the organisations that answer for the two parts: the police, and the local policing body."""
    organisations = Organisation.objects.active()
    return {party: organisations.filter(**what).first() for party, what in OFFICES.items()}


# ---- A report ------------------------------------------------------------------------------------------------
def inspection_context(inspection: Inspection, person: Any) -> dict[str, Any]:
    """Give what a report asks, our response with its clock, the same elsewhere, and the practice it praises."""
    today = timezone.localdate()
    response = queries.ours(inspection)
    asked = list(queries.with_pace(inspection.recommendations.present().select_related("owner")))
    done_on = response.answered_on if response else None
    stood = clocks.response_clock(inspection, done_on, today)
    return {
        "lede": words.inspection_lede(inspection, today),
        "asked": queries.rated(asked, today),
        "response": response,
        "clocks": shown("Commissioner’s response, 56 days", stood, doubt=inspection.date_doubt),
        "elsewhere": queries.elsewhere(inspection),
        "practices": inspection.practices.present(),
        "imports": inspection.imports.present(),
    }


# ---- A recommendation ----------------------------------------------------------------------------------------
def recommendation_context(recommendation: Recommendation, person: Any) -> dict[str, Any]:
    """Give the track, the clocks, whether the number moved, actions, evidence, the same elsewhere and the story."""
    today = timezone.localdate()
    standing_words, finding = words.recommendation_lede(recommendation, today)
    actions = linked_actions(recommendation, person)
    told = story.story_of(recommendation)
    return {
        "standing_words": standing_words,
        "finding": finding,
        "track": story.track_of(recommendation),
        "clocks": recommendation_clocks(recommendation, today),
        "rating": rate(pace_of(recommendation), today),
        "moved": movement_of(recommendation),
        "actions": actions,
        "actions_done": sum(1 for action in actions if action.is_done),
        "evidence": [shown_evidence(item) for item in recommendation.evidenceitems.present()],
        "sisters": recommendation.inspection.recommendations.present().exclude(pk=recommendation.pk),
        "elsewhere": queries.elsewhere(recommendation.inspection),
        "practices": queries.practice_for(recommendation.theme),
        "positions": recommendation.positionstatements.all(),
        "rechecks": [(each, clocks.recheck_clock(each, today)) for each in recommendation.rechecks.present()],
        "steps": next_steps(recommendation, person),
        "story": told[:STORY_SHOWN],
        "story_rest": told[STORY_SHOWN:],
        "public_row": getattr(recommendation, "public_row", None),
        "public_doubt": public_doubt(recommendation),
        "may_publish": may(person, Permission.RESPONSE_PUBLISH),
        "main_act": True,
    }


def public_doubt(recommendation: Recommendation) -> str:
    """Say why the public does not read, or should perhaps not read, what was approved of a recommendation."""
    row: PublicRow | None = getattr(recommendation, "public_row", None)
    newest = newest_publication_of(row) if row else None
    if newest is None:
        return ""
    if newest.withdrawn_at:
        return (
            f"The public has read since {short_day_words(newest.withdrawn_at)}: “{newest.withdrawn_because}” "
            "Write what is to be said now, and have it approved."
        )
    closed = recommendation.steps.filter(transition="close").first()
    if recommendation.state != S.CLOSED or closed is None or closed.made_at <= newest.opened_at:
        return ""
    return "What the public reads was approved before this was closed. Look whether it still holds."


STORY_SHOWN = 10
LABEL_AGAIN = {"name-owner": "Hand over to another owner"}  # once there is one


def recommendation_clocks(recommendation: Recommendation, today: date) -> list[ShownClock]:
    """Show the clocks: response, published deadline, review, re-checks."""
    inspection = recommendation.inspection
    response = queries.ours(inspection)
    stood = clocks.response_clock(inspection, response.answered_on if response else None, today)
    found = shown("Commissioner’s response, 56 days", stood, doubt=inspection.date_doubt)
    found += _deadline(recommendation, today)
    notes = recommendation.monitoringnotes.all()
    planned = recommendation.steps.filter(transition="approve-plan").first()
    last_on = notes[0].reviewed_on if notes else planned.on if planned else None
    reviews = shown("Two-monthly review", clocks.review_clock(recommendation, last_on, today))
    held = len(notes)
    found += [
        ShownClock(each.name, each.words, f"{each.detail} {held} held so far.", each.look, each.cells)
        for each in reviews
    ]
    first: Recheck | None = recommendation.rechecks.present().filter(checked_on__isnull=True).first()
    return found + (shown("Re-check after closure", clocks.recheck_clock(first, today)) if first else [])


def _deadline(recommendation: Recommendation, today: date) -> list[ShownClock]:
    """Show the day the report asks for; it was met when evidence that supports was there in time."""
    due_on = recommendation.due_on
    if due_on is None:
        return []
    proof = recommendation.evidenceitems.present().filter(proves=Proves.SUPPORTS, reviewed_on__isnull=False)
    first = proof.order_by("dated").first()
    asked = f"The report asks for it by {due_on.day} {due_on:%B %Y}."
    if first is not None:
        early = (due_on - first.dated).days
        said = (
            f"Met, {early} days early" if early > 0 else "Met on the day" if early == 0 else f"Met, {-early} days late"
        )
        detail = f"{asked} {first.label}, dated {first.dated.day} {first.dated:%B %Y}, supports it."
        return [ShownClock("Target date in the report", said, detail, "met" if early >= 0 else "late")]
    left = (due_on - today).days
    said = f"Due in {left} days" if left > 1 else "Due tomorrow" if left == 1 else "Due today" if left == 0 else (
        f"{-left} days late"
    )  # fmt: skip
    detail = f"{asked} No reviewed evidence shows its effect yet."
    return [ShownClock("Target date in the report", said, detail, "running" if left >= 0 else "late")]


def next_steps(recommendation: Recommendation, person: Any) -> list[NextStep]:
    """List the steps that follow upon the state and that the person may take, with what stands in their way."""
    # The plan and the audit view are asked for on the page of the step, where they can be given.
    standing = standing_of(recommendation, has_plan=True)
    found = []
    for transition in TRANSITIONS:
        if recommendation.state not in transition.moves or transition.name == "answer":
            continue
        if not may(person, transition.permission, about=recommendation):
            continue
        address = reverse("recommendation-step", args=[recommendation.pk, transition.name])
        stays = transition.moves[S(recommendation.state)] == recommendation.state
        label = LABEL_AGAIN.get(transition.name, transition.label) if stays else transition.label
        found.append(NextStep(label, address, tuple(why_not(transition, recommendation.state, standing))))
    return found


@dataclass(frozen=True)
class ShownEvidence:
    """A piece of evidence on a page; `glyph` and `share` where it rests on a sample."""

    item: EvidenceItem
    tag: Tag
    glyph: SafeString | str = ""
    share: str = ""


def shown_evidence(item: EvidenceItem) -> ShownEvidence:
    """Show a piece of evidence, with the interval of its sample."""
    if item.found is None or item.looked_at is None:
        return ShownEvidence(item, proves_tag(item))
    share = wilson_proportion(item.found, item.looked_at, multiplier=100)
    value, lower, upper = (float(each) for each in (share.value, share.lower, share.upper))
    said = f"{value:.0f}%, likely between {lower:.0f}% and {upper:.0f}% of all"
    return ShownEvidence(item, proves_tag(item), share_glyph(value, lower, upper), said)


def evidence_context(item: EvidenceItem, person: Any) -> dict[str, Any]:
    """Offer the review for effect to whoever may and did not add it."""
    may_review = may(person, Permission.EVIDENCE_REVIEW, about=item)
    return {
        "shown": shown_evidence(item),
        "may_review": may_review and person.get_username() != item.made_by and not item.removed_at,
        "added_it": may_review and person.get_username() == item.made_by,
        "choices": Proves.choices,
    }


# ---- A response ----------------------------------------------------------------------------------------------
def response_context(response: ResponseRecord, person: Any) -> dict[str, Any]:
    """Give the parts with their answers, what stands in the way of publication, versions and copies.

    Who may not read the words as they stand now is given those that were published.
    """
    today = timezone.localdate()
    latest = papers_of(response).first()
    reads_now = may_see_draft(response, person)
    stood = clocks.response_clock(response.inspection, response.answered_on, today) if response.is_ours else None
    return {
        "parts": _parts(response) if reads_now else [],
        "frozen": "" if reads_now or latest is None else html_of(content_of(latest)),
        "clocks": shown("Commissioner’s response, 56 days", stood, doubt=response.inspection.date_doubt),
        "blocked": why_not_publish(response_standing(response)) if reads_now else [],
        "unanswered": unanswered(response) if response.is_ours and reads_now else [],
        "versions": papers_of(response),
        "latest": latest,
        "not_sent": [each.recipient for each in copies(response) if latest and each.sent and not each.is_newest],
        "dispatches": response.dispatches.present(),
        "may_publish": response.is_ours and may(person, Permission.RESPONSE_PUBLISH, about=response),
        "imports": response.imports.present(),
    }


@dataclass(frozen=True)
class Copy:
    """What one whom the law names was sent last, and whether that was the newest version."""

    recipient: str
    sent: Dispatch | None
    is_newest: bool


def copies(response: ResponseRecord) -> list[Copy]:
    """Give those whom the law names with their last copy.

    One that was sent, or recorded, before the newest version was published is a copy of an earlier one.
    """
    newest = papers_of(response).first()
    sent = {each.recipient: each for each in response.dispatches.present()}
    return [Copy(each.label, sent.get(each), _is_of(newest, sent.get(each))) for each in Dispatch.BY_LAW]


def _is_of(newest: KeptPaper | None, sent: Dispatch | None) -> bool:
    if newest is None or sent is None:
        return False
    return sent.sent_on >= timezone.localdate(newest.kept_at) and sent.made_at >= newest.kept_at


def _parts(response: ResponseRecord) -> list[tuple[ResponsePart, list[Answer]]]:
    return [(part, list(part.answers.present().select_related("recommendation"))) for part in ordered(response)]


def ordered(response: ResponseRecord) -> list[ResponsePart]:
    """Give the parts in the order of the form: the commissioner's first word, then the chief constable's."""
    return sorted(response.parts.select_related("body"), key=lambda part: part.party != Party.COMMISSIONER)


def part_context(part: ResponsePart, person: Any) -> dict[str, Any]:
    """Give the answers of a part and what its office may do with it."""
    chief = part.response.part(Party.CHIEF)
    reasons = why_not_agree(
        is_commissioner=part.party == Party.COMMISSIONER,
        is_agreed=part.is_agreed,
        has_words=bool(part.words.strip() or part.closing_words.strip() or part.answers.present().exists()),
        chief_agreed=bool(chief and chief.is_agreed),
    )
    is_ours = part.response.is_ours
    given = {answer.recommendation_id: answer for answer in part.answers.present()}
    asked = [each for each in part.response.inspection.recommendations.present() if each.is_ours]
    return {
        "answers": [(each, given.get(each.pk)) for each in asked],
        "may_agree": is_ours and not part.is_agreed and may(person, Permission.RESPONSE_AGREE, about=part),
        "may_withdraw": is_ours
        and part.is_agreed
        and (may(person, Permission.RESPONSE_AGREE, about=part) or may(person, Permission.RESPONSE_DRAFT, about=part)),
        "may_draft": is_ours and may(person, Permission.RESPONSE_DRAFT, about=part),
        "reasons": [reason for reason in reasons if not part.is_agreed],
        "agreers": _who_may_agree(part) if is_ours and part.body and not part.is_agreed else [],
    }


def _who_may_agree(part: ResponsePart) -> list[str]:
    """Name those who agree a part, so that whoever drafts it knows whom to ask."""
    return [person.name for person in WhoMay(Permission.RESPONSE_AGREE).on(part)]
