"""`upstream fetch police`: collect months from the police.uk archive."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from upstream.exceptions import ExitCode
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

NAME = "fetch"
SUMMARY = "collect open data over the internet"
DESCRIPTION = """\
Collect monthly files from the police.uk archive, for machines that have internet. Nothing is landed: the files
are put into a folder, ready for `upstream load`.
"""


def month(text: str) -> date:
    """Read a month such as 2025-03."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a month; write it as 2025-03") from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("what", choices=["police"], help="what to collect")
    parser.add_argument("--force", metavar="NAME", help="force as in the archive's file names, such as cleveland")
    parser.add_argument("--from", dest="first", metavar="YYYY-MM", type=month, required=True, help="first month")
    parser.add_argument("--until", dest="last", metavar="YYYY-MM", type=month, required=True, help="last month")
    parser.add_argument("--to", metavar="FOLDER", type=Path, help="where to put the files")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Collect the months and list the files."""
    raise SystemExit(chosen_partnership(arguments))
