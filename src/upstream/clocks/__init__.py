"""The one clock engine: rules as data, last days, pauses, what to say of them, reminders, and how often time was kept.

>>> from datetime import date
>>> clock = start(load_rules()["inspection_response"], at=date(2025, 11, 20))
>>> clock.due_on
datetime.date(2026, 1, 14)
>>> stand(clock, at=date(2026, 1, 8)).words
'Due in 6 days'
"""

from upstream.clocks.calendars import BankHoliday, Calendar, CalendarNotHeld
from upstream.clocks.clock import Clock, ClockImpossible, Pause, start
from upstream.clocks.compliance import Compliance, compliance
from upstream.clocks.counting import MomentUnclear, add_months, local_day
from upstream.clocks.cycles import CycleDate, DoesNotRecur, next_dates
from upstream.clocks.explaining import CountedDay, counted_days
from upstream.clocks.reminders import Reminder, ReminderKind, reminders
from upstream.clocks.rules import (
    Basis,
    ClockRule,
    ClockRuleIncomplete,
    LandsOn,
    Unit,
    UnknownClock,
    get_rule,
    load_rules,
)
from upstream.clocks.saying import say_day
from upstream.clocks.standing import Stand, stand, state_of
from upstream.clocks.state import State

__all__ = [
    "BankHoliday",
    "Basis",
    "Calendar",
    "CalendarNotHeld",
    "Clock",
    "ClockImpossible",
    "ClockRule",
    "ClockRuleIncomplete",
    "Compliance",
    "CountedDay",
    "CycleDate",
    "DoesNotRecur",
    "LandsOn",
    "MomentUnclear",
    "Pause",
    "Reminder",
    "ReminderKind",
    "Stand",
    "State",
    "Unit",
    "UnknownClock",
    "add_months",
    "compliance",
    "counted_days",
    "get_rule",
    "load_rules",
    "local_day",
    "next_dates",
    "reminders",
    "say_day",
    "stand",
    "start",
    "state_of",
]
