"""What the sections of updates tell of: the priority that one is about, and the recommendations that one names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from upstream.papers import plain
from upstream_web.inspections.models import Recommendation
from upstream_web.panel_updates.models import UpdateSection
from upstream_web.records.models import Record
from upstream_web.strategy.models import Priority, StrategyState

PRIORITY = "priority "
RECOMMENDATIONS = "recommendations"


def told_in(section: UpdateSection) -> Iterator[Record]:
    """Give what a section tells of."""
    if section.subject.startswith(PRIORITY):
        in_force = Priority.objects.present().filter(strategy__state=StrategyState.PUBLISHED, strategy__removed_at=None)
        yield from in_force.filter(number=section.subject.removeprefix(PRIORITY))
    elif section.subject == RECOMMENDATIONS:
        yield from (each for each in Recommendation.objects.present() if _names(section, each))


def sections_about(records: Sequence[Record]) -> Iterator[tuple[Record, UpdateSection]]:
    """Give the sections that tell of each of these records."""
    priorities = {record.number: record for record in records if isinstance(record, Priority)}
    recommendations = [record for record in records if isinstance(record, Recommendation)]
    if not priorities and not recommendations:
        return
    wanted = [f"{PRIORITY}{number}" for number in priorities]
    if recommendations:
        wanted.append(RECOMMENDATIONS)
    found = UpdateSection.objects.present().filter(subject__in=wanted, update__removed_at=None)
    for section in found.select_related("update"):
        if section.subject == RECOMMENDATIONS:
            yield from ((each, section) for each in recommendations if _names(section, each))
        else:
            yield priorities[int(section.subject.removeprefix(PRIORITY))], section


def _names(section: UpdateSection, recommendation: Recommendation) -> bool:
    return plain(str(recommendation)) in section.text
