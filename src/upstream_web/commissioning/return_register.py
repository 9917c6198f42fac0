"""Returns of providers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from upstream_web.access.authorisation import may
from upstream_web.access.models import User
from upstream_web.access.permissions import Permission
from upstream_web.commissioning import clocks, queries, timed
from upstream_web.commissioning.fund_register import CommissioningRegister
from upstream_web.commissioning.models import OPEN, GrantState, ProviderReturn, ReturnState
from upstream_web.commissioning.operations.returns import missing
from upstream_web.commissioning.small import is_small, number_words
from upstream_web.commissioning.tags import return_tag
from upstream_web.core.money import pounds
from upstream_web.core.words import count_words
from upstream_web.records.columns import Column, Filter, Tag
from upstream_web.records.register import Act, Dated, Neighbour, Timed

SOON = timedelta(days=21)
STANDS = (("late", "Late"), *ReturnState.choices)


def by_standing(records: QuerySet[ProviderReturn], value: str) -> QuerySet[ProviderReturn]:
    """Narrow by state, or to what is late."""
    if value == "late":
        return records.filter(state__in=OPEN, due_on__lt=timezone.localdate())
    return records.filter(state=value)


class Returns(CommissioningRegister):
    """What providers owe after each period; made by signing an agreement."""

    model = ProviderReturn
    noun, plural = "return of a provider", "returns of providers"
    change = None
    searched = ("grant__title", "grant__provider__name", "narrative")
    related = ("grant__provider", "grant__fund")
    order = ("-ends_on", "grant__title")
    page_template = "commissioning/return.html"
    empty = "Signing an agreement makes a return for each of its periods."
    columns = (
        Column("title", "Service", value="grant.title", sort=("grant__title", "ends_on")),
        Column("provider", "Provider", value="grant.provider.said_shortly", sort=("grant__provider__name",)),
        Column("period", "Period", sort=("ends_on",)),
        Column("due_on", "Due", sort=("due_on",)),
        Column("state", "State", value=return_tag, sort=("state", "due_on")),
        Column("sent_on", "Sent", sort=("sent_on",), quiet=True),
        Column("spent", "Spent", value=lambda each: pounds(each.spent) if each.spent is not None else None,
               is_number=True, sort=("spent",)),
    )  # fmt: skip
    filters = (Filter("standing", "State", STANDS, narrow=by_standing),)

    def records(self) -> QuerySet[Any]:
        """Those of agreements that are there."""
        return super().records().filter(grant__removed_at=None)

    def lede(self, records: QuerySet[Any]) -> str:
        """Say how many are late and how many wait to be checked."""
        today = timezone.localdate()
        late = records.filter(state__in=OPEN, due_on__lt=today).count()
        sent = records.filter(state=ReturnState.SENT).count()
        came = records.filter(due_on__lte=today).exclude(state=ReturnState.OWED)
        in_time = sum(made.sent_on is not None and made.sent_on <= made.due_on for made in came)
        due = records.filter(due_on__lte=today).count()
        said = f"{late or 'No'} return{' is' if late == 1 else 's are'} late; {sent or 'none'} to be checked."
        return f"{said} Of {count_words(due, 'return')} due so far, {in_time} came in time." if due else said

    def facts(self, record: ProviderReturn) -> list[tuple[str, Any]]:
        """Say where it stands and who answered for it."""
        rows = [
            ("State", return_tag(record)), ("Service", record.grant), ("Provider", record.grant.provider),
            ("Period begins", record.begins_on), ("Period ends", record.ends_on), ("Due", record.due_on),
            ("Sent", record.sent_on), ("By", record.sent_by), ("Checked", record.checked_on),
            ("Checked by", record.checked_by), ("Times sent back", record.times_back),
        ]  # fmt: skip
        return [(label, value) for label, value in rows if value]

    def context(self, record: ProviderReturn, person: Any) -> dict[str, Any]:
        """Give the figures against their targets, the clock, and the steps that this person may take."""
        today = timezone.localdate()
        clock = clocks.return_clock(record, today)
        figures = _figures(record)
        return {
            "figures": figures,
            "spent": pounds(record.spent) if record.spent is not None else "",
            "has_small": any(line["is_small"] for line in figures),
            "clock": clock,
            "look": clocks.look(clock),
            "payments": record.payments.present(),
            "missing": missing(record) if record.state in OPEN else [],
            "steps": _steps(record, person),
            "is_own": record.state == ReturnState.SENT and record.sent_by == person.get_username(),
        }

    def acts(self, record: ProviderReturn, person: Any) -> list[Act]:
        """Offer filling in, to the provider and to those who keep the agreement."""
        if record.removed_at or record.state not in OPEN or not may_fill(person, record):
            return []
        return [Act("Fill in", reverse("provider-return-fill", args=[record.pk]), is_main=True)]

    def dates(self, person: Any, since: date, until: date) -> Iterable[Dated]:
        """Give the days on which returns are due."""
        for each in queries.returns(person).filter(state__in=OPEN, due_on__range=(since, until)):
            kind = "late" if each.due_on < timezone.localdate() else "soon"
            yield Dated(each, each.due_on, f"Return due: {each}", kind, each.get_state_display(), "due")

    def waiting_for(self, person: Any, on: date) -> Iterable[Dated]:
        """Give returns owed to the provider who owes them, and those to be checked to whoever keeps the agreements.

        One that a keeper took down waits for the others who approve.
        """
        keeps = may(person, Permission.FUND_CHANGE)
        found = queries.returns(person).exclude(grant__state=GrantState.DRAFT)
        for each in found.filter(state__in=OPEN, due_on__lte=on + SOON, ends_on__lt=on).order_by("due_on"):
            kind = "late" if each.due_on < on else "soon"
            if may(person, Permission.PROVIDER_RETURN_MAKE, about=each):
                words = "Sent back: put it right" if each.state == ReturnState.BACK else "Return owed"
                yield Dated(each, each.due_on, str(each), kind, words, "due")
            elif keeps and kind == "late":
                yield Dated(each, each.due_on, str(each), kind, f"{each.grant.provider} owes this return", "due")
        if may(person, Permission.FUND_APPROVE):
            for each in found.filter(state=ReturnState.SENT).exclude(sent_by=person.get_username()):
                if keeps or _was_taken_down(each):
                    yield Dated(each, each.sent_on or each.due_on, str(each), "soon", "Return to be checked", "check")

    def clocks(self, person: Any, since: date) -> Iterable[Timed]:
        """Give the returns of periods that are over."""
        return timed.of_returns(person, since)

    def now(self, record: ProviderReturn) -> str:
        """Say where it stands."""
        return str(return_tag(record))

    def neighbours(self, record: ProviderReturn) -> Iterable[Neighbour]:
        """Give the agreement."""
        yield Neighbour(record.grant, "is owed under", False)


def may_fill(person: Any, made: ProviderReturn) -> bool:
    """Tell whether somebody may fill a return in: the provider, or who takes it down as it came on paper."""
    asked = (Permission.PROVIDER_RETURN_MAKE, Permission.FUND_CHANGE)
    return any(may(person, permission, about=made) for permission in asked)


def _was_taken_down(made: ProviderReturn) -> bool:
    """Tell whether a return was sent by who keeps the agreement and not by the provider."""
    sender = User.objects.filter(username=made.sent_by).first()
    return sender is not None and may(sender, Permission.FUND_CHANGE, about=made)


def _figures(made: ProviderReturn) -> list[dict[str, Any]]:
    kept = {each.target_id: each.value for each in made.figures.all()}
    found = []
    for target in made.grant.targets.present():
        value = kept.get(target.pk)
        if value is None:
            tag = Tag("unknown", "Not known") if made.state not in OPEN else Tag("", "Not told yet")
        else:
            tag = Tag("done", "Met") if value >= target.per_period else Tag("late", "Below")
        found.append(
            {
                "target": target, "owed": number_words(target.per_period),
                "delivered": number_words(value) if value is not None else "", "tag": tag,
                "is_small": is_small(value, counts_people=target.counts_people),
            }
        )  # fmt: skip
    return found


def _steps(made: ProviderReturn, person: Any) -> list[tuple[str, str, bool]]:
    """Give the steps that this person may take now: name of the address, label, whether it asks for words first."""
    if made.removed_at:
        return []
    back = ("provider-return-back", "Send back", True)
    if made.state in OPEN:
        ready = may_fill(person, made) and not missing(made)
        return [("provider-return-send", "Send it in", False)] if ready else []
    if not may(person, Permission.FUND_APPROVE, about=made):
        return []
    if made.state == ReturnState.ACCEPTED:
        return [back]
    own = made.sent_by == person.get_username()
    return [] if own else [("provider-return-accept", "Accept", False), back]
