"""`upstream clocks`: the time limits in force, and how a last day is counted."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from upstream.exceptions import ExitCode, WrongUse
from upstream_cli.clock import now, today
from upstream_cli.days import a_day
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership
from upstream_cli.records import open_records

if TYPE_CHECKING:
    from upstream.clocks import Clock, ClockRule, CountedDay
    from upstream_web.records.kept_time import Kept

NAME = "clocks"
SUMMARY = "time limits: every rule with its source, and how a last day is counted"
DESCRIPTION = """\
Without a name: list every rule, ours and the partnership's own. With one: say how it counts and on whose word. With
a start too: the last day, and how it was counted day by day. Rules in hours need a moment; without a zone it is taken
as the time in the United Kingdom.

With --kept: how often time was kept by the records of the workbench, rule by rule, where it fell due from --since to
--until; the last twelve months unless told otherwise.

  upstream clocks inspection_response --start 2025-11-20
  upstream clocks return_home_interview --start 2026-03-27T12:00
  upstream clocks --kept --since 2026-04-01 --until 2026-06-30
"""
SHOWN_AT_EACH_END = 3


def a_day_or_moment(text: str) -> date | datetime:
    """Read a day such as 2025-11-20, or a moment such as 2025-11-20T14:30."""
    from upstream.clocks.counting import LONDON

    try:
        if len(text) <= len("2025-11-20"):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is neither 2025-11-20 nor 2025-11-20T14:30") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="one rule; leave out to list all")
    parser.add_argument(
        "--start", metavar="WHEN", type=a_day_or_moment, help="when it starts, such as 2025-11-20 or 2025-11-20T14:30"
    )
    parser.add_argument("--kept", action="store_true", help="say how often time was kept, from the records")
    parser.add_argument("--since", metavar="DATE", type=a_day, help="--kept: fell due from this day on")
    parser.add_argument("--until", metavar="DATE", type=a_day, help="--kept: fell due until this day")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """List the rules, describe one, or count one from a day."""
    from upstream.clocks import get_rule, load_rules, start

    partnership = chosen_partnership(arguments)
    rules = load_rules(partnership.folder, bank_holidays=partnership.config.bank_holidays)
    rule = None if arguments.name is None else get_rule(rules, arguments.name)
    if arguments.kept:
        return kept(arguments, output)
    if arguments.since or arguments.until:
        raise WrongUse("--since and --until count what the records kept.", do="Add --kept.")
    if rule is None:
        return list_all(list(rules.values()), output)
    if arguments.start is None:
        return describe(rule, output)
    return count(start(rule, at=arguments.start), output)


def kept(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Print for each rule at work how many clocks fell due in a period, were met, and run or are late now."""
    on = today()
    until = arguments.until or on
    since = arguments.since or until - timedelta(days=364)
    if since > until:
        raise WrongUse(f"The period begins on {since} and ends on {until}.", expected="A first day before the last.")
    open_records(chosen_partnership(arguments))
    from upstream_web.records import kept_time

    clocks = kept_time.timed(None, min(since, on) - kept_time.LOOKS_BACK)
    found = kept_time.kept_by_rule(clocks, kept_time.open_lines(clocks, on), since, until, on)
    names = [arguments.name] if arguments.name else [each.rule.name for each in found]
    told = [each for each in found if each.rule.name in names]
    heads = ("clock", "fell due", "in time", "running", "late now", f"kept, {since} to {until}")
    output.table(heads, [kept_line(each) for each in told])
    if not told:
        output.line("No record is under this time limit yet." if names else "No record is under a time limit yet.")
    output.document([{"clock": each.rule.name, "since": since, "until": until, "running": each.running,
                      "late_now": each.late_now, **asdict(each.result)} for each in told])  # fmt: skip
    return ExitCode.DONE


def kept_line(each: Kept) -> tuple[str, ...]:
    """Give a rule's line of the table."""
    found = each.result
    counts = (found.counted, found.met, each.running, each.late_now)
    return (each.rule.name, *(str(number) for number in counts), found.words)


def list_all(rules: list[ClockRule], output: Output) -> ExitCode:
    """Print one line a rule."""
    output.table(("clock", "title", "limit", "basis", "source"), [line(rule) for rule in rules])
    output.document([summary(rule) for rule in rules])
    return ExitCode.DONE


def line(rule: ClockRule) -> tuple[str, ...]:
    """Give a rule's line of the table."""
    return (rule.name, rule.title, rule.limit, rule.basis.value, rule.source)


def summary(rule: ClockRule) -> dict[str, object]:
    """Give what a program wants to know of a rule."""
    own = ("name", "title", "subject", "basis", "why", "source", "length", "earliest_length", "unit", "inclusive")
    more = ("backwards", "recurs", "lands_on", "starts", "stops", "pauses", "remind", "escalate_to", "escalate_after")
    said = {"limit": rule.limit, "sentence": rule.sentence, "calendar": rule.calendar.division}
    return {name: getattr(rule, name) for name in (*own, *more)} | said


def describe(rule: ClockRule, output: Output) -> ExitCode:
    """Print how one rule counts, and why."""
    output.line(rule.title)
    output.line(rule.sentence)
    output.line(f"Stopped by {rule.stops}.")
    output.line(f"May be paused: {', '.join(rule.pauses)}." if rule.pauses else "Cannot be paused.")
    output.line(f"{rule.why} ({rule.source})")
    output.document(summary(rule))
    return ExitCode.DONE


def count(clock: Clock, output: Output) -> ExitCode:
    """Print the last day of a clock and the days that were counted to it."""
    from upstream.clocks import counted_days, stand

    seen = stand(clock, at=now())
    days = counted_days(clock)
    output.line(f"{clock.rule.title}: {seen.last_day[0].lower()}{seen.last_day[1:]}.")
    output.line(clock.rule.sentence)
    output.table(("day", "counted", ""), [written(day) for day in shortened(days)])
    calendar = clock.rule.calendar.source if clock.rule.counts_working_days else None
    if calendar:
        output.line(calendar)
    output.document(
        {
            "clock": clock.rule.name,
            "started": clock.started,
            "due_on": clock.due_on,
            "due_at": clock.due_at,
            "earliest_on": clock.earliest_on,
            "words": seen.words,
            "calendar": calendar,
            "days": days,
        }
    )
    return ExitCode.DONE


def written(day: CountedDay | None) -> tuple[str, str, str]:
    """Give a counted day's line; days left out are three dots."""
    if day is None:
        return ("…", "", "")
    return (f"{day.day:%a %d %b %Y}", "" if day.number is None else str(day.number), day.note)


def shortened(days: tuple[CountedDay, ...]) -> list[CountedDay | None]:
    """Keep the first and last few days and those between that are closed for another reason than a weekend."""
    kept: list[CountedDay | None] = []
    for place, day in enumerate(days):
        at_an_end = place < SHOWN_AT_EACH_END or place >= len(days) - SHOWN_AT_EACH_END
        if at_an_end or day.note not in ("", "weekend"):
            kept.append(day)
        elif kept[-1] is not None:
            kept.append(None)
    return kept
