"""How the duty stands: for each thing that the Act asks, what we hold as evidence and what is missing."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse

from upstream_web.core.words import count_words, short_day_words
from upstream_web.duty import clocks, queries
from upstream_web.duty.body_register import given_words
from upstream_web.duty.models import (
    MUST_BE_CONSULTED,
    Agreement,
    AgreementSort,
    Consultation,
    ConsultedSort,
    DutyBody,
    DutyDate,
    DutyNotice,
    DutyPaper,
    NoticeSort,
)
from upstream_web.organisations.models.organisation import OrganisationType
from upstream_web.records.columns import Tag

ACT = Path(__file__).parent / "act.toml"


@dataclass(frozen=True)
class Asked:
    """One thing that the Act asks, in our words, and under which section."""

    section: str
    title: str
    asks: str
    evidence: str


@dataclass
class Evidence:
    """What we hold, each with where it is kept, and what is missing in a sentence each."""

    held: list[tuple[str, str]] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    def hold(self, words: str, address: str) -> None:
        """Add something that we hold."""
        self.held.append((words, address))

    @property
    def tag(self) -> Tag:
        """The state in a word."""
        if self.gaps:
            return Tag("late" if not self.held else "due", "Nothing held" if not self.held else "Gap")
        return Tag("done", "Met") if self.held else Tag("", "Nothing asked so far")


@cache
def asked_by_the_act() -> tuple[Asked, ...]:
    """Read what the Act asks."""
    return tuple(Asked(**each) for each in tomllib.loads(ACT.read_text(encoding="utf-8"))["asked"])


def _agreements(on: date, binding: list[Agreement]) -> Evidence:
    """Give agreements in force, those to be reviewed by now and those not signed by all."""
    found = Evidence()
    for agreement in binding:
        found.hold(str(agreement), agreement.get_absolute_url())
        if agreement.review_on < on:
            found.gaps.append(f"{agreement.title} was to be reviewed by {short_day_words(agreement.review_on)}.")
    unsigned = [each for each in queries.unsigned(on) if each.agreement in binding]
    if unsigned:
        names = ", ".join(each.body.organisation.said_shortly for each in unsigned)
        found.gaps.append(f"Not signed by {names}.")
    return found


def _collaboration(on: date) -> Evidence:
    binding = [each for each in queries.agreements_in_force(on) if each.sort != AgreementSort.SHARING]
    found = _agreements(on, binding)
    if not binding:
        found.gaps.append("No partnership agreement or operating framework is in force.")
    return found


def _definition(on: date) -> Evidence:
    found, definition = Evidence(), queries.definition_in_force(on)
    if definition is None:
        found.gaps.append("No definition of serious violence is in force.")
    else:
        found.hold(f"{definition}, since {short_day_words(definition.from_on)}", definition.get_absolute_url())
    return found


def _paper(paper: str, on: date) -> Evidence:
    found, dated = Evidence(), queries.last_date(paper)
    if dated is None:
        found.gaps.append(f"No {DutyPaper(paper).label.lower()} is recorded.")
        return found
    found.hold(f"{dated.title}, {short_day_words(dated.done_on)}", dated.get_absolute_url())
    clock = clocks.review_clock(dated, on)
    if clock.state in clocks.LATE:
        found.gaps.append(f"Its yearly review was due on {short_day_words(clock.due_on)}.")
    return found


def _causes(on: date) -> Evidence:
    return _paper(DutyPaper.NEEDS_ASSESSMENT, on)


def _strategy(on: date) -> Evidence:
    return _paper(DutyPaper.STRATEGY, on)


def _consultation(on: date) -> Evidence:
    found = Evidence()
    kept = Consultation.objects.present()
    for sort in MUST_BE_CONSULTED:
        of_sort = kept.filter(sort=sort)
        asked, replied = of_sort.count(), of_sort.exclude(replied_on=None).count()
        label = ConsultedSort(sort).label
        if asked:
            address = f"{reverse('consultation-list')}?sort={sort}"
            found.hold(f"{label}: {replied} of {asked} replied", address)
        else:
            found.gaps.append(f"No {label.lower()} was asked.")
    late = queries.overdue_consultations(on).filter(sort__in=MUST_BE_CONSULTED).count()
    if late:
        found.gaps.append(f"{count_words(late, 'reply is', 'replies are')} overdue.")
    return found


def _across_areas(on: date) -> Evidence:
    return Evidence()


def _specified(on: date) -> Evidence:
    found = Evidence()
    bodies = [each for each in queries.bodies() if each.organisation.type == OrganisationType.SPECIFIED]
    agreed = sum(each.agreed_on is not None for each in bodies)
    if bodies:
        found.hold(f"{agreed} of {count_words(len(bodies), 'specified authority', 'specified authorities')} agreed "
                   "their part", reverse("duty-body-list"))  # fmt: skip
    silent = [each.organisation.said_shortly for each in bodies if each.agreed_on is None]
    if silent:
        found.gaps.append(f"Not agreed by {', '.join(silent)}.")
    forgotten = list(queries.specified_without_a_part())
    if forgotten:
        found.gaps.append(f"No part is written down for {', '.join(each.said_shortly for each in forgotten)}.")
    missing = queries.missing_contributions(on).count()
    if missing:
        found.gaps.append(f"{count_words(missing, 'contribution')} owed and not given.")
    return found


def _policing_body(on: date) -> Evidence:
    found = Evidence()
    for body in queries.bodies().filter(organisation__type=OrganisationType.POLICING_BODY):
        given = body.contributions.present().exclude(given_on=None).count()
        found.hold(f"{body}: {count_words(given, 'contribution')} given", body.get_absolute_url())
    if not found.held:
        found.gaps.append("The local policing body is not written down.")
    return found


def _notices(on: date, sort: str) -> Evidence:
    """Give what was asked or ordered under a section; nothing asked is nothing missing."""
    found = Evidence()
    kept = DutyNotice.objects.present().filter(sort=sort)
    if kept:
        ended = kept.exclude(ended_on=None).count()
        found.hold(f"{ended} of {len(kept)} answered", f"{reverse('duty-notice-list')}?sort={sort}")
    found.gaps += [
        f"“{each}” was to be answered by {short_day_words(each.answer_by_on)}."
        for each in kept
        if each.ended_on is None and each.answer_by_on and each.answer_by_on < on
    ]
    return found


def _sharing(on: date) -> Evidence:
    binding = [each for each in queries.agreements_in_force(on) if each.sort == AgreementSort.SHARING]
    found = _agreements(on, binding)
    if not binding:
        found.gaps.append("No information sharing agreement is in force.")
    found.hold("The gateway as a table, body by body", reverse("gateway-table"))
    return found


EVIDENCE: Mapping[str, Callable[[date], Evidence]] = {
    "collaboration": _collaboration,
    "definition": _definition,
    "causes": _causes,
    "strategy": _strategy,
    "consultation": _consultation,
    "across_areas": _across_areas,
    "specified": _specified,
    "policing_body": _policing_body,
    "actions_asked": lambda on: _notices(on, NoticeSort.ACTION),
    "sharing": _sharing,
    "information_asked": lambda on: _notices(on, NoticeSort.INFORMATION),
    "directions": lambda on: _notices(on, NoticeSort.DIRECTION),
}


def evidence_of_the_act(on: date) -> list[tuple[Asked, Evidence]]:
    """Give everything that the Act asks with what we hold and what is missing on a day."""
    return [(asked, EVIDENCE[asked.evidence](on)) for asked in asked_by_the_act()]


def answer(rows: list[tuple[Asked, Evidence]]) -> str:
    """Say in a sentence how the duty stands."""
    with_gap = [asked.title for asked, evidence in rows if evidence.gaps]
    if not with_gap:
        return f"We hold evidence for all {len(rows)} things that the Act asks, and know of no gap."
    named = "; ".join(title[:1].lower() + title[1:] for title in with_gap[:3])
    more = f" and {len(with_gap) - 3} more" if len(with_gap) > 3 else ""
    met = len(rows) - len(with_gap)
    return f"{met} of the {len(rows)} things that the Act asks are in order. Gaps: {named}{more}."


def bodies_with_state(person: Any) -> list[tuple[DutyBody, str, Tag | date]]:
    """Give every body with what it has given and whether it agreed."""
    found = queries.bodies(person).prefetch_related("contributions")
    return [(body, given_words(body), body.agreed_on or Tag("late", "Not agreed")) for body in found]


def yearly_clocks(on: date) -> list[tuple[DutyDate, object, str]]:
    """Give each yearly clock with how it looks."""
    return [(dated, clock, clocks.look(clock)) for dated, clock in queries.next_clocks(on)]
