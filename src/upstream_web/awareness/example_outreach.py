"""Loads the campaigns, the charter and the activity programmes of the worked example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from upstream_web.awareness.models import ActivitySession, Campaign, Charter, Programme, Reach, SignUp
from upstream_web.awareness.operations import charters
from upstream_web.organisations.models import Organisation
from upstream_web.records.models import Record
from upstream_web.records.operations import keeping, links
from upstream_web.records.register import find_register

YOUNG = ("girls_under_11", "girls_11_to_13", "girls_14_to_17", "boys_under_11", "boys_11_to_13", "boys_14_to_17",
         "unsaid_under_11", "unsaid_11_to_13", "unsaid_14_to_17")  # fmt: skip
Table = Mapping[str, Any]


def load_outreach(told: Table, activities: Table, bodies: Mapping[str, Organisation], *, until: date, by: str) -> None:
    """Load campaigns with their reach, the charter with who signed, programmes with their sessions."""
    loading = _Loading(bodies, until, by)
    for each in told["campaign"]:
        loading.campaign(each)
    for each in told["charter"]:
        loading.charter(each)
    for each in told["programme"]:
        lines = [line[1:] for line in activities["session"] if line[0] == each["id"]]
        loading.programme(each, lines)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())


class _Loading:
    """One loading."""

    def __init__(self, bodies: Mapping[str, Organisation], until: date, by: str) -> None:
        self.bodies, self.until, self.by = bodies, until, by

    def campaign(self, told: Table) -> None:
        """Make one campaign with what its channels said."""
        starts_on, ends_on = told["days"]
        made = Campaign(
            title=told["title"], aim=told["aim"], audience=told["audience"], channels=told["channels"],
            lead_body=self.bodies[told["lead"]], starts_on=starts_on, ends_on=ends_on,
            cost_planned=Decimal(told["planned"]), cost_spent=Decimal(told["spent"]),
            what_changed=told.get("changed", ""), evaluation=told.get("evaluation", ""),
            evaluated_on=told.get("evaluated"), is_invented=True,
        )  # fmt: skip
        keeping.make(record=made, by=self.by, at=_at(starts_on - timedelta(days=40)))
        for channel, counts, number, from_on, until_on, source, note in told["reach"]:
            figure = Reach(
                campaign=made, channel=channel, counts=counts, number=number, from_on=from_on, until_on=until_on,
                source=source, note=note,
            )  # fmt: skip
            keeping.make(record=figure, by=self.by, at=_at(min(until_on + timedelta(days=3), self.until)))
        self._link(made, told, starts_on)

    def charter(self, told: Table) -> None:
        """Make the charter, and take its signatures as they came."""
        made = Charter(
            title=told["title"], pledges=told["pledges"].strip(), owner=self.bodies[told["owner"]],
            launched_on=told["launched"], renewal_months=told["months"], target=told["target"],
            target_on=told["target_on"], is_invented=True,
        )  # fmt: skip
        keeping.make(record=made, by=self.by, at=_at(told["launched"]))
        for line in told["signed"]:
            self._signature(made, line)
        self._link(made, told, told["launched"])

    def _signature(self, charter: Charter, line: Sequence[Any]) -> None:
        venue, sort, district, signed_on, renewed, visited_on, outcome, left_on, why = line
        made = SignUp(charter=charter, venue=venue, sort=sort, district=district, signed_on=signed_on, is_invented=True)
        charters.sign(signature=made, by=self.by, at=_at(signed_on))
        for on in renewed:
            if on <= self.until:
                charters.renew(signature=made, on=on, by=self.by, at=_at(on))
        if visited_on:
            charters.visit(signature=made, on=visited_on, outcome=outcome, by=self.by, at=_at(visited_on))
        if left_on:
            charters.leave(signature=made, on=left_on, reason=why, by=self.by, at=_at(left_on))

    def programme(self, told: Table, lines: Sequence[Sequence[Any]]) -> None:
        """Make one programme with its sessions."""
        starts_on, ends_on = told["days"]
        made = Programme(
            title=told["title"], sort=told["sort"], aim=told["aim"], lead_body=self.bodies[told["lead"]],
            age_from=told["ages"][0], age_to=told["ages"][1], starts_on=starts_on, ends_on=ends_on,
            cost_planned=Decimal(told["planned"]), cost_spent=Decimal(told["spent"]) if "spent" in told else None,
            what_changed=told.get("changed", ""), is_invented=True,
        )  # fmt: skip
        keeping.make(record=made, by=self.by, at=_at(starts_on - timedelta(days=60)))
        held = [
            ActivitySession(
                programme=made, provider=self.bodies[told["provider"]], venue=venue, district=district,
                activity=activity, on=on, places=places, booked=booked, attended=came if came != "" else None,
                is_invented=True, **dict(zip(YOUNG, parts, strict=False)),
            )
            for on, venue, district, activity, places, booked, came, parts in lines
        ]  # fmt: skip
        keeping.make_all(records=held, by=self.by, at=_at(min(ends_on, self.until)))
        self._link(made, told, starts_on)

    def _link(self, record: Record, told: Table, on: date) -> None:
        """Link a record to the action that it delivers, where the plan is kept here and has it."""
        actions = find_register("action")
        for action in actions.records().filter(title=told.get("delivers", "")) if actions else ():
            links.make(relation="delivers", start=record, end=action, by=self.by, at=_at(on))
