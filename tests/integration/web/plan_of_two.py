"""A small plan for tests: one strategy, two commitments, four actions of two bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from upstream_web.organisations.models import Organisation
from upstream_web.organisations.operations import organisations
from upstream_web.strategy.models import Action, Commitment, CommitmentEvidence, Priority, Strategy
from upstream_web.strategy.operations import actions, strategies

PUBLISHED = datetime(2025, 1, 31, 10, tzinfo=UTC)


@dataclass
class Plan:
    """What the tests ask for by name."""

    strategy: Strategy
    commitments: list[Commitment]
    police: Organisation
    council: Organisation
    police_action: Action
    council_action: Action
    done_action: Action
    later_action: Action


def make_body(key: str, name: str) -> Organisation:
    """Make an organisation; its key is the one under which the cast of the tests is placed."""
    found = Organisation(
        key=key, name=name, type="specified", authority="police" if key == "police" else "local_authority"
    )
    return organisations.make(organisation=found, by="tests", at=PUBLISHED)


def make_plan() -> Plan:
    """Make the plan."""
    police, council = make_body("police", "Testshire Police"), make_body("council", "Testshire Council")
    frame = {"aim": "Less violence.", "definition": "Local", "period_from": date(2025, 1, 1)}
    strategy = strategies.make(
        strategy=Strategy(title="Test strategy", period_until=date(2029, 12, 31), **frame), by="tests", at=PUBLISHED
    )
    priority = Priority(strategy=strategy, number=1, title="Prevention", meaning="Stop it early.")
    strategies.write(part=priority, by="tests", at=PUBLISHED)
    commitments = [
        Commitment(priority=priority, number=n, words=w) for n, w in ((1, "First promise."), (2, "Second promise."))
    ]
    for each in commitments:
        strategies.write(part=each, by="tests", at=PUBLISHED)
    evidence = CommitmentEvidence(
        commitment=commitments[0],
        source="parents",
        says="They asked.",
        is_from="Consultation",
        dated_on=date(2024, 9, 1),
    )
    strategies.write(part=evidence, by="tests", at=PUBLISHED)
    strategies.publish(strategy=strategy, by="tests", at=PUBLISHED)
    first, second = commitments
    made = [
        make_action("Patrol the park", first, police, date(2026, 1, 5), date(2026, 12, 31)),
        make_action("Open a hub", second, council, date(2026, 1, 5), date(2026, 10, 30)),
        make_action("Finished long ago", first, police, date(2025, 3, 1), date(2025, 6, 30)),
        make_action("Not yet begun", second, council, date(2027, 1, 4), date(2027, 6, 30)),
    ]
    actions.move(action=made[0], to="under_way", by="tests", at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    actions.move(action=made[1], to="under_way", by="tests", at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    actions.move(action=made[2], to="done", by="tests", at=datetime(2025, 6, 20, 9, tzinfo=UTC))
    return Plan(strategy, commitments, police, council, *made)


def make_action(
    title: str, commitment: Commitment, body: Organisation, starts_on: date, due_on: date, **more
) -> Action:
    """Make an action."""
    action = Action(title=title, commitment=commitment, lead_body=body, starts_on=starts_on, due_on=due_on, **more)
    return actions.make(action=action, by="tests", at=PUBLISHED)
