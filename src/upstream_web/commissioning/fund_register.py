"""Funds and what they have for each year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may, scope_of
from upstream_web.access.permissions import Permission
from upstream_web.commissioning import drawing, money, queries
from upstream_web.commissioning.forms import FundForm, FundYearForm
from upstream_web.commissioning.models import OPEN, Fund, FundSort, FundYear, Grant, GrantState
from upstream_web.commissioning.tags import grant_tag, over_tag
from upstream_web.core.drawing.figures import show
from upstream_web.core.money import pounds
from upstream_web.core.words import count_words
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Neighbour, Register


class CommissioningRegister(Register[Any]):
    """What all kinds of record of commissioning share."""

    area, section = "act", "funds"
    see = Permission.FUND_VIEW
    change: ClassVar[Permission | None] = Permission.FUND_CHANGE

    def crumbs(self, record: Any = None) -> list[tuple[str, str]]:
        """Below the front page of funds."""
        return [("Funds", reverse("fund-list")), (self.title, self.address())]


class Funds(CommissioningRegister):
    """The funds; their list is the front page of commissioning."""

    model = Fund
    noun, plural = "fund", "funds"
    form = FundForm
    searched = ("title", "funder", "purpose")
    order = ("title",)
    list_template = "commissioning/front.html"
    page_template = "commissioning/fund.html"
    empty = "A fund says where money comes from, how much there is for each year, and what it may be spent on."
    filters = (Filter("sort", "Where it comes from", FundSort.choices),)

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        """Read how every fund stands once for all rows."""
        kept: dict[int, money.Standing] = {}

        def of(fund: Fund) -> money.Standing:
            if fund.pk not in kept:
                kept.update(queries.standings())
                kept.setdefault(fund.pk, queries.standing_of(fund))  # one that was removed
            return kept[fund.pk]

        def amount(name: str, label: str, *, quiet: bool = False) -> Column:
            return Column(name, label, value=lambda each: pounds(getattr(of(each), name)), is_number=True, quiet=quiet)

        return (
            Column("title", "Fund", sort=("title",)),
            Column("sort", "From", value="get_sort_display", sort=("sort",), quiet=True),
            amount("amount", "Has"),
            amount("committed", "Committed"),
            amount("paid", "Paid"),
            amount("to_pay", "Still to pay", quiet=True),
            amount("unallocated", "Unallocated"),
            Column("over", "Fits", value=lambda each: over_tag(of(each))),
        )

    def crumbs(self, record: Any = None) -> list[tuple[str, str]]:
        """It is the front page itself."""
        return [(self.title, self.address())]

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how all funds stand together."""
        found = queries.standings()
        if not found:
            return ""
        over = sum(bool(each.over) for each in found.values())
        said = f"Of {count_words(len(found), 'fund')}: {money.added(found.values()).sentence}"
        return f"{said} {count_words(over, 'fund is', 'funds are')} over-committed." if over else said

    def list_context(self, person: Any) -> dict[str, Any]:
        """Give what is late and waits, how funds divide, and, for a provider, its own services."""
        today = timezone.localdate()
        sees_funds = scope_of(person, Permission.FUND_VIEW).everything
        figure = drawing.funds(queries.standings(), list(queries.funds())) if sees_funds else None
        return {
            "sees_funds": sees_funds,
            "figure": show(figure, identifier="funds-divided") if figure else None,
            "late_returns": list(queries.late_returns(today, person)),
            "own_returns": []
            if sees_funds
            else list(queries.returns(person).filter(state__in=OPEN).order_by("due_on")),
            "own_grants": [] if sees_funds else list(queries.grants(person).exclude(state=GrantState.DRAFT)),
            "to_approve": list(queries.payments_to_approve(person)) if sees_funds else [],
            "parts": _parts(person),
        }

    def facts(self, record: Fund) -> list[tuple[str, Any]]:
        """Say where it comes from and how it stands."""
        found = queries.standing_of(record)
        rows = [
            ("From", record.get_sort_display()), ("Given by", record.funder), ("Written in", record.source),
            ("Has", pounds(found.amount)), ("Committed", pounds(found.committed)),
            ("Being drawn up", pounds(found.intended) if found.intended else ""), ("Paid", pounds(found.paid)),
            ("Still to pay", pounds(found.to_pay)), ("Unallocated", pounds(found.unallocated)),
            ("Fits", over_tag(found)),
            ("What is left of a year", "goes on to the next" if record.carries_over else "goes back or is lost"),
            ("Figures", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Fund, person: Any) -> dict[str, Any]:
        """Give years, agreements and rounds."""
        agreed = list(queries.grants().filter(fund=record))
        paying = queries.payments_by_grant(agreed)
        return {
            "sentence": queries.standing_of(record).sentence,
            "standing": queries.standing_of(record),
            "years": [(each, _year_words(each)) for each in queries.years_of(record)],
            "year_records": record.years.present(),
            "agreed": [_line(each, money.promise(each, paying[each.pk])) for each in agreed],
            "rounds": record.rounds.present(),
            "may_add": may(person, Permission.FUND_CHANGE, about=record),
        }

    def neighbours(self, record: Fund) -> Iterable[Neighbour]:
        """Give what is paid from it, and its rounds."""
        for grant in queries.grants().filter(fund=record):
            yield Neighbour(grant, "pays for", True)
        for each in record.rounds.present():
            yield Neighbour(each, "is given out in", True)

    def acts(self, record: Fund, person: Any) -> list[Act]:
        """Offer an agreement, a year and a round."""
        if record.removed_at or not self.may_change(person, record):
            return []
        asked = f"?fund={record.pk}"
        return [
            Act("New agreement", f"{reverse('grant-new')}{asked}", is_main=True),
            Act("Add a year", f"{reverse('fund-year-new')}{asked}"),
            Act("New round", f"{reverse('funding-round-new')}{asked}"),
        ]


def _line(grant: Grant, kept: money.Promise) -> tuple[Grant, money.Promise, str, str, Tag]:
    return grant, kept, pounds(kept.value), pounds(kept.paid), grant_tag(grant)


def _year_words(year: money.YearOfFund) -> dict[str, str]:
    return {name: pounds(getattr(year, name)) for name in ("amount", "brought", "paid", "to_pay", "left")}


def _parts(person: Any) -> list[tuple[str, str]]:
    found = [
        ("Grants and contracts", reverse("grant-list")), ("Returns", reverse("provider-return-list")),
        ("Payments", reverse("grant-payment-list")),
    ]  # fmt: skip
    if scope_of(person, Permission.FUND_VIEW).everything:
        found += [
            ("Rounds", reverse("funding-round-list")), ("Bids", reverse("bid-list")),
            ("What one cost", reverse("commissioning-costs")), ("List of awards", reverse("award-list")),
        ]  # fmt: skip
    return found


class FundYears(CommissioningRegister):
    """What funds have for each year."""

    model = FundYear
    noun, plural = "year of a fund", "years of funds"
    form = FundYearForm
    in_search = False
    searched = ("fund__title", "note")
    related = ("fund",)
    order = ("fund__title", "year")
    columns = (
        Column("name", "Year", value=str, sort=("fund__title", "year")),
        Column("amount", "Amount", value=lambda each: pounds(each.amount), is_number=True, sort=("amount",)),
        Column("note", "Note"),
    )

    def neighbours(self, record: FundYear) -> Iterable[Neighbour]:
        """Give the fund."""
        yield Neighbour(record.fund, "is a year of", False)

    def acts(self, record: FundYear, person: Any) -> list[Act]:
        """Lead to the fund."""
        return [Act("See the fund", record.fund.get_absolute_url())]
