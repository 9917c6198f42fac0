"""`upstream check`: validate files without landing anything."""

from __future__ import annotations

import argparse
from pathlib import Path

from upstream.exceptions import ExitCode
from upstream_cli.clock import now
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

NAME = "check"
SUMMARY = "validate files without loading them"
DESCRIPTION = """\
Read files against a feed's contract and list every fault by row and reason. Nothing is landed.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("feed", metavar="FEED", help="name of the feed; `upstream feeds` lists them")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="files to check")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Check each file and print what was found."""
    from upstream import ingestion
    from upstream_cli.receipts import print_receipts

    partnership = chosen_partnership(arguments)
    with output.progress("Checking") as progress:
        checked = []
        for path in arguments.files:
            progress(path.name)
            checked.append(ingestion.check_file(partnership, arguments.feed, path, at=now()))
    return print_receipts(checked, output)
