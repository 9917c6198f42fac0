"""`upstream feeds`: what feeds there are, when each last came and whether it is healthy."""

from __future__ import annotations

import argparse

from upstream.exceptions import ExitCode
from upstream.partnership import Partnership
from upstream_cli.clock import today
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

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


def print_all(partnership: Partnership, output: Output) -> ExitCode:
    """Print one line a feed."""
    from upstream import store

    health = store.feed_health(partnership, today=today())
    output.document(health)
    return ExitCode.DONE


def print_one(partnership: Partnership, feed: str, output: Output) -> ExitCode:
    """Print the receipts of one feed."""
    from upstream import ingestion
    from upstream_cli.receipts import print_receipts

    print_receipts(ingestion.receipts(partnership, feed), output)
    return ExitCode.DONE
