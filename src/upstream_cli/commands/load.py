"""`upstream load`: land files and print a receipt for each."""

from __future__ import annotations

import argparse
from pathlib import Path

from upstream.exceptions import ExitCode
from upstream_cli.clock import now
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

NAME = "load"
SUMMARY = "land files; prints a receipt a file"
DESCRIPTION = """\
Read files against a feed's contract and land the good rows. Refused rows are kept beside the receipt, so that
they can be sent back to the supplier. The same file a second time changes nothing; newer figures for a period
replace the older ones. Run `upstream build` afterwards to bring what was landed into the figures.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("feed", metavar="FEED", help="name of the feed; `upstream feeds` lists them")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="files to land")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Land each file and print its receipt."""
    from upstream import ingestion
    from upstream_cli.receipts import print_receipts

    partnership = chosen_partnership(arguments)
    with output.progress("Loading") as progress:
        landed = []
        for path in arguments.files:
            progress(path.name)
            landed.append(ingestion.load_file(partnership, arguments.feed, path, at=now(), progress=progress))
    return print_receipts(landed, output)
