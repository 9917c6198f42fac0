"""The clocks of inspections, one by one, for lists, reminders and rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from upstream_web.access.permissions import Permission
from upstream_web.core.clocks import rule, turns
from upstream_web.inspections import clocks
from upstream_web.inspections.models import Inspection, MonitoringNote, Recheck, Recommendation, ResponseRecord
from upstream_web.inspections.policies import RecommendationState
from upstream_web.records.register import Timed


def _seen(model: Any, person: Any) -> Any:
    found = model.objects.all() if person is None else model.objects.visible_to(person, Permission.INSPECTION_VIEW)
    return found.present()


def of_responses(person: Any, since: date) -> Iterator[Timed]:
    """Give for each report the response that is owed."""
    owed = _seen(Inspection, person).filter(needs_response=True, published_on__gte=since)
    own = ResponseRecord.objects.present().filter(is_ours=True, inspection__in=owed)
    responses = {each.inspection_id: each for each in own}
    for inspection in owed:
        response = responses.get(inspection.pk)
        clock = clocks.of_response(inspection, response.answered_on if response else None)
        if clock is not None:
            yield Timed(inspection, clock, f"Response to “{inspection}”")


def of_recommendations(person: Any, since: date) -> Iterator[Timed]:
    """Give for each recommendation the time from one review to the next, and the re-checks after closure."""
    found = {each.pk: each for each in _seen(Recommendation, person)}
    looks = defaultdict(list)
    notes = MonitoringNote.objects.present().filter(recommendation__in=found, reviewed_on__gte=since)
    for key, day in notes.values_list("recommendation_id", "reviewed_on"):
        looks[key].append(day)
    for key, days in looks.items():
        asked = found[key]
        for clock in turns(rule(clocks.MONITORING), days, still_runs=asked.state != RecommendationState.CLOSED):
            yield Timed(asked, clock, f"Review of “{asked}”", _owner(asked))
    rechecks = Recheck.objects.present().filter(recommendation__in=found, due_on__gte=since)
    for recheck in rechecks.select_related("recommendation"):
        yield Timed(recheck.recommendation, clocks.of_recheck(recheck), str(recheck), _owner(recheck.recommendation))


def _owner(asked: Recommendation) -> tuple[int, ...]:
    return (asked.owner_id,) if asked.owner_id else ()
