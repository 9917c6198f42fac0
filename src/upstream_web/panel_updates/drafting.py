"""Drafts the sections of a plan update from what the records say of a period. The same records give the same words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from upstream.clocks import say_day
from upstream.papers import plain
from upstream_web.awareness import telling as awareness
from upstream_web.commissioning import queries as commissioning
from upstream_web.core.drawing.numbers import listed
from upstream_web.core.money import pounds
from upstream_web.core.words import capital, count_words
from upstream_web.inspections import queries as inspections
from upstream_web.inspections.models import Recommendation
from upstream_web.strategy import queries as strategy
from upstream_web.strategy.models import Action, ProgressNote

NOTES_TOLD = 6


@dataclass(frozen=True)
class Drafted:
    """One section as the records give it; `text` is Markdown."""

    subject: str
    heading: str
    text: str


def draft(since: date, until: date) -> list[Drafted]:
    """Draft every section of an update about the days from `since` to `until`, both included."""
    told = [_priority(progress, since, until) for progress in strategy.progress_per_priority(since, until)]
    return [*told, *_awareness(since, until), _recommendations(since, until)]


def _priority(progress: strategy.PriorityProgress, since: date, until: date) -> Drafted:
    paragraphs = [
        _standing(progress),
        _list("Done in the period:", (_done(action) for action in progress.done)),
        _list("Reported by those who lead:", _notes(progress.notes)),
        _list("Moved to a later day:", (_slipped(each) for each in progress.slipped)),
        _money(progress.planned, progress.spent),
        _services(commissioning.spend_on(strategy.records_under(progress.priority), since, until)),
    ]
    priority = progress.priority
    return Drafted(f"priority {priority.number}", str(priority), "\n\n".join(each for each in paragraphs if each))


def _standing(progress: strategy.PriorityProgress) -> str:
    counts = progress.counts
    if not counts.total:
        return "No action of the delivery plan stands under this priority yet."
    others = (
        (counts.under_way, "under way"),
        (counts.blocked, "blocked"),
        (counts.not_started, "not started"),
        (counts.stopped, "stopped"),
    )
    done = f"{counts.done} {_are(counts.done)} done" if counts.done else "none is done"
    parts = [done, *(f"{count} {word}" for count, word in others if count)]
    said = f"Of {count_words(counts.total, 'action')}, {listed(parts)}"
    if counts.late:
        return f"{said}. {counts.late} past {'its' if counts.late == 1 else 'their'} day."
    return f"{said}. {'None is past its day' if counts.blocked else 'None is late or blocked'}."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _done(action: Action) -> str:
    outcome = f" {plain(action.outcome_seen)}" if action.outcome_seen else ""
    on = f" on {say_day(action.done_on)}" if action.done_on else ""
    return f"**{plain(action.title)}**, done{on} by {plain(str(action.lead_body))}.{outcome}"


def _notes(notes: list[ProgressNote]) -> Iterator[str]:
    """Tell the newest note of each action, as far as there is room; it says how many more there are."""
    newest: dict[int, ProgressNote] = {}
    for note in sorted(notes, key=lambda each: (each.noted_on, each.pk), reverse=True):
        newest.setdefault(note.action_id, note)
    told = list(newest.values())
    for note in told[:NOTES_TOLD]:
        yield f"**{plain(note.action.title)}** ({note.percent}%): {plain(note.done)}"
    if len(told) > NOTES_TOLD:
        yield f"{count_words(len(told) - NOTES_TOLD, 'further action')} {_are(len(told) - NOTES_TOLD)} reported on."


def _slipped(rebaseline: strategy.Rebaseline) -> str:
    days = f"from {say_day(rebaseline.old_due_on)} to {say_day(rebaseline.new_due_on)}"
    return f"**{plain(rebaseline.action.title)}**, {days}: {plain(rebaseline.reason)}"


def _money(planned: Decimal, spent: Decimal) -> str:
    if not planned and not spent:
        return ""
    return f"{pounds(spent)} of {pounds(planned)} planned for these actions is spent so far."


def _services(served: commissioning.ServedSpend) -> str:
    """Tell what was paid in the period for services that serve the priority, or pay for its actions."""
    if not served.grants:
        return ""
    named = "; ".join(f"{plain(grant.title)} ({plain(grant.provider.said_shortly)})" for grant in served.grants)
    said = f"{pounds(served.spent)} was paid in the period for services that serve this priority"
    return f"{said}, of {pounds(served.planned)} planned: {named}. A service that serves several is told under each."


def _list(lead_in: str, points: Iterator[str]) -> str:
    lines = [f"- {' '.join(point.split())}" for point in points]
    return "\n".join([lead_in, "", *lines]) if lines else ""


def _awareness(since: date, until: date) -> Iterator[Drafted]:
    """Tell education and awareness where there is something to tell."""
    said = awareness.sentences(since, until)
    if said:
        yield Drafted("awareness", "Education and awareness", "\n\n".join(plain(each) for each in said))


def _recommendations(since: date, until: date) -> Drafted:
    found = list(inspections.open_recommendations())
    late = [each for each in found if each.due_on and each.due_on < until]
    if not found:
        text = "No recommendation of an inspectorate is open."
    else:
        text = f"{capital(count_words(len(found), 'recommendation'))} {_are(len(found))} open"
        text += f"; the published day of {len(late)} has passed." if late else "; none is past its published day."
        text += "\n\n" + _list("They are:", (_recommendation(each) for each in found))
    return Drafted("recommendations", "Recommendations of inspectorates", text)


def _recommendation(each: Recommendation) -> str:
    due = f", due {say_day(each.due_on)}" if each.due_on else ""
    return f"**{plain(str(each))}** ({plain(str(each.inspection))}{due}): {each.get_state_display().lower()}."
