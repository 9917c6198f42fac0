"""Loads what the worked example holds of commissioning, as it came about day by day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from upstream_web.access.models import User
from upstream_web.commissioning.models import (
    Assessment,
    Bid,
    Criterion,
    Fund,
    FundingRound,
    FundYear,
    Grant,
    Payment,
    PaymentState,
    ReturnState,
    Target,
    Variation,
)
from upstream_web.commissioning.operations import bids, grants, payments, returns, rounds
from upstream_web.organisations.models import Organisation
from upstream_web.organisations.operations import organisations
from upstream_web.records.operations import keeping, links
from upstream_web.records.register import find_register

FOLDER = "commissioning"
FILES = ("funds.toml", "grants.toml", "rounds.toml")
ASKS, APPROVES = "manager@example", "board@example"
Table = Mapping[str, Any]


def load(folder: Path, *, by: str = "set-up", at: datetime) -> int:
    """Load everything where there is no fund yet; gives the number of agreements made.

    Each thing is written by its own operation on the day on which it happened; what lies after `at` is left out.
    """
    folder = folder / FOLDER
    if Fund.objects.exists() or not all((folder / name).is_file() for name in FILES):
        return 0
    told = [tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in FILES]
    with transaction.atomic():
        return _Loading(until=timezone.localdate(at), by=by).load(*told)


def _at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


def _number(words: str) -> Decimal | None:
    return Decimal(words) if words else None


class _Loading:
    """One loading: what was made so far, by the names under which the files speak of it."""

    def __init__(self, *, until: date, by: str) -> None:
        self.until, self.by = until, by
        self.funds: dict[str, Fund] = {}

    def load(self, funds: Table, agreed: Table, asked: Table) -> int:
        """Load in the order in which things rest on one another."""
        for each in funds["provider"]:
            self._provider(each)
        for each in funds["fund"]:
            self._fund(each)
        for each in agreed["grant"]:
            self._grant(each)
        for each in asked["round"]:
            self._round(each)
        return Grant.objects.count()

    def _provider(self, told: Table) -> None:
        if not Organisation.objects.filter(name=told["name"]).exists():
            made = Organisation(
                name=told["name"], short_name=told["short"], type=told.get("type", "commissioned_provider"),
                notes="Invented for the worked example.",
            )  # fmt: skip
            organisations.make(organisation=made, by=self.by, at=_at(date(2025, 4, 1)))

    def _fund(self, told: Table) -> None:
        fund = Fund(
            title=told["title"], sort=told["sort"], funder=told["funder"], source=told["source"],
            purpose=told["purpose"], conditions=told["conditions"], carries_over=told.get("carries_over", False),
            is_invented=True,
        )  # fmt: skip
        self.funds[told["id"]] = keeping.make(record=fund, by=self.by, at=_at(told["made"]))
        for year, amount, note in told["years"]:
            made = FundYear(fund=fund, year=year, amount=Decimal(amount), note=note)
            keeping.make(record=made, by=self.by, at=_at(told["made"]))

    # ---- agreements ------------------------------------------------------------------------------------------
    def _grant(self, told: Table) -> None:
        grant = Grant(
            title=told["title"], sort=told["sort"], reference=told["reference"], fund=self.funds[told["fund"]],
            provider=Organisation.objects.get(name=told["provider"]), buys=told["buys"], starts_on=told["starts"],
            ends_on=told["ends"], value=Decimal(told["value"]), pays=told.get("pays", "arrears"),
            break_clause=told.get("break_clause", ""), break_on=told.get("break_on"),
            extension_clause=told.get("extension_clause", ""),
            manager=User.objects.filter(username=ASKS).first(), is_invented=True,
        )  # fmt: skip
        drawn_up = _at(told.get("signed", self.until) - timedelta(days=30))
        keeping.make(record=grant, by=ASKS, at=drawn_up)
        self._complete(grant, told, at=drawn_up)

    def _complete(self, grant: Grant, told: Table, *, at: datetime) -> None:
        """Take an agreement from its targets as far as it came."""
        for sort, title, unit, per_period, how in told["targets"]:
            target = Target(grant=grant, sort=sort, title=title, unit=unit, per_period=Decimal(per_period), how=how)
            keeping.make(record=target, by=ASKS, at=at)
        self._link(grant, told, at=at)
        if "signed" not in told or told["signed"] > self.until:
            return
        grants.sign(
            grant=grant, on=told["signed"], over_reason=told.get("over", ""), by=ASKS, at=_at(told["signed"])
        )  # fmt: skip
        for each in told.get("variation", ()):
            if each["agreed"] <= self.until:
                self._vary(grant, each)
        self._returns(grant, told.get("returns", ()))
        if "ended" in told and told["ended"] <= self.until:
            grants.end_early(
                grant=grant, on=told["ended"], reason=told["ended_why"], by=ASKS, at=_at(told["ended"])
            )  # fmt: skip
        self._pay(grant)

    def _vary(self, grant: Grant, told: Table) -> None:
        variation = Variation(
            grant=grant, agreed_on=told["agreed"], new_value=Decimal(told["value"]), new_ends_on=told["ends"],
            changes=told["changes"], reason=told["reason"],
        )  # fmt: skip
        grants.vary(variation=variation, by=ASKS, at=_at(told["agreed"]))

    def _link(self, grant: Grant, told: Table, *, at: datetime) -> None:
        """Say what it pays for and serves, where the strategy is kept here too."""
        actions, priorities = find_register("action"), find_register("priority")
        if actions is None or priorities is None:
            return
        for title in told.get("pays_for", ()):
            self._tie("pays-for", grant, actions.records().filter(title=title), at)
        for number in told.get("serves", ()):
            self._tie("serves", grant, priorities.records().filter(removed_at=None, number=number), at)

    def _tie(self, relation: str, grant: Grant, found: Any, at: datetime) -> None:
        end = found.order_by("-pk").first()
        if end is not None:
            links.make(relation=relation, start=grant, end=end, by=self.by, at=at)

    def _returns(self, grant: Grant, told: Iterable[Table]) -> None:
        sender = "service_manager@example" if grant.provider.name == "Wharfside Youth Project" else "the provider"
        targets = list(grant.targets.order_by("pk"))
        for made, each in zip(grant.returns.present().order_by("begins_on"), told, strict=False):
            if each["sent"] > self.until:
                return
            figures = {target.pk: _number(value) for target, value in zip(targets, each["figures"], strict=True)}
            returns.fill(
                made=made, figures=figures, spent=Decimal(each["spent"]), spent_note=each.get("note", ""),
                narrative=each["says"], by=sender, at=_at(each["sent"], 10),
            )  # fmt: skip
            returns.send(made=made, by=sender, at=_at(each["sent"], 11))
            if "accepted" in each and each["accepted"] <= self.until:
                returns.accept(made=made, by=ASKS, at=_at(each["accepted"]))
            elif "back" in each and each["back"] <= self.until:
                returns.send_back(made=made, reason=each["why"], by=ASKS, at=_at(each["back"]))

    def _pay(self, grant: Grant) -> None:
        """Pay what was due and free, as far as the days had come: asked, approved four days later, paid a week on."""
        found = Payment.objects.filter(grant=grant, state=PaymentState.PLANNED).select_related("needs", "grant")
        for payment in found:
            needed = payment.needs
            if needed is not None and needed.state != ReturnState.ACCEPTED:
                continue
            accepted_on = needed.checked_on if needed and needed.checked_on else payment.planned_on
            asked_on = max(payment.planned_on, accepted_on) + timedelta(days=2)
            if asked_on > self.until:
                continue
            payments.ask(payment=payment, invoiced_on=asked_on, by=ASKS, at=_at(asked_on))
            approved_on, paid_on = asked_on + timedelta(days=4), asked_on + timedelta(days=11)
            if approved_on <= self.until:
                payments.approve(payment=payment, by=APPROVES, at=_at(approved_on))
            if paid_on <= self.until:
                reference = f"AP-{payment.pk:05d}"
                payments.pay(
                    payment=payment, on=paid_on, paid=payment.amount, reference=reference, by=ASKS, at=_at(paid_on)
                )  # fmt: skip

    # ---- rounds ----------------------------------------------------------------------------------------------
    def _round(self, told: Table) -> None:
        made = FundingRound(
            title=told["title"], fund=self.funds[told["fund"]], about=told["about"],
            available=Decimal(told["available"]), most=Decimal(told["most"]), opens_on=told["opens"],
            closes_on=told["closes"], decide_by_on=told["decide_by"], pass_mark=told["pass_mark"],
            assessors_needed=told["needed"],
        )  # fmt: skip
        keeping.make(record=made, by=ASKS, at=_at(told["made"]))
        for title, weight, asks in told["criteria"]:
            criterion = Criterion(round=made, title=title, weight=weight, asks=asks)
            keeping.make(record=criterion, by=ASKS, at=_at(told["made"]))
        people = [User.objects.filter(username=name).first() for name in told["panel"]]
        known = [person for person in people if person is not None]
        rounds.name_panel(funding_round=made, people=known, by=ASKS, at=_at(told["panel_on"]))
        taken = [(self._bid(made, each), each) for each in told["bid"] if each["received"] <= self.until]
        if "announced" in told and told["announced"] <= self.until and len(known) == len(people):
            self._decide(made, taken, told, people)

    def _bid(self, made: FundingRound, told: Table) -> Bid:
        bid = Bid(
            round=made, organisation=Organisation.objects.get(name=told["by"]), title=told["title"],
            asked=Decimal(told["asked"]), summary=told["summary"], delivers=told["delivers"],
            received_on=told["received"],
        )  # fmt: skip
        rounds.take_bid(bid=bid, by=ASKS, at=_at(told["received"]))
        if "withdrawn" in told and told["withdrawn"] <= self.until:
            bids.withdraw(
                bid=bid, on=told["withdrawn"], reason=told["withdrawn_why"], by=ASKS, at=_at(told["withdrawn"])
            )  # fmt: skip
        return bid

    def _decide(
        self, made: FundingRound, taken: Sequence[tuple[Bid, Table]], told: Table, people: Sequence[Any]
    ) -> None:
        kept = [(bid, each) for bid, each in taken if "decision" in each]
        for bid, each in kept:
            self._score(bid, each["marks"], people, told["scored"])
        for bid, each in kept:
            bids.decide(
                bid=bid, to=each["decision"], offered=_number(each.get("offered", "")), reason=each["reason"],
                by=APPROVES, at=_at(told["decided"]),
            )  # fmt: skip
        rounds.announce(funding_round=made, by=ASKS, at=_at(told["announced"]))
        for bid, each in kept:
            if "grant" in each:
                self._grant_of(bid, each["grant"])

    def _score(self, bid: Bid, marks: Sequence[Sequence[Any]], people: Sequence[Any], on: date) -> None:
        criteria = list(bid.round.criteria.order_by("pk"))
        for person, given in zip(people, marks, strict=True):
            own = Assessment.objects.get(bid=bid, assessor=person)
            interest = given[0] if isinstance(given[0], str) else ""
            bids.declare(assessment=own, has_interest=bool(interest), interest=interest, by=person, at=_at(on, 9))
            if not interest:
                scored = {each.pk: (mark, "") for each, mark in zip(criteria, given, strict=True)}
                bids.score(assessment=own, marks=scored, by=person, at=_at(on))

    def _grant_of(self, bid: Bid, told: Table) -> None:
        grant = Grant(
            title=bid.title, sort="grant", reference=told["reference"], fund=bid.round.fund,
            provider=bid.organisation, buys=bid.delivers, starts_on=told["starts"], ends_on=told["ends"],
            value=bid.offered or bid.asked, pays="advance", monitoring=told["monitoring"],
            manager=User.objects.filter(username=ASKS).first(), is_invented=True,
        )  # fmt: skip
        drawn_up = _at(told["signed"] - timedelta(days=7))
        bids.make_grant(bid=bid, grant=grant, by=ASKS, at=drawn_up)
        self._complete(grant, told, at=drawn_up)
