"""Agreements to provide, what they owe, and how they were varied."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.commissioning import money, papers, policies, queries
from upstream_web.commissioning.forms import GrantForm, TargetForm
from upstream_web.commissioning.fund_register import CommissioningRegister
from upstream_web.commissioning.models import (
    Bid,
    CountedUnit,
    Fund,
    Grant,
    GrantSort,
    GrantState,
    Payment,
    Target,
    TargetSort,
    Variation,
)
from upstream_web.commissioning.operations import bids
from upstream_web.commissioning.small import number_words
from upstream_web.commissioning.tags import SOON, grant_tag, payment_tag, return_tag
from upstream_web.core.money import pounds
from upstream_web.core.words import count_words
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour

RUNNING = (("running", "Running"), ("draft", "Being drawn up"), ("over", "Over"))


def by_running(records: QuerySet[Grant], value: str) -> QuerySet[Grant]:
    """Narrow to those that run today, are being drawn up, or are over."""
    today = timezone.localdate()
    if value == "draft":
        return records.filter(state=GrantState.DRAFT)
    running = {"state": GrantState.SIGNED, "ends_on__gte": today}
    return records.filter(**running) if value == "running" else records.exclude(state="draft").exclude(**running)


def fund_choices() -> list[tuple[str, str]]:
    """Give the funds to choose from."""
    return [(str(fund.pk), str(fund)) for fund in Fund.objects.present()]


class Grants(CommissioningRegister):
    """Grants and contracts."""

    model = Grant
    noun, plural = "grant or contract", "grants and contracts"
    form = GrantForm
    searched = ("title", "reference", "provider__name", "buys", "fund__title")
    related = ("fund", "provider", "manager")
    order = ("-starts_on", "title")
    page_template = "commissioning/grant.html"
    empty = "Each says who provides what for how much, and what it has to bring."
    columns = (
        Column("title", "Service", sort=("title",)),
        Column("provider", "Provider", value="provider.said_shortly", sort=("provider__name",)),
        Column("sort", "What it is", value="get_sort_display", sort=("sort",), quiet=True),
        Column("fund", "Fund", value="fund.title", sort=("fund__title",), quiet=True),
        Column("value", "Value", value=lambda each: pounds(each.value), is_number=True, sort=("value",)),
        Column("starts_on", "Starts", sort=("starts_on",), quiet=True),
        Column("ends_on", "Ends", value="last_day", sort=("ends_on",)),
        Column("state", "State", value=grant_tag, sort=("state", "ends_on")),
        Column("reference", "Reference", only_exported=True),
    )
    filters = (
        Filter("running", "State", RUNNING, narrow=by_running),
        Filter("sort", "What it is", GrantSort.choices),
        Filter("fund", "Fund", fund_choices, lookup="fund"),
    )

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many run, and what they are worth."""
        today = timezone.localdate()
        running = [each for each in records if each.runs_on(today)]
        worth = sum((each.value for each in running), money.NOTHING)
        ending = sum(each.ends_on <= today + SOON for each in running)
        said = (
            f"{count_words(len(running), 'service runs', 'services run')} today, worth {pounds(worth)} over their time"
        )
        return f"{said}; {count_words(ending, 'ends', 'end')} within three months." if ending else f"{said}."

    def facts(self, record: Grant) -> list[tuple[str, Any]]:
        """Say who, how much, and until when."""
        kept = queries.promise_of(record)
        rows = [
            ("State", grant_tag(record)), ("Provider", record.provider), ("Fund", record.fund),
            ("Reference", record.reference), ("Value", pounds(record.value)), ("Paid", pounds(kept.paid)),
            ("Still to pay", pounds(kept.to_pay)),
            ("In no payment", pounds(kept.unscheduled) if kept.unscheduled and record.is_signed else ""),
            ("Starts", record.starts_on), ("Ends", record.ends_on), ("Ended early", record.ended_on),
            ("Signed", record.signed_on), ("Payments", record.get_pays_display()),
            ("Returns", record.get_monitoring_display()),
            ("Looked after by", record.manager.name if record.manager else ""),
            ("May be ended on", record.break_on),
            ("Figures", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def can_change(self, record: Grant) -> str:
        """From signing on only variations change it."""
        return policies.why_closed(record)

    def context(self, record: Grant, person: Any) -> dict[str, Any]:
        """Give what it owes and brought, returns, payments and variations."""
        today = timezone.localdate()
        keeps = may(person, Permission.FUND_CHANGE, about=record)
        return {
            "sentence": sentence(record, today),
            "told": [_told(each) for each in queries.targets_told([record], today)[record.pk]],
            "returns": [(each, return_tag(each)) for each in queries.returns(person).filter(grant=record)],
            "payments": [_payment(each) for each in queries.payments(person).filter(grant=record)],
            "variations": [(each, papers.changed_words(each)) for each in record.variations.all()],
            "promise": queries.promise_of(record),
            "unscheduled": _unscheduled_words(queries.promise_of(record)),
            "paper_forms": [("pdf", "PDF"), ("docx", "Word")],
            "may_add": keeps,
            "may_add_target": keeps and record.state == GrantState.DRAFT,
        }  # fmt: skip

    def initial(self, request: Any) -> dict[str, Any]:
        """Begin from the bid that the address names, as it was decided."""
        found = super().initial(request)
        bid = _bid_asked_for(request)
        if bid is None:
            return found
        return found | {
            "title": bid.title, "fund": bid.round.fund_id, "provider": bid.organisation_id, "value": bid.offered,
            "buys": bid.delivers,
        }  # fmt: skip

    def make(self, record: Grant, *, by: Any, at: datetime) -> Grant:
        """Draw it up; one that fits a bid to be funded without an agreement is tied to it."""
        bid = Bid.objects.present().filter(
            state="funded", grant=None, organisation=record.provider, round__fund=record.fund, title=record.title
        ).first()  # fmt: skip
        if bid is not None:
            return bids.make_grant(bid=bid, grant=record, by=by, at=at)
        return super().make(record, by=by, at=at)

    def acts(self, record: Grant, person: Any) -> list[Act]:
        """Offer what its state allows."""
        if record.removed_at or not may(person, Permission.FUND_CHANGE, about=record):
            return []
        steps = {
            GrantState.DRAFT: [("Sign", "grant-sign", True)],
            GrantState.SIGNED: [("Vary", "grant-vary", True), ("End early", "grant-end", False)],
            GrantState.ENDED: [],
        }[GrantState(record.state)]
        found = [Act(label, reverse(name, args=[record.pk]), is_main=main) for label, name, main in steps]
        return [*found, Act("Hand over", reverse("grant-hand-over", args=[record.pk]))]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which agreements end or may be ended."""
        found = queries.grants(person).filter(state=GrantState.SIGNED)
        for each in found.filter(ends_on__range=(since, until)):
            yield Dated(each, each.ends_on, f"Ends: {each}", "soon", what="ends")
        for each in found.filter(break_on__range=(since, until)):
            if each.break_on:
                yield Dated(each, each.break_on, f"May be ended: {each}", "soon", what="break")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give agreements that end within three months to whoever looks after them."""
        for each in queries.running_grants(on, person).filter(ends_on__lte=on + SOON, manager=person):
            yield Dated(each, each.ends_on, str(each), "soon", "Ends: extend, buy again, or let it end", "ends")

    def now(self, record: Grant) -> str:
        """Say where it stands."""
        return str(grant_tag(record))

    def neighbours(self, record: Grant) -> Iterable[Neighbour]:
        """Give the fund it comes from."""
        yield Neighbour(record.fund, "is paid from", False)


def _bid_asked_for(request: Any) -> Bid | None:
    key = request.GET.get("bid", "")
    found = Bid.objects.visible_to(request.user, Permission.FUND_VIEW).present().filter(state="funded", grant=None)
    return found.filter(pk=key).select_related("round").first() if key.isdecimal() else None


def sentence(grant: Grant, today: date) -> str:
    """Say the answer first: what is paid, what was delivered, what is missing."""
    if not grant.is_signed:
        return f"Being drawn up: {grant.provider.said_shortly}, {pounds(grant.value)}."
    kept = queries.promise_of(grant)
    told = queries.targets_told([grant], today)[grant.pk]
    known = [each.delivered.is_met for each in told if each.periods]
    late = queries.late_returns(today).filter(grant=grant).count()
    said = f"{pounds(kept.paid)} of {pounds(kept.value)} is paid"
    if known:
        met, unknown = sum(each is True for each in known), sum(each is None for each in known)
        said += (
            f", and {met} of {count_words(len(known), 'target')} {'is' if 1 in (met, len(known)) else 'are'} met so far"
        )
        said += f"; of {unknown} it is not known" if unknown else ""
    return f"{said}. {count_words(late, 'return is', 'returns are')} late." if late else f"{said}."


def _payment(each: Payment) -> tuple[Payment, Tag, str, str]:
    return each, payment_tag(each), pounds(each.amount), "" if each.paid is None else pounds(each.paid)


def _unscheduled_words(kept: money.Promise) -> str:
    """Say how the schedule differs from what was agreed."""
    left = kept.unscheduled
    said = f"{pounds(abs(left))} of its value stands in no payment" if left > 0 else f"{pounds(-left)} more is planned"
    return f"{said}{' yet' if left > 0 else ' than was agreed'}: add, change or cancel payments that are not asked for."


def _told(each: queries.TargetTold) -> dict[str, Any]:
    done, one = each.delivered, each.unit_cost
    share = f" ({done.share}%)" if done.share is not None else ""
    met = {True: Tag("done", "Met"), False: Tag("late", "Below"), None: Tag("unknown", "Not known")}[done.is_met]
    return {
        "target": each.target, "per_period": number_words(each.target.per_period),
        "owed": number_words(done.owed), "delivered": f"{number_words(done.delivered)}{share}",
        "tag": met if each.periods else Tag("", "To come"), "cost": one.words, "why_not": one.why_not,
    }  # fmt: skip


class Targets(CommissioningRegister):
    """What agreements owe in each period."""

    model = Target
    noun, plural = "output or outcome", "outputs and outcomes"
    form = TargetForm
    in_search = False
    searched = ("title", "grant__title", "how")
    related = ("grant__provider",)
    order = ("grant__title", "-sort", "pk")
    columns = (
        Column("title", "What is counted", sort=("title",)),
        Column("grant", "Service", value="grant.title", sort=("grant__title",)),
        Column("provider", "Provider", value="grant.provider.said_shortly", sort=("grant__provider__name",)),
        Column("sort", "What it is", value="get_sort_display", sort=("sort",)),
        Column("unit", "Counted in", value="get_unit_display", sort=("unit",)),
        Column("per_period", "Target for a period", value=lambda each: number_words(each.per_period), is_number=True),
    )
    filters = (
        Filter("sort", "What it is", TargetSort.choices),
        Filter("unit", "Counted in", CountedUnit.choices),
    )

    def can_change(self, record: Target) -> str:
        """It belongs to what was signed."""
        return policies.why_closed(record.grant)

    def neighbours(self, record: Target) -> Iterable[Neighbour]:
        """Give the agreement."""
        yield Neighbour(record.grant, "is owed by", False)

    def acts(self, record: Target, person: Any) -> list[Act]:
        """Lead to the agreement."""
        return [Act("See the agreement", record.grant.get_absolute_url())]


class Variations(CommissioningRegister):
    """Agreed changes, never changed themselves."""

    model = Variation
    noun, plural = "variation", "variations"
    change = None
    searched = ("reason", "changes", "grant__title")
    in_search = False
    related = ("grant__provider",)
    order = ("-agreed_on",)
    columns = (
        Column("name", "Variation", value=str, sort=("grant__title", "number")),
        Column("agreed_on", "Agreed", sort=("agreed_on",)),
        Column("changed", "What changed", value=papers.changed_words),
        Column("reason", "Why"),
    )

    def neighbours(self, record: Variation) -> Iterable[Neighbour]:
        """Give the agreement."""
        yield Neighbour(record.grant, "varies", False)
