"""Many who write at once: no line lost, no number left out, and the trail whole."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, connections, transaction

from upstream_web.audit import verification
from upstream_web.audit.models import Event, Head
from upstream_web.audit.operations import events
from upstream_web.core.acts import declare

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
WRITERS = 50
EACH = 6
declare("written at once in tests")


def write_and_sometimes_fail(number: int, failures: list[BaseException]) -> None:
    """Write lines in transactions of their own; every third one is taken back."""
    try:
        for place in range(EACH):
            try:
                with transaction.atomic():
                    events.record("written at once in tests", by=f"person{number}", at=AT, about=f"{number}-{place}")
                    if place % 3 == 2:
                        raise ArithmeticError("taken back")
            except ArithmeticError:
                continue
    except BaseException as failure:
        failures.append(failure)
    finally:
        connections.close_all()


@pytest.mark.slow
@pytest.mark.skipif(getattr(connection, "is_in_memory_db", bool)(), reason="a database in memory has one connection")
def test_fifty_who_write_at_once_leave_a_whole_trail(transactional_db):
    failures: list[BaseException] = []
    threads = [threading.Thread(target=write_and_sometimes_fail, args=(n, failures)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = WRITERS * EACH * 2 // 3
    assert failures == []
    assert list(Event.objects.values_list("chain", flat=True)) == list(range(1, kept + 1))
    assert Head.objects.get().number == kept
    assert verification.verify().is_whole
    assert len(set(Event.objects.values_list("about", flat=True))) == kept
