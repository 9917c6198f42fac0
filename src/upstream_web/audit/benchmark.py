"""Measures how fast a long trail is checked: `python -m upstream_web.audit.benchmark LINES` prints the figures as JSON.

It fills the trail of the site that the environment names, which must be empty, past the models and in one go.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from upstream.exceptions import WrongUse

BEGUN = datetime(2016, 11, 20, tzinfo=UTC)
SECONDS_BETWEEN = 157  # two million lines in ten years
BATCH = 20_000
ACTS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("action changed", "alteration", "action", {"changed": ["progress", "due_on"], "with": ["notice sent"]}),
    ("recommendation looked at", "consultation", "recommendation", {}),
    ("document downloaded", "disclosure", "board pack", {"file": "board-pack.pdf", "pages": 24}),
    ("risk changed", "alteration", "risk", {"from": "amber", "to": "red"}),
    ("signed in", "access", "", {}),
)


class TrailNotEmpty(WrongUse):
    """A trail that somebody uses is never filled with invented lines."""


def invented_lines(count: int) -> Iterator[dict[str, Any]]:
    """Invent the columns of so many lines, as of a large partnership: 500 people, 50,000 actions, few kinds of act."""
    for number in range(1, count + 1):
        act, act_kind, kind, detail = ACTS[number % 7 % len(ACTS)]
        yield {
            "at": BEGUN + timedelta(seconds=SECONDS_BETWEEN * number, microseconds=number % 1_000_000),
            "actor": f"person{number * 7919 % 500}@example.org",
            "action": act,
            "act_kind": act_kind,
            "kind": kind,
            "about": str(number * 104_729 % 50_000) if kind else "",
            "purpose": "planning and running the partnership",
            "body": "County Council",
            "recipient": "",
            "reason": "",
            "request_id": f"{number * 2_654_435_761 % 2**48:012x}",
            "detail": detail,
        }


def fill(count: int) -> None:
    """Write so many invented lines with a chain that holds; raises `TrailNotEmpty`."""
    from django.db import connection, transaction

    from upstream_web.audit import guard
    from upstream_web.audit.chain import COLUMNS, NOTHING_BEFORE, facts_as_text, get_seal, joined, moment_as_text
    from upstream_web.audit.models import Event, Head
    from upstream_web.audit.models.head import ONLY
    from upstream_web.audit.operations.events import keep_head

    if Event.objects.exists():
        raise TrailNotEmpty("There are lines in the trail.", expected="an empty one, of a site made for measuring")
    seal, before, number, made = get_seal(), NOTHING_BEFORE, 0, invented_lines(count)
    names = (*COLUMNS, "hash")
    insert = f"INSERT INTO audit_event ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
    with transaction.atomic(), connection.cursor() as cursor:
        guard.lift(connection)
        while batch := list(islice(made, BATCH)):
            rows = []
            for line in batch:
                number += 1
                at, detail = line["at"], facts_as_text(line["detail"])
                line |= {"chain": number, "at": moment_as_text(at), "detail": detail, "before": before}
                before = seal.of(joined(line))
                line |= {"at": connection.ops.adapt_datetimefield_value(at), "hash": before}
                rows.append([line[name] for name in names])
            cursor.executemany(insert, rows)
        guard.put(connection)
        keep_head(Head(pk=ONLY, number=number, hash=before))


def bare_select() -> None:
    """Read every line and column and do nothing with them: what no check can be faster than."""
    from django.db import connection

    from upstream_web.audit.chain import COLUMNS

    names = ", ".join((*COLUMNS, "hash"))
    with connection.cursor() as cursor:
        after = 0
        while True:
            cursor.execute(f"SELECT {names} FROM audit_event WHERE chain > %s ORDER BY chain LIMIT %s", [after, BATCH])
            rows = cursor.fetchall()
            if not rows:
                return
            after = rows[-1][0]


def measure(count: int) -> dict[str, float]:
    """Fill the trail, read it barely, check it, and give the seconds that each took and the memory it took."""
    import resource

    from upstream_web.audit import verification

    fill(count)
    found: dict[str, float] = {"lines": count}
    start = time.perf_counter()
    bare_select()
    found["bare_seconds"] = time.perf_counter() - start
    start = time.perf_counter()
    verdict = verification.verify()
    found["verify_seconds"] = time.perf_counter() - start
    found["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if not verdict.is_whole or verdict.lines != count:
        raise AssertionError(verdict.sentence)
    return found


def main() -> None:
    """Measure on the site that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstream_web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    print(json.dumps(measure(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
