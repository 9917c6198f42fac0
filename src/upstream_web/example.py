"""The records of the worked example: each part loads its own, in an order in which links find both ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

from django.db import transaction
from django.utils import timezone

LOADERS = (
    "upstream_web.strategy.example",
    "upstream_web.governance.example",
    "upstream_web.awareness.example",
    "upstream_web.performance.example",  # its quarters freeze how time was kept and how many were trained
    "upstream_web.inspections.example",
    "upstream_web.duty.example",
    "upstream_web.commissioning.example",
    "upstream_web.reviews.example",
    "upstream_web.panel_updates.example",
)
BY = "set-up"
UNREAD_FOR = timedelta(days=14)  # what was told in the last fortnight is still to be read


def load_example(partnership_folder: Path, *, at: datetime) -> None:
    """Load what the partnership's folder holds under `records`; a part that has records already is left alone.

    A part's `example.py` has `load(folder, by=…, at=…)`, which takes that folder and writes through its operations.
    All parts are loaded or none, so that a first start that was stopped half-way leaves no half of one behind.
    """
    with transaction.atomic():
        if sum(import_module(name).load(partnership_folder / "records", by=BY, at=at) for name in LOADERS):
            catch_up_on_notices(until=at - UNREAD_FOR, at=at)


def catch_up_on_notices(*, until: datetime, at: datetime) -> None:
    """Remind everybody of what waited for them at a moment, and take all they were told until then as read.

    The records of the example go back years and their people are new: without this the first morning would tell
    them at once of everything that ever became theirs, and of all that is late.
    """
    from upstream_web.records import reminding
    from upstream_web.records.operations import notices

    for waiting in reminding.waiting_by_person(timezone.localdate(until)):
        notices.remind(waiting=waiting, by=BY, at=until)
    notices.read_earlier(until=until, by=BY, at=at)
