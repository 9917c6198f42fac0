"""Bodies under the Act and what each gives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.core.money import pounds
from upstream_web.core.words import count_words, short_day_words
from upstream_web.duty import queries
from upstream_web.duty.forms import BodyForm, ContributionForm
from upstream_web.duty.models import IN_THE_ACT, Contribution, ContributionSort, DutyBody
from upstream_web.organisations.models.organisation import OrganisationType
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour, Register

SOON = timedelta(days=14)
STANDINGS = [(each.value, each.label) for each in OrganisationType if each in IN_THE_ACT]
GIVEN = (("missing", "Owed and not given"), ("given", "Given"), ("coming", "Not owed yet"))


class DutyRegister(Register[Any]):
    """What all kinds of record of the duty share."""

    area, section = "account", "duty"
    see, change = Permission.DUTY_VIEW, Permission.DUTY_CHANGE

    def crumbs(self, record: Any = None) -> list[tuple[str, str]]:
        """Below the front page of the duty."""
        return [("Duty", reverse("duty")), (self.title, self.address())]


def contribution_tag(each: Contribution) -> Tag:
    """Say whether it was given."""
    today = timezone.localdate()
    if each.given_on and each.given_on <= today:
        late = each.given_on > each.owed_on
        return Tag("done", f"Given {short_day_words(each.given_on)}{', late' if late else ''}")
    return Tag("late", "Not given") if each.owed_on < today else Tag("", "Not owed yet")


def by_given(records: QuerySet[Contribution], value: str) -> QuerySet[Contribution]:
    """Narrow to what was given, is missing, or is not owed yet."""
    today = timezone.localdate()
    open_ = Q(given_on=None) | Q(given_on__gt=today)
    if value == "given":
        return records.exclude(open_)
    return records.filter(open_, owed_on__lt=today) if value == "missing" else records.filter(open_, owed_on__gte=today)


def given_words(body: DutyBody) -> str:
    """Say how much of what a body owes so far it has given."""
    today = timezone.localdate()
    owed = [each for each in body.contributions.all() if each.removed_at is None and each.owed_on < today]
    if not owed:
        return "nothing owed so far"
    missing = sum(each.is_missing(today) for each in owed)
    return f"{len(owed) - missing} of {len(owed)} given"


class DutyBodies(DutyRegister):
    """The bodies under the Act."""

    model = DutyBody
    noun, plural = "body under the Act", "bodies under the Act"
    form = BodyForm
    searched = ("organisation__name", "lead_role")
    related = ("organisation", "lead")
    order = ("-organisation__type", "organisation__name")
    page_template = "duty/body.html"
    empty = "Each says what a body is under the Act, who leads for it, and what it gives."
    columns = (
        Column("name", "Body", value="organisation.name", sort=("organisation__name",)),
        Column("standing", "Under the Act", sort=("organisation__type",)),
        Column("law", "Section", quiet=True),
        Column("lead_role", "Named lead", sort=("lead_role",)),
        Column("agreed_on", "Agreed its part", value=lambda each: each.agreed_on or Tag("late", "Not agreed"),
               sort=("agreed_on",)),
        Column("given", "Contributions", value=given_words),
    )  # fmt: skip
    filters = (Filter("standing", "Under the Act", STANDINGS, lookup="organisation__type"),)

    def records(self) -> QuerySet[Any]:
        """With what each owes."""
        return super().records().prefetch_related("contributions")

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many agreed, and what is missing."""
        found = list(records)
        agreed = sum(each.agreed_on is not None for each in found)
        missing = queries.missing_contributions(timezone.localdate()).count()
        said = f"{agreed} of {count_words(len(found), 'body', 'bodies')} agreed their part"
        return f"{said}; {count_words(missing, 'contribution is', 'contributions are')} owed and not given."

    def facts(self, record: DutyBody) -> list[tuple[str, Any]]:
        """Say what it is and who leads."""
        rows = [
            ("Organisation", record.organisation), ("Under the Act", record.standing), ("Section", record.law),
            ("Named lead", record.lead_role), ("Signs in", record.lead.name if record.lead else ""),
            ("Agreed its part", record.agreed_on),
            ("Personal information under section 16", "not from this body" if record.is_health_or_care else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: DutyBody, person: Any) -> dict[str, Any]:
        """Give contributions, places to sign, and what was asked of it."""
        return {
            "contributions": [
                (each, contribution_tag(each), pounds(each.amount) if each.amount is not None else "")
                for each in record.contributions.present()
            ],
            "signatures": record.signatures.present().select_related("agreement"),
            "notices": record.notices.present(),
            "may_add": may(person, Permission.DUTY_CHANGE, about=record),
        }

    def neighbours(self, record: DutyBody) -> Iterable[Neighbour]:
        """Give the organisation."""
        yield Neighbour(record.organisation, "is", False)


class Contributions(DutyRegister):
    """What bodies owe and have given."""

    model = Contribution
    noun, plural = "contribution", "contributions"
    form = ContributionForm
    searched = ("title", "body__organisation__name", "note")
    related = ("body__organisation",)
    order = ("owed_on",)
    empty = "People, money, data or premises that a body owes, with the day by which."
    columns = (
        Column("title", "Contribution", sort=("title",)),
        Column("body", "Body", sort=("body__organisation__name",)),
        Column("sort", "What it is", value="get_sort_display", sort=("sort",)),
        Column("amount", "Worth, £", sort=("amount",), is_number=True,
               value=lambda each: pounds(each.amount) if each.amount is not None else None),
        Column("owed_on", "Owed by", sort=("owed_on",)),
        Column("given", "Given", value=contribution_tag),
    )  # fmt: skip
    filters = (
        Filter("given", "State", GIVEN, narrow=by_given),
        Filter("sort", "What it is", ContributionSort.choices),
    )

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which something is owed and not given."""
        for each in queries.contributions(person).filter(given_on=None, owed_on__range=(since, until)):
            kind = "late" if each.owed_on < timezone.localdate() else "soon"
            yield Dated(each, each.owed_on, f"{each.body} gives: {each}", kind, what="owed")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give what is owed within two weeks, to those who keep the duty and to the body's lead."""
        keeps = may(person, Permission.DUTY_CHANGE)
        for each in queries.contributions(person).filter(given_on=None, owed_on__lte=on + SOON):
            if keeps or each.body.lead_id == person.pk:
                kind = "late" if each.owed_on < on else "soon"
                yield Dated(each, each.owed_on, f"{each.body} owes: {each}", kind, what="owed")

    def neighbours(self, record: Contribution) -> Iterable[Neighbour]:
        """Give the body."""
        yield Neighbour(record.body, "is owed by", False)

    def acts(self, record: Contribution, person: Any) -> list[Act]:
        """Lead to the body."""
        found = [Act("See the body", record.body.get_absolute_url())]
        open_ = not record.removed_at and (record.given_on is None or record.given_on > timezone.localdate())
        if open_ and may(person, Permission.DUTY_CHANGE, about=record):
            found.append(Act("Reminder as a letter", reverse("contribution-letter", args=[record.pk, "pdf"])))
        return found
