"""Measures how fast a long trail is checked: `python -m upstream_web.audit.benchmark LINES` prints the figures as JSON.

It fills the trail of the site that the environment names, made for measuring, past the models and in one go.
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
    """Write so many invented lines behind those that are there, with a chain that holds."""
    from django.db import connection, transaction

    from upstream_web.audit import guard
    from upstream_web.audit.chain import COLUMNS
    from upstream_web.audit.operations.events import keep_head, lock_head

    names = (*COLUMNS, "hash")
    with transaction.atomic(), connection.cursor() as cursor:
        head = lock_head()
        guard.lift(connection)
        indexes = _indexes(connection)
        for name in indexes:
            cursor.execute(f"DROP INDEX {name}")
        rows = _sealed_rows(count, head)
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY audit_event ({', '.join(names)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            insert = f"INSERT INTO audit_event ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
            while batch := list(islice(rows, BATCH)):
                cursor.executemany(insert, batch)
        for made_again in indexes.values():
            cursor.execute(made_again)
        guard.put(connection)
        keep_head(head)


def _indexes(connection: Any) -> dict[str, str]:
    """Give the statements that make the indexes of the trail: once, behind all lines, is many times as fast."""
    from upstream_web.audit.models import Event

    editor = connection.schema_editor()
    return {index.name: str(index.create_sql(Event, editor)) for index in Event._meta.indexes}


def _sealed_rows(count: int, head: Any) -> Iterator[tuple[Any, ...]]:
    """Seal invented lines one behind the other, as columns of the table; the head moves along."""
    from django.db import connection

    from upstream_web.audit.chain import COLUMNS, SEPARATOR, facts_as_text, get_seal, moment_as_text

    seal, written = get_seal(), {id(detail): facts_as_text(detail) for *_, detail in ACTS}
    for line in invented_lines(count):
        head.number += 1
        line |= {"chain": head.number, "detail": written[id(line["detail"])], "before": head.hash}
        moment = line["at"]
        line["at"] = moment_as_text(moment)
        row = [line[name] for name in COLUMNS]
        head.hash = seal.of(SEPARATOR.join(map(str, row)).encode())
        row[1] = connection.ops.adapt_datetimefield_value(moment)
        yield (*row, head.hash)


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
