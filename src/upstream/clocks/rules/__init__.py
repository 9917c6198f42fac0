"""Rules of clocks: one TOML a subject says how long something may take, counted how, and on whose word."""

from upstream.clocks.rules.reader import ClockRuleIncomplete, UnknownClock, get_rule, load_rules
from upstream.clocks.rules.rule import Basis, ClockRule, LandsOn, Unit

__all__ = ["Basis", "ClockRule", "ClockRuleIncomplete", "LandsOn", "Unit", "UnknownClock", "get_rule", "load_rules"]
