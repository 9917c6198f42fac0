"""Rounds of funds and what their bids are judged by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.commissioning import judging, policies, scoring
from upstream_web.commissioning.forms import CriterionForm, RoundForm
from upstream_web.commissioning.fund_register import CommissioningRegister
from upstream_web.commissioning.models import Bid, BidState, Criterion, FundingRound
from upstream_web.commissioning.tags import bid_tag, round_tag
from upstream_web.core.money import NOTHING, pounds
from upstream_web.core.words import count_words
from upstream_web.records.columns import Column, Tag
from upstream_web.records.register import Act, Dated, Neighbour


class Rounds(CommissioningRegister):
    """Calls for bids."""

    model = FundingRound
    noun, plural = "round", "rounds"
    form = RoundForm
    searched = ("title", "about", "fund__title")
    related = ("fund",)
    order = ("-opens_on",)
    page_template = "commissioning/round.html"
    empty = "A round says what is wanted, how much there is, when bids are taken, and by what they are judged."
    columns = (
        Column("title", "Round", sort=("title",)),
        Column("fund", "Fund", value="fund.title", sort=("fund__title",)),
        Column("available", "Available", value=lambda each: pounds(each.available), is_number=True,
               sort=("available",)),
        Column("opens_on", "Opens", sort=("opens_on",), quiet=True),
        Column("closes_on", "Closes", sort=("closes_on",)),
        Column("bids", "Bids", value=lambda each: each.bids.present().count(), is_number=True),
        Column("state", "State", value=round_tag, sort=("announced_on", "closes_on")),
    )  # fmt: skip

    def facts(self, record: FundingRound) -> list[tuple[str, Any]]:
        """Say how much, when, and by which rule."""
        rows = [
            ("State", round_tag(record)), ("Fund", record.fund), ("Available", pounds(record.available)),
            ("One bid may ask", pounds(record.most) if record.most is not None else "as much as there is"),
            ("Opens", record.opens_on), ("Closes", record.closes_on), ("Decided by", record.decide_by_on),
            ("Outcome told", record.announced_on), ("Pass mark", f"{record.pass_mark} of 100 points"),
            ("Assessors for each bid", record.assessors_needed),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def can_change(self, record: FundingRound) -> str:
        """Nothing changes once the outcome was told."""
        return policies.why_round_closed(record)

    def context(self, record: FundingRound, person: Any) -> dict[str, Any]:
        """Give the criteria, the panel, the bids in the order of the rule, and how far assessors agree."""
        bids = list(record.bids.present().select_related("organisation"))
        asked = sum((bid.asked for bid in bids if bid.state != BidState.WITHDRAWN), NOTHING)
        open_to = all(judging.may_see_marks(person, bid) for bid in bids)
        return {
            "sentence": _sentence(record, bids, asked),
            "criteria": record.criteria.present(),
            "panel": record.panel.present().select_related("person"),
            "lines": _lines(record, bids, shows_marks=open_to),
            "shows_marks": open_to,
            "agreement": judging.agreement_of(record).words if open_to else "",
            "may_add": may(person, Permission.FUND_CHANGE, about=record) and not policies.why_round_closed(record),
        }

    def acts(self, record: FundingRound, person: Any) -> list[Act]:
        """Offer the panel, a bid, and telling the outcome."""
        if record.removed_at or not may(person, Permission.FUND_CHANGE, about=record) or record.announced_on:
            return []
        today = timezone.localdate()
        found = [Act("Name the panel", reverse("funding-round-panel", args=[record.pk]))]
        if policies.is_open(record, today):
            return [Act("Take a bid in", f"{reverse('bid-new')}?round={record.pk}", is_main=True), *found]
        if record.closes_on < today:
            found.insert(0, Act("Tell the outcome", reverse("funding-round-announce", args=[record.pk]), True, True))
        return found

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which rounds open, close and are decided."""
        found = self.visible_to(person).filter(removed_at=None, announced_on=None)
        for field, words in (("opens_on", "Opens"), ("closes_on", "Closes"), ("decide_by_on", "To be decided")):
            for each in found.filter(**{f"{field}__range": (since, until)}):
                yield Dated(each, getattr(each, field), f"{words}: {each}", "soon", what=field)

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give closed rounds with bids to decide to those who decide."""
        if may(person, Permission.FUND_APPROVE):
            for each in self.visible_to(person).filter(removed_at=None, announced_on=None, closes_on__lt=on):
                kind = "late" if each.decide_by_on < on else "soon"
                yield Dated(each, each.decide_by_on, str(each), kind, "Bids to decide", "decide")

    def neighbours(self, record: FundingRound) -> Iterable[Neighbour]:
        """Give the fund and the bids."""
        yield Neighbour(record.fund, "is a round of", False)
        for bid in record.bids.present():
            yield Neighbour(bid, "received", True)


def _sentence(record: FundingRound, bids: list[Bid], asked: Any) -> str:
    """Say the answer first: how many bids ask for how much of what there is."""
    if not bids:
        return f"No bid has come in for the {pounds(record.available)}."
    said = f"{count_words(len(bids), 'bid')} ask for {pounds(asked)}; {pounds(record.available)} is available"
    offered = sum((bid.offered for bid in bids if bid.offered is not None), NOTHING)
    return f"{said}, of which {pounds(offered)} is offered." if offered else f"{said}."


def _lines(record: FundingRound, bids: list[Bid], *, shows_marks: bool) -> list[dict[str, Any]]:
    """Give each bid with its place by the rule; without marks when the reader has still to score."""
    ranked = {each.judged.bid: each for each in judging.ranking(record)} if shows_marks else {}
    judged = {each.bid: each for each in judging.judged_bids(record)} if shows_marks else {}
    titles = {each.pk: str(each) for each in record.criteria.present()}
    found = []
    for bid in bids:
        one, own = ranked.get(bid.pk), judged.get(bid.pk)
        found.append(
            {
                "bid": bid, "place": one.place if one else None, "asked": pounds(bid.asked),
                "mean": own.mean if own else None,
                "range": f"{own.lowest} to {own.highest}" if own and len(own.by_assessor) > 1 else "",
                "scored": len(own.by_assessor) if own else 0,
                "apart": [titles[key] for key in own.apart] if own else [],
                "rule": _rule_tag(one) if shows_marks else None, "decision": bid_tag(bid),
            }
        )  # fmt: skip
    return sorted(found, key=lambda line: (line["place"] is None, line["place"] or 0, str(line["bid"])))


def _rule_tag(ranked: scoring.Ranked | None) -> Tag:
    if ranked is None:
        return Tag("unknown", "Not scored")
    if not ranked.passes:
        return Tag("late", "Below the pass mark")
    return Tag("done", "Within the money") if ranked.fits else Tag("soon", "Money ends before it")


class Criteria(CommissioningRegister):
    """What bids are judged by."""

    model = Criterion
    noun, plural = "criterion", "criteria"
    form = CriterionForm
    in_search = False
    searched = ("title", "round__title")
    related = ("round",)
    order = ("round__title", "-weight")
    columns = (
        Column("title", "Criterion", sort=("title",)),
        Column("round", "Round", value="round.title", sort=("round__title",)),
        Column("weight", "Weight", is_number=True, sort=("weight",)),
        Column("asks", "What a full mark takes"),
    )

    def can_change(self, record: Criterion) -> str:
        """Criteria stand from the first mark on: judging by others than were published would be unfair."""
        if record.round.bids.filter(assessments__scored_on__isnull=False).exists():
            return "Bids were scored by it already."
        return policies.why_round_closed(record.round)

    def neighbours(self, record: Criterion) -> Iterable[Neighbour]:
        """Give the round."""
        yield Neighbour(record.round, "is a criterion of", False)

    def acts(self, record: Criterion, person: Any) -> list[Act]:
        """Lead to the round."""
        return [Act("See the round", record.round.get_absolute_url())]
