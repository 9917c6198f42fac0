"""What other parts of the site may ask of the duty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models import Q as Where

from upstream.clocks import Stand
from upstream_web.access.permissions import Permission
from upstream_web.core.financial_years import quarter_ends_on
from upstream_web.duty import clocks, money
from upstream_web.duty.models import (
    Agreement,
    Consultation,
    Contribution,
    Disclosure,
    DutyBody,
    DutyDate,
    DutyNotice,
    DutyPaper,
    FundingLine,
    FundingYear,
    Signature,
    ViolenceDefinition,
)
from upstream_web.duty.money import Sum, YearOfMoney
from upstream_web.organisations.models import Organisation


def _seen(model: Any, person: Any) -> QuerySet[Any]:
    found = model.objects.all() if person is None else model.objects.visible_to(person, Permission.DUTY_VIEW)
    return found.present()


def bodies(person: Any = None) -> QuerySet[DutyBody]:
    """Give the bodies under the Act, specified authorities first."""
    found: QuerySet[DutyBody] = _seen(DutyBody, person).select_related("organisation", "lead")
    return found.order_by(F("organisation__type").desc(), "organisation__name")


def specified_without_a_part() -> QuerySet[Organisation]:
    """Give the specified authorities that work with the partnership and whose part was never written down."""
    named = DutyBody.objects.present().values("organisation")
    return Organisation.objects.active().with_the_duty().exclude(pk__in=named)


def contributions(person: Any = None) -> QuerySet[Contribution]:
    """Give what bodies owe, the longest owed first."""
    return _seen(Contribution, person).select_related("body__organisation")


def missing_contributions(on: date, person: Any = None) -> QuerySet[Contribution]:
    """Give what was owed before a day and had not been given by then."""
    return contributions(person).filter(owed_on__lt=on).filter(Where(given_on=None) | Where(given_on__gt=on))


def consultations(person: Any = None) -> QuerySet[Consultation]:
    """Give who was asked what, those that wait longest first."""
    return _seen(Consultation, person).select_related("organisation")


def open_consultations(person: Any = None) -> QuerySet[Consultation]:
    """Give those without a reply."""
    return consultations(person).filter(replied_on=None)


def overdue_consultations(on: date, person: Any = None) -> QuerySet[Consultation]:
    """Give those without a reply whose last day lies before `on`."""
    return open_consultations(person).filter(due_on__lt=on)


def definition_in_force(on: date) -> ViolenceDefinition | None:
    """Give the definition of serious violence that counts on a day; None before the first."""
    return ViolenceDefinition.objects.present().filter(from_on__lte=on).order_by("-from_on").first()


def agreements_in_force(on: date, person: Any = None) -> list[Agreement]:
    """Give the agreements that bind on a day."""
    found = _seen(Agreement, person).filter(from_on__lte=on)
    return list(found.filter(Where(until_on=None) | Where(until_on__gte=on)))


def unsigned(on: date, person: Any = None) -> QuerySet[Signature]:
    """Give the places to sign that are empty under agreements in force on a day."""
    in_force = [agreement.pk for agreement in agreements_in_force(on)]
    found = _seen(Signature, person).filter(signed_on=None, agreement__in=in_force)
    return found.select_related("agreement", "body__organisation")


def disclosures(person: Any = None) -> QuerySet[Disclosure]:
    """Give what bodies disclose, body by body."""
    return _seen(Disclosure, person).select_related("body__organisation", "agreement")


def open_notices(person: Any = None) -> QuerySet[DutyNotice]:
    """Give the requests, directions and disagreements that have not ended."""
    return _seen(DutyNotice, person).filter(ended_on=None).select_related("to_body__organisation")


def last_date(paper: str) -> DutyDate | None:
    """Give when the needs assessment, or the strategy, was last published or reviewed."""
    return DutyDate.objects.present().filter(paper=paper).order_by("-done_on", "-pk").first()


def next_clocks(on: date) -> list[tuple[DutyDate, Stand]]:
    """Give the yearly clocks of needs assessment and strategy as they stand on a day."""
    dated = [last_date(paper) for paper in DutyPaper.values]
    return [(each, clocks.review_clock(each, on)) for each in dated if each is not None]


# ---- money ---------------------------------------------------------------------------------------------------
def funding_years() -> list[FundingYear]:
    """Give the awards, the latest first."""
    return list(FundingYear.objects.present())


def get_funding_year(year: int) -> FundingYear | None:
    """Give the award of the financial year that begins in `year`; None where there is none."""
    return FundingYear.objects.present().filter(year=year).first()


def lines_of(year: FundingYear) -> list[FundingLine]:
    """Give a year's quarters."""
    return list(FundingLine.objects.present().filter(year=year))


def money_of(year: FundingYear, lines: Sequence[FundingLine] | None = None) -> YearOfMoney:
    """Give a year's money added up by quarter and by kind of cost, with variance and underspend."""
    return money.year_of_money(year.award, lines_of(year) if lines is None else lines)


@dataclass(frozen=True)
class QuarterOfMoney:
    """One quarter of one year, for lists, papers and charts."""

    year: FundingYear
    quarter: int
    sum: Sum

    @property
    def ends_on(self) -> date:
        """The last day of the quarter."""
        return quarter_ends_on(self.year.year, self.quarter)


def funding_by_quarter(year: FundingYear | None = None) -> list[QuarterOfMoney]:
    """Give plan, spending and expectation of each quarter, of one year or of all, the first first."""
    years = [year] if year is not None else list(reversed(funding_years()))
    return [QuarterOfMoney(each, quarter, sum_) for each in years for quarter, sum_ in money_of(each).quarters]
