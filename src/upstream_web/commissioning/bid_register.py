"""Bids and their assessments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.commissioning import judging, policies, scoring
from upstream_web.commissioning.forms import BidForm
from upstream_web.commissioning.fund_register import CommissioningRegister
from upstream_web.commissioning.models import Assessment, Bid, BidState
from upstream_web.commissioning.operations import rounds
from upstream_web.commissioning.tags import assessment_tag, bid_tag
from upstream_web.core.money import pounds
from upstream_web.records.columns import Column, Filter
from upstream_web.records.papers import papers_of
from upstream_web.records.register import Act, Dated, Neighbour


class Bids(CommissioningRegister):
    """What organisations asked for."""

    model = Bid
    noun, plural = "bid", "bids"
    form = BidForm
    searched = ("title", "organisation__name", "summary", "delivers", "round__title")
    related = ("round__fund", "organisation", "grant")
    order = ("-received_on", "title")
    page_template = "commissioning/bid.html"
    empty = "Bids are taken in while a round is open."
    columns = (
        Column("title", "Project", sort=("title",)),
        Column("organisation", "From", value="organisation.said_shortly", sort=("organisation__name",)),
        Column("round", "Round", value="round.title", sort=("round__title",)),
        Column("asked", "Asked for", value=lambda each: pounds(each.asked), is_number=True, sort=("asked",)),
        Column("offered", "Offered", value=lambda each: pounds(each.offered) if each.offered is not None else None,
               is_number=True, sort=("offered",)),
        Column("state", "State", value=bid_tag, sort=("state",)),
        Column("received_on", "Received", sort=("received_on",), quiet=True),
        Column("reason", "Reasons", only_exported=True),
        Column("departs", "Departs from the ranking", only_exported=True),
    )  # fmt: skip
    filters = (Filter("state", "State", BidState.choices),)

    def facts(self, record: Bid) -> list[tuple[str, Any]]:
        """Say who asks for how much, and what was decided."""
        rows = [
            ("State", bid_tag(record)), ("From", record.organisation), ("Round", record.round),
            ("Asked for", pounds(record.asked)),
            ("Offered", pounds(record.offered) if record.offered is not None else ""),
            ("Received", record.received_on), ("Decided", record.decided_on), ("Decided by", record.decided_by),
            ("Withdrawn", record.withdrawn_on), ("Agreement", record.grant),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def can_change(self, record: Bid) -> str:
        """As it came in, until it is decided."""
        return policies.why_bid_closed(record)

    def context(self, record: Bid, person: Any) -> dict[str, Any]:
        """Give the marks, unless the reader has still to give theirs, and the letters."""
        shows = judging.may_see_marks(person, record)
        ranked = next((each for each in judging.ranking(record.round) if each.judged.bid == record.pk), None)
        return {
            "shows_marks": shows,
            "assessments": list(_assessed(record)) if shows else [],
            "ranked": ranked if shows else None,
            "apart": _apart(record) if shows else [],
            "kept_papers": list(papers_of(record)),
        }

    def make(self, record: Bid, *, by: Any, at: datetime) -> Bid:
        """Take it in while its round is open."""
        return rounds.take_bid(bid=record, by=by, at=at)

    def acts(self, record: Bid, person: Any) -> list[Act]:
        """Offer what its state allows."""
        if record.removed_at:
            return []
        found = []
        decidable = record.state != BidState.WITHDRAWN and not policies.why_round_closed(record.round)
        decides = may(person, Permission.FUND_APPROVE) and not judging.has_interest(record, person.get_username())
        if decidable and record.round.closes_on < timezone.localdate() and decides:
            found.append(Act("Decide", reverse("bid-decide", args=[record.pk]), is_main=True))
        if may(person, Permission.FUND_CHANGE, about=record):
            if record.state == BidState.FUNDED and record.grant_id is None and record.round.announced_on:
                found.append(Act("Draw up the agreement", f"{reverse('grant-new')}?bid={record.pk}", is_main=True))
            if record.state != BidState.WITHDRAWN and record.grant_id is None:
                found.append(Act("Note that it was withdrawn", reverse("bid-withdraw", args=[record.pk])))
        return found

    def neighbours(self, record: Bid) -> Iterable[Neighbour]:
        """Give the round and the agreement made from it."""
        yield Neighbour(record.round, "is a bid in", False)
        if record.grant is not None:
            yield Neighbour(record.grant, "became", True)


def _assessed(bid: Bid) -> Iterable[tuple[Assessment, list[Any], Any]]:
    """Give each assessment with its marks and points; points are None until it is scored."""
    weights = judging.weights_of(bid.round)
    for each in bid.assessments.present().select_related("assessor").prefetch_related("scores__criterion"):
        marks = list(each.scores.all()) if each.scored_on else []
        given = {mark.criterion_id: mark.mark for mark in marks}
        whole = bool(weights) and weights.keys() <= given.keys()
        yield each, marks, scoring.points(given, weights) if whole else None


def _apart(bid: Bid) -> list[str]:
    own = next((each for each in judging.judged_bids(bid.round) if each.bid == bid.pk), None)
    return [str(each) for each in bid.round.criteria.present() if own and each.pk in own.apart]


class Assessments(CommissioningRegister):
    """What each assessor of a panel has to judge; an assessor sees their own."""

    model = Assessment
    noun, plural = "assessment of a bid", "assessments of bids"
    see, change = Permission.BID_SCORE, None
    in_search = False
    searched = ("bid__title", "bid__organisation__name", "assessor__name")
    related = ("bid__round", "bid__organisation", "assessor")
    order = ("scored_on", "bid__title")
    page_template = "commissioning/assessment.html"
    empty = "Naming the panel of a round gives each assessor its bids."
    columns = (
        Column("bid", "Bid", value="bid.title", sort=("bid__title",)),
        Column("organisation", "From", value="bid.organisation.said_shortly", sort=("bid__organisation__name",)),
        Column("round", "Round", value="bid.round.title", sort=("bid__round__title",)),
        Column("assessor", "Assessor", value="assessor.name", sort=("assessor__name",)),
        Column("state", "State", value=assessment_tag, sort=("scored_on",)),
    )

    def crumbs(self, record: Any = None) -> list[tuple[str, str]]:
        """Assessors need not see funds."""
        return [(self.title, self.address())]

    def records(self) -> QuerySet[Any]:
        """Those of bids that are there and were not withdrawn."""
        return super().records().filter(bid__removed_at=None).exclude(bid__state=BidState.WITHDRAWN)

    def facts(self, record: Assessment) -> list[tuple[str, Any]]:
        """Say whose it is and how far it came."""
        rows = [
            ("State", assessment_tag(record)), ("Round", str(record.bid.round)),
            ("From", str(record.bid.organisation)), ("Asks for", pounds(record.bid.asked)),
            ("Assessor", record.assessor.name), ("Declared", record.declared_on), ("Interest", record.interest),
            ("Scored", record.scored_on),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Assessment, person: Any) -> dict[str, Any]:
        """Give the marks, to the assessor and to whoever may see those of others."""
        own = record.assessor_id == person.pk
        shows = own or judging.may_see_marks(person, record.bid)
        return {
            "shows_marks": shows,
            "marks": list(record.scores.select_related("criterion")) if shows and record.scored_on else [],
            "criteria": record.bid.round.criteria.present(),
        }

    def acts(self, record: Assessment, person: Any) -> list[Act]:
        """Offer declaring and scoring to the assessor."""
        if record.assessor_id != person.pk or record.bid.state != BidState.RECEIVED or record.removed_at:
            return []
        declare = Act("Declare", reverse("bid-declare", args=[record.pk]), is_main=record.has_interest is None)
        if record.has_interest is not False:
            return [declare]
        label = "Change the marks" if record.scored_on else "Score"
        return [Act(label, reverse("bid-score", args=[record.pk]), is_main=True), declare]

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give assessors the bids that they have still to declare on or score."""
        found = self.records().filter(removed_at=None, assessor=person, scored_on=None, bid__state=BidState.RECEIVED)
        for each in found.exclude(has_interest=True):
            day = each.bid.round.decide_by_on
            yield Dated(each, day, str(each.bid), "late" if day < on else "soon", "Bid to be scored", "score")

    def neighbours(self, record: Assessment) -> Iterable[Neighbour]:
        """Give the bid."""
        yield Neighbour(record.bid, "judges", False)
