"""What bodies disclose, on which basis, and whether it arrives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from upstream_web.core.words import count_words, short_day_words
from upstream_web.duty.body_register import DutyRegister
from upstream_web.duty.disclosure_form import DisclosureForm
from upstream_web.duty.gateway import GatewayRefused, Information
from upstream_web.duty.models import BASES, Disclosure
from upstream_web.duty.operations import disclosures
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Neighbour


def disclosure_tag(each: Disclosure) -> Tag:
    """Say whether it flows, and whether its basis still carries it: what a body is may have changed since."""
    today = timezone.localdate()
    if each.until_on and each.until_on < today:
        return Tag("", f"Ended {short_day_words(each.until_on)}")
    try:
        disclosures.check_carried(each)
    except GatewayRefused:
        return Tag("late", "No longer carried by its basis")
    return Tag("done", "Flows") if each.from_on <= today else Tag("", f"From {short_day_words(each.from_on)}")


class Disclosures(DutyRegister):
    """Data shared under the duty."""

    model = Disclosure
    noun, plural = "disclosure", "disclosures"
    form = DisclosureForm
    searched = ("title", "body__organisation__name", "receiver", "purpose", "basis_words", "feed")
    related = ("body__organisation", "agreement")
    order = ("body__organisation__name",)
    page_template = "duty/disclosure.html"
    empty = "Each says what a body discloses to whom, and on what basis; what the basis does not carry is refused."
    columns = (
        Column("title", "What is disclosed", sort=("title",)),
        Column("body", "From", sort=("body__organisation__name",)),
        Column("receiver", "To", sort=("receiver",)),
        Column("information", "Class", value="get_information_display", sort=("information",)),
        Column("basis", "Basis", value="basis_said", sort=("basis",)),
        Column("state", "State", value=disclosure_tag, sort=("until_on", "from_on")),
        Column("feed", "Feed", quiet=True),
    )
    filters = (
        Filter("basis", "Basis", BASES),
        Filter("information", "Class", [(each.value, each.value.capitalize()) for each in Information]),
    )

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many flow under section 16, and whether one is no longer carried."""
        found, today = [each for each in records if each.flows(timezone.localdate())], timezone.localdate()
        broken = sum(disclosure_tag(each).kind == "late" for each in found)
        under = sum(each.basis == BASES[0][0] for each in found)
        if not found:
            return ""
        said = f"{count_words(len(found), 'disclosure flows', 'disclosures flow')} on {short_day_words(today)}"
        return f"{said}, {under} under section 16; {broken or 'none'} no longer carried by its basis."

    def facts(self, record: Disclosure) -> list[tuple[str, Any]]:
        """Say from whom, to whom and on what basis."""
        rows = [
            ("State", disclosure_tag(record)), ("From", record.body), ("To", record.receiver),
            ("Class", record.get_information_display()), ("Basis", record.get_basis_display()),
            ("Agreement", record.agreement), ("Feed", record.feed), ("Begins", record.from_on),
            ("Ends", record.until_on),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def make(self, record: Disclosure, *, by: Any, at: datetime) -> Disclosure:
        """Record it, where its basis carries it."""
        return disclosures.record(disclosure=record, by=by, at=at)

    def change_record(self, record: Disclosure, fields: list[str], *, by: Any, at: datetime) -> Disclosure:
        """Ask again whether its basis carries it."""
        return disclosures.change(disclosure=record, fields=fields, by=by, at=at)

    def check_to_stand(self, record: Disclosure) -> None:
        """An earlier version too stands only where its basis carries it now."""
        disclosures.check_carried(record)

    def neighbours(self, record: Disclosure) -> Iterable[Neighbour]:
        """Give the body and the agreement."""
        yield Neighbour(record.body, "is disclosed by", False)
        if record.agreement:
            yield Neighbour(record.agreement, "flows under", False)
