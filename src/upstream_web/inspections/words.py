"""The sentences that open the pages of inspections."""

from __future__ import annotations

from datetime import date

from upstream_web.core.words import count_words, short_day_words
from upstream_web.inspections import queries
from upstream_web.inspections.models import Inspection, Recommendation
from upstream_web.inspections.policies import RecommendationState

S = RecommendationState


def numbers(on: date) -> dict[str, int]:
    """Count what is open, past its deadline, rated red, and waiting for the inspectorate."""
    rows = queries.rated(queries.open_recommendations(), on)
    return {
        "open": len(rows),
        "late": sum(1 for each, _ in rows if each.due_on and each.due_on < on),
        "red": sum(1 for _, rating in rows if rating.code == "red"),
        "waiting": sum(1 for each, _ in rows if each.state in queries.WAITS_FOR_OTHERS),
    }


def recommendations_lede(on: date) -> str:
    """Say how many recommendations are open, late and waiting."""
    said = numbers(on)
    if not said["open"]:
        return "Nothing that inspectors asked of us is open."
    late = f"{said['late']} past the published deadline" if said["late"] else "none past a published deadline"
    waits = (
        f"{said['waiting']} for the inspectorate to decide" if said["waiting"] else "none waiting for the inspectorate"
    )
    are = "is" if said["open"] == 1 else "are"
    return f"{count_words(said['open'], 'recommendation')} {are} open: {late}, {waits}."


def inspections_lede(on: date) -> str:
    """Say the same for all reports, with the response that is due next."""
    owed = queries.responses_owed(on)
    first = recommendations_lede(on)
    if not owed:
        return f"{first} No response is owed."
    stood = owed[0].stand
    return f"{first} The response to “{owed[0].inspection}”: {stood.words[:1].lower()}{stood.words[1:]}."


def recommendation_lede(recommendation: Recommendation, on: date) -> tuple[str, str]:
    """Say where a recommendation stands, and what can be said of its effect."""
    return _standing_words(recommendation, on), recommendation.finding


def _standing_words(each: Recommendation, on: date) -> str:
    days = (on - each.state_since).days if each.state_since else None
    ago = "" if days is None else " today" if days == 0 else f" {count_words(days, 'day')} ago"
    if not each.is_ours:
        return f"Kept so that the report is whole: it is asked of {each.addressee or 'others'}."
    match each.state:
        case S.RECEIVED:
            return "Received; the response is not sent yet."
        case S.CLOSURE_REQUESTED:
            return f"Closure was requested{ago} and waits for a decision."
        case S.LEVEL_GIVEN:
            return f"A level was given{ago}; it can be closed."
        case S.CLOSED:
            return f"Closed{ago}."
        case S.REOPENED:
            return f"Reopened{ago}: a new plan is needed."
    due = "" if each.due_on is None else f" The report asks for it by {short_day_words(each.due_on)}."
    return f"{each.get_state_display()}{ago}.{due}"


def inspection_lede(inspection: Inspection, on: date) -> str:
    """Say what a report asks and how much of it is open."""
    asked = [each for each in inspection.recommendations.present()]
    ours = [each for each in asked if each.is_ours]
    still = [each for each in ours if each.is_open]
    if not asked:
        return "It asks for nothing by itself; what it praises stands below as practice."
    own = f"{len(ours)} of them of us" if len(ours) < len(asked) else "all of us"
    left = f"{len(still)} still open" if still else "none still open"
    return f"It asks for {count_words(len(asked), 'thing')}, {own}; {left}."
