"""`upstream feeds`: what feeds there are, when each last came and whether it is healthy."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from upstream.exceptions import ExitCode
from upstream.partnership import Partnership
from upstream_cli.clock import today
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

if TYPE_CHECKING:
    from upstream.store.health import FeedHealth

NAME = "feeds"
SUMMARY = "every feed: contract, last receipt, health"
DESCRIPTION = """\
List the feeds with their state. With the name of one, list its receipts, newest first.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("feed", metavar="FEED", nargs="?", help="one feed, to see its receipts")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Print the health of every feed, or the receipts of one."""
    partnership = chosen_partnership(arguments)
    return print_one(partnership, arguments.feed, output) if arguments.feed else print_all(partnership, output)


COLUMNS = ("feed", "what it is", "state", "held", "gaps", "receipts", "rows", "due")


def print_all(partnership: Partnership, output: Output) -> ExitCode:
    """Print one line a feed."""
    from upstream.store.health import feed_health

    health = feed_health(partnership, today=today())
    output.table(COLUMNS, [line(feed) for feed in health], right=("gaps", "receipts", "rows"))
    output.document([summary(feed) for feed in health])
    return ExitCode.DONE


def line(health: FeedHealth) -> tuple[object, ...]:
    """Give a feed's line of the table; `gaps` counts periods that are missing between held ones."""
    span = f"{health.first_held} to {health.last_held}" if health.first_held else ""
    numbers = (len(health.missing), health.receipts, f"{health.rows:,}")
    return (health.feed, health.source.title, health.state, span, *numbers, health.due_on)


def summary(health: FeedHealth) -> dict[str, object]:
    """Give what a program wants to know of a feed."""
    return {
        "feed": health.feed,
        "title": health.source.title,
        "state": health.state,
        "first_held": health.first_held,
        "last_held": health.last_held,
        "missing": [{"supplier": supplier, "period": period} for supplier, period in health.missing],
        "receipts": health.receipts,
        "last_receipt": health.last_receipt.id if health.last_receipt else None,
        "rows": health.rows,
        "due_on": health.due_on,
    }


def print_one(partnership: Partnership, feed: str, output: Output) -> ExitCode:
    """Print the receipts of one feed."""
    from upstream import ingestion
    from upstream_cli.receipts import print_receipts

    print_receipts(ingestion.receipts(partnership, feed), output)
    return ExitCode.DONE
