"""The rules of the one clock engine as this partnership has them, read once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.conf import settings

from upstream.clocks import ClockRule, get_rule, load_rules, start
from upstream_web.core.workbench import get_partnership


@lru_cache(maxsize=4)
def _rules(folder: str) -> dict[str, ClockRule]:
    """Read the rules once: a list of consultations asks for them on every line."""
    partnership = get_partnership()
    return dict(load_rules(partnership.folder, bank_holidays=partnership.config.bank_holidays))


def rule(name: str) -> ClockRule:
    """Give a rule as this partnership has it."""
    return get_rule(_rules(str(settings.PARTNERSHIP_FOLDER)), name)


def due_on(name: str, begins: date) -> date:
    """Give the last day of a clock that begins on a day."""
    return start(rule(name), at=begins).due_on
