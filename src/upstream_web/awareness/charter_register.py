"""Charters and the venues that signed them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.awareness import districts, queries
from upstream_web.awareness.base_register import AwarenessRegister
from upstream_web.awareness.forms.outreach import CharterForm, SignUpForm
from upstream_web.awareness.models import Charter, SignUp, VenueSort, VisitOutcome
from upstream_web.awareness.operations import charters
from upstream_web.core.words import count_words, short_day_words
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour

STATES = (("force", "In force"), ("soon", "To renew within 60 days"), ("lapsed", "Lapsed"), ("left", "Left"))
VISIT_LOOKS = {VisitOutcome.PASSED: "done", VisitOutcome.PARTLY: "soon", VisitOutcome.FAILED: "danger"}


def signature_tag(signature: SignUp) -> Tag:
    """Say whether a signature holds."""
    today = timezone.localdate()
    if signature.left_on:
        return Tag("", f"Left {short_day_words(signature.left_on)}")
    if signature.until_on < today:
        return Tag("late", f"Lapsed {short_day_words(signature.until_on)}")
    near = signature.until_on <= today + queries.RENEWAL_SOON
    return Tag("soon" if near else "done", f"Until {short_day_words(signature.until_on)}")


def visit_tag(signature: SignUp) -> Tag | None:
    """Say what the last visit found."""
    if not signature.outcome:
        return None
    return Tag(VISIT_LOOKS[VisitOutcome(signature.outcome)], signature.get_outcome_display())


def by_state(records: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Narrow to signatures in force, to renew, lapsed or ended."""
    today = timezone.localdate()
    if value == "left":
        return records.exclude(left_on=None)
    there = records.filter(left_on=None)
    if value == "lapsed":
        return there.filter(until_on__lt=today)
    there = there.filter(until_on__gte=today)
    return there.filter(until_on__lte=today + queries.RENEWAL_SOON) if value == "soon" else there


def charter_sentence(charter: Charter, signatures: list[SignUp], on: date) -> str:
    """Say how many hold, how many lapsed, and how far that is from what is wanted."""
    there = [each for each in signatures if each.left_on is None]
    holding = [each for each in there if each.until_on >= on]
    visited = sum(each.outcome == VisitOutcome.PASSED for each in holding)
    said = f"{count_words(len(holding), 'signature holds', 'signatures hold')}"
    if charter.target is not None and charter.target_on is not None:
        said += f" of {charter.target} wanted by {short_day_words(charter.target_on)}"
    lapsed = len(there) - len(holding)
    verb = "has" if lapsed == 1 else "have"
    return f"{said}; {lapsed} {verb} lapsed. A visit found that {visited} of those that hold keep the pledges."


class Charters(AwarenessRegister):
    """What venues promise."""

    model = Charter
    noun, plural = "charter", "charters"
    form = CharterForm
    searched = ("title", "pledges")
    related = ("owner",)
    order = ("title",)
    page_template = "awareness/charter.html"
    empty = "Write the pledges, one a line, and for how long a signature holds."
    columns = (
        Column("title", "Charter", sort=("title",)),
        Column("owner", "Kept by", value="owner.said_shortly", sort=("owner__name",)),
        Column("launched_on", "Launched", sort=("launched_on",)),
        Column("holding", "In force", is_number=True,
               value=lambda each: queries.signatures_in_force(timezone.localdate()).filter(charter=each).count()),
        Column("target", "Wanted", is_number=True, sort=("target",)),
        Column("target_on", "By", sort=("target_on",)),
    )  # fmt: skip

    def facts(self, record: Charter) -> list[tuple[str, Any]]:
        """Say who keeps it and how long it holds."""
        rows = [
            ("Kept by", record.owner), ("Launched", record.launched_on),
            ("Holds for", count_words(record.renewal_months, "month")), ("Signatures wanted", record.target),
            ("By", record.target_on),
            ("Entry", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: Charter, person: Any) -> dict[str, Any]:
        """Give the pledges, and the venues by district."""
        today = timezone.localdate()
        found = list(queries.seen_by(SignUp, person).filter(charter=record))
        there = [each for each in found if each.left_on is None]
        holding = Counter(each.district for each in there if each.until_on >= today)
        lapsed = Counter(each.district for each in there if each.until_on < today)
        accredited = Counter(each.district for each in there if each.outcome == VisitOutcome.PASSED)
        return {
            "pledges": [line.strip() for line in record.pledges.splitlines() if line.strip()],
            "sentence": charter_sentence(record, found, today),
            "by_district": [
                (name, holding[code], lapsed[code], accredited[code]) for code, name in districts.choices()
            ],
            "signatures": [(each, signature_tag(each), visit_tag(each)) for each in found],
        }  # fmt: skip

    def acts(self, record: Charter, person: Any) -> list[Act]:
        """Take a signature."""
        if record.removed_at or not self.may_change(person, record):
            return []
        return [Act("Take a signature", f"{reverse('charter-sign-up-new')}?charter={record.pk}")]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the day by which signatures are wanted."""
        for each in self.there(person).filter(target_on__range=(since, until)):
            yield Dated(each, each.target_on, f"{each.target} signatures wanted: {each}", what="target")


class SignUps(AwarenessRegister):
    """Venues under a charter."""

    model = SignUp
    noun, plural = "charter signature", "charter signatures"
    form = SignUpForm
    searched = ("venue", "charter__title", "visit_note")
    related = ("charter__owner",)
    order = ("venue",)
    page_template = "awareness/sign_up.html"
    empty = "Each venue or organisation that signed a charter."
    columns = (
        Column("venue", "Venue", sort=("venue",)),
        Column("sort", "What it is", value="get_sort_display", sort=("sort",)),
        Column("district", "District", value=lambda each: districts.name_of(each.district), sort=("district",)),
        Column("signed_on", "Signed", sort=("signed_on",), quiet=True),
        Column("state", "Holds", value=signature_tag, sort=("until_on",)),
        Column("visit", "Visit", value=visit_tag, sort=("outcome",)),
        Column("charter", "Charter", value="charter.title", only_exported=True),
        Column("renewed_on", "Last renewed", only_exported=True),
        Column("visited_on", "Visited", only_exported=True),
        Column("why_left", "Why it left", only_exported=True),
    )
    filters = (
        Filter("state", "State", STATES, narrow=by_state),
        Filter("district", "District", districts.choices),
        Filter("sort", "What it is", VenueSort.choices),
    )

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many hold and how many lapsed."""
        return (
            f"{by_state(records, 'force').count()} hold, {by_state(records, 'soon').count()} of them end within "
            f"60 days, {by_state(records, 'lapsed').count()} have lapsed and {by_state(records, 'left').count()} left."
        )

    def facts(self, record: SignUp) -> list[tuple[str, Any]]:
        """Say whether it holds and what was found."""
        rows = [
            ("Holds", signature_tag(record)), ("Charter", record.charter), ("What it is", record.get_sort_display()),
            ("District", districts.name_of(record.district)), ("Signed", record.signed_on),
            ("Last renewed", record.renewed_on), ("Visited", record.visited_on), ("The visit found", visit_tag(record)),
            ("Why it left", record.why_left),
            ("Entry", "invented for the worked example" if record.is_invented else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def acts(self, record: SignUp, person: Any) -> list[Act]:
        """Renew, visit or end."""
        if record.removed_at or record.left_on or not self.may_change(person, record):
            return []
        lapsing = record.until_on <= timezone.localdate() + queries.RENEWAL_SOON
        return [
            Act("Renew", reverse("signature-renew", args=[record.pk]), is_main=lapsing),
            Act("Note a visit", reverse("signature-visit", args=[record.pk])),
            Act("End it", reverse("signature-leave", args=[record.pk])),
        ]

    def make(self, record: SignUp, *, by: Any, at: datetime) -> SignUp:
        """Take the signature."""
        return charters.sign(signature=record, by=by, at=at)

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which signatures end."""
        for each in self.there(person).filter(left_on=None, until_on__range=(since, until)):
            yield Dated(each, each.until_on, f"Charter to renew: {each}", what="renewal")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give the signatures that lapsed or soon will, to those who keep the charter."""
        waiting = self.to_act_on(person).filter(left_on=None, until_on__lte=on + queries.RENEWAL_SOON)
        for each in waiting:
            yield Dated(each, each.until_on, f"Charter to renew: {each}", "late" if each.until_on < on else "soon",
                        what="renewal")  # fmt: skip

    def neighbours(self, record: SignUp) -> Iterable[Neighbour]:
        """Give the charter."""
        yield Neighbour(record.charter, "signed", False)
