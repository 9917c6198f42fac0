"""The page about the clocks."""

from __future__ import annotations

from itertools import groupby

from upstream.clocks import ClockRule, load_rules
from upstream.partnership import Partnership
from upstream_cli.reference.markdown import anchor, code, opening, table

INTRODUCTION = """\
A clock is a time limit with its rule: how long, counted how, from what to what, and on whose word. *Law* binds;
*guidance* is what a body with authority expects; *agreed locally* is a default of this software, which a partnership
changes in `clocks/` of its folder: see [how to add a clock](../how-to/add-a-clock.md). To see how a last day is
counted:

```
upstream clocks NAME --start 2025-11-20
```

Days are days in the United Kingdom; an hour is an hour, also when the clocks change. A month ends on the day of the
later month that bears the same number, and on its last day where it has none. Reminders and lateness are counted in
what the rule counts: hours, working days, or else days.
"""


def page(partnership: Partnership) -> str:
    """Write the page from the rules in force, by subject."""
    rules = load_rules(partnership.folder, bank_holidays=partnership.config.bank_holidays)
    ordered = sorted(rules.values(), key=lambda rule: rule.subject)
    contents = table(
        ("clock", "limit", "basis"),
        ((f"[{r.title}](#{anchor(r.title)}) {code(r.name)}", r.limit, r.basis.value) for r in ordered),
    )
    subjects = [
        "\n".join([f"## {subject.replace('_', ' ').capitalize()}\n", *(section(rule) for rule in members)])
        for subject, members in groupby(ordered, key=lambda rule: rule.subject)
    ]
    return "\n".join([opening("Clocks", INTRODUCTION), f"{len(rules)} rules.\n", contents, *subjects])


def section(rule: ClockRule) -> str:
    """Write one rule as its authors wrote it down."""
    facts = [
        ("name", code(rule.name)),
        ("counted", rule.sentence),
        ("stopped by", rule.stops),
        ("may be paused", "; ".join(rule.pauses) or "no"),
        ("basis", rule.basis.value),
        ("source", rule.source),
        ("reminders before the end", ", ".join(rule.counted_in.of(number) for number in rule.remind)),
        ("taken to", f"{rule.escalate_to}, {rule.counted_in.of(rule.escalate_after)} late" if rule.escalate_to else ""),
        ("bank holidays", rule.calendar.division if rule.counts_working_days else ""),
    ]
    return f"### {rule.title}\n\n{rule.why}\n\n{table(('', ''), (fact for fact in facts if fact[1]))}"
