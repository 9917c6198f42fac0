"""Records grown for measuring: what was copied hangs together, and the trail behind it holds.

The plan has four actions, one of them done; a copy of an earlier year holds the done one only, so that ten copies add
four (of this year) and nine: 13. Thirty actions therefore take 20 copies: 4 + 2 × 13 = 30.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import F
from integration.web.plan_of_two import make_plan

from upstream_web import large_partnership
from upstream_web.access.models import User
from upstream_web.audit.models import Event
from upstream_web.audit.verification import verify
from upstream_web.large_partnership import NotTheExample, Size
from upstream_web.records.models import Comment
from upstream_web.strategy.models import Action, ActionState, Standing


def test_records_grow_to_the_size_that_is_asked(cast):
    make_plan()
    lines, people = Event.objects.count(), User.objects.count()
    large_partnership.fill(Size(actions=30, meetings=0, trail_lines=50, people=2 * people))
    connection.check_constraints()
    assert (Action.objects.count(), Standing.objects.count(), User.objects.count()) == (30, 30, 2 * people)
    assert Action.objects.exclude(state=ActionState.DONE).count() == 3 + 2 * 3
    assert not Standing.objects.exclude(action_version=F("action__version")).exists()
    assert Comment.objects.count() == 30
    assert Event.objects.count() == lines + 50
    assert verify().is_whole


def test_site_that_somebody_uses_is_not_filled(db):
    with pytest.raises(NotTheExample):
        large_partnership.fill(Size())


def test_every_list_is_measured_at_its_last_page_and_every_page_beside_them(db):
    from django.urls import reverse

    from upstream_web.records.register import registers

    found = large_partnership.addresses()
    assert {register.address() for register in registers()} <= set(found)
    beside = ("today", "notice-list", "action-board", "action-timeline", "trail-list")
    assert {reverse(name) for name in beside} <= set(found)
    assert not [address for address in found if "sign-" in address]
