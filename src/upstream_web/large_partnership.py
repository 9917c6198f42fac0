"""Invents ten years of a large partnership, for measuring: `python -m upstream_web.large_partnership` fills the site.

It writes past the operations and in bulk into the site that the environment names, which must hold no plan yet. The
same counts give the same records.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from upstream.exceptions import WrongUse

TODAY = date(2026, 11, 20)
FIRST_DAY = date(2016, 11, 21)
DAYS = (TODAY - FIRST_DAY).days
AT_ONCE = 2_000
NOON = datetime.combine(TODAY, time(12), UTC)
STAMP: dict[str, Any] = {"made_at": NOON, "made_by": "benchmark", "changed_at": NOON, "changed_by": "benchmark"}
PRIORITIES, COMMITMENTS, BOARDS = 6, 8, 12
VERBS = ("Open", "Review", "Train", "Map", "Fund", "Invite", "Publish", "Measure", "Visit", "Agree")
THINGS = (
    "youth clubs", "navigators", "lighting", "referral forms", "school sessions", "campaigns", "housing checks",
    "street pastors", "night buses", "mentors", "data feeds", "parenting courses",
)  # fmt: skip


class PlanNotEmpty(WrongUse):
    """A site that somebody uses is never filled with invented records."""


@dataclass(frozen=True)
class Size:
    """How large the partnership is."""

    actions: int = 50_000
    meetings: int = 5_000
    trail_lines: int = 2_000_000
    people: int = 500


def fill(size: Size) -> None:
    """Write the trail, the people, the plan and the meetings; raises `PlanNotEmpty`."""
    from upstream_web.audit import benchmark
    from upstream_web.strategy.models import Strategy

    if Strategy.objects.exists():
        raise PlanNotEmpty("There is a strategy here.", expected="an empty site, made for measuring")
    benchmark.fill(size.trail_lines)
    people = _people(size.people)
    _plan(size.actions, people)
    _meetings(size.meetings)


def _bodies() -> list[Any]:
    from upstream.partnership import open_partnership
    from upstream_web import settings_registry as registry
    from upstream_web.organisations.models import Organisation
    from upstream_web.organisations.operations.organisations import ensure_members

    partnership = open_partnership(registry.text_of("partnership"), data=registry.text_of("data"))
    ensure_members(partnership.config.members, at=NOON)
    return list(Organisation.objects.order_by("key"))


def _people(count: int) -> list[Any]:
    from django.contrib.auth.hashers import make_password

    from upstream_web.access.models import Grant, User

    bodies, nobody_signs_in = _bodies(), make_password(None)
    users = [
        User(username=f"person{n}@example.org", name=f"Person {n}", made_at=NOON, password=nobody_signs_in)
        for n in range(count)
    ]
    made = User.objects.bulk_create(users)
    Grant.objects.bulk_create(
        Grant(
            user=user, role="lead", body=bodies[n % len(bodies)].key, starts_on=FIRST_DAY, reason="measuring",
            given_by="benchmark", given_at=NOON,
        )
        for n, user in enumerate(made)
    )  # fmt: skip
    return made


def _commitments() -> list[Any]:
    from upstream_web.strategy.models import Commitment, Priority, Strategy

    strategy = Strategy.objects.create(
        title="Strategy of a large partnership", aim="Less violence.", definition="Home Office", period_from=FIRST_DAY,
        period_until=TODAY + timedelta(days=800), state="published", published_on=FIRST_DAY, published_by="benchmark",
        **STAMP,
    )  # fmt: skip
    priorities = Priority.objects.bulk_create(
        Priority(strategy=strategy, number=n + 1, title=f"Priority {n + 1}", meaning="Invented.", **STAMP)
        for n in range(PRIORITIES)
    )
    return Commitment.objects.bulk_create(
        Commitment(priority=priority, number=n + 1, words=f"{VERBS[n % 10]} what helps.", **STAMP)
        for priority in priorities
        for n in range(COMMITMENTS)
    )


def _state(n: int, due_on: date) -> dict[str, Any]:
    """Most of what was due is done; of the rest some is under way, some blocked, some late."""
    if due_on < TODAY and n % 25:
        return {"state": "done", "done_on": min(due_on + timedelta(days=n % 40 - 20), TODAY), "percent": 100}
    if n % 17 == 0:
        return {"state": "blocked", "blocked_on": TODAY - timedelta(days=n % 60), "blocked_by": "Waits for money"}
    return {"state": "under_way", "percent": n % 90} if n % 3 else {"state": "not_started"}


def _actions(count: int, people: list[Any]) -> Iterator[Any]:
    from upstream_web.strategy.models import Action

    commitments, bodies = _commitments(), _bodies()
    for n in range(count):
        due_on = FIRST_DAY + timedelta(days=n * (DAYS + 400) // count)
        yield Action(
            number=n + 1, title=f"{VERBS[n % 10]} {THINGS[n % 12]} in ward {n % 211}",
            lead_body=bodies[n % len(bodies)],
            what="Invented, to measure with.", commitment=commitments[n % len(commitments)],
            lead=people[n % len(people)], lead_role="Head of service", starts_on=due_on - timedelta(days=200),
            due_on=due_on, baseline_due_on=due_on - timedelta(days=n % 3 * 30), cost_planned=n % 500 * 100,
            **_state(n, due_on), **STAMP,
        )  # fmt: skip


def _plan(count: int, people: list[Any]) -> None:
    from upstream_web.strategy.models import Action, ProgressNote
    from upstream_web.strategy.operations import standings

    Action.objects.bulk_create(_actions(count, people), batch_size=AT_ONCE)
    ProgressNote.objects.bulk_create(
        (
            ProgressNote(
                action_id=key, noted_on=TODAY - timedelta(days=key % 90), period_from=TODAY - timedelta(days=120),
                period_until=TODAY - timedelta(days=key % 90), done="Went on.", percent=50, confidence="high", **STAMP,
            )
            for key in Action.objects.exclude(state="not_started").values_list("pk", flat=True)
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip
    standings.work_out(list(Action.objects.values_list("pk", flat=True)), at=NOON)


def _meetings(count: int) -> None:
    from upstream_web.governance.models import Board, Meeting

    boards = Board.objects.bulk_create(
        Board(name=f"Board {n + 1}", purpose="Invented, to measure with.", **STAMP) for n in range(BOARDS)
    )
    Meeting.objects.bulk_create(
        (
            Meeting(
                board=boards[n % BOARDS], number=n // BOARDS + 1, held_on=FIRST_DAY + timedelta(days=n * DAYS // count),
                state="approved", called_on=FIRST_DAY + timedelta(days=n * DAYS // count - 7), **STAMP,
            )
            for n in range(count)
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip


def main() -> None:
    """Fill the site that the environment names: actions, meetings, lines of the trail, people."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstream_web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    fill(Size(*(int(given) for given in sys.argv[1:])))


if __name__ == "__main__":
    main()
