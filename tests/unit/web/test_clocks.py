"""Clocks that are started from the days of a record."""

from __future__ import annotations

from datetime import date

from upstream.clocks import State, load_rules, stand


def test_what_was_done_before_its_clock_began_was_done_in_time(monkeypatch):
    from upstream_web.core import clocks

    monkeypatch.setattr(clocks, "rules", load_rules)
    asked, replied = date(2026, 11, 9), date(2026, 11, 2)
    clock = clocks.started("consultation_reply", at=asked, stopped=replied)
    assert stand(clock, at=date(2026, 11, 20)).state is State.MET
    assert clocks.started("consultation_reply", at=asked).stopped is None
