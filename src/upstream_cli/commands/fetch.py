"""`upstream fetch police`: collect months from the police.uk archive."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from upstream.exceptions import ExitCode
from upstream.partnership import Partnership
from upstream_cli.clock import now
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

if TYPE_CHECKING:
    from upstream.ingestion.fetch import Fetched

NAME = "fetch"
SUMMARY = "collect open data over the internet"
DESCRIPTION = """\
Collect monthly street, outcome and stop-and-search files of one force from the archive of data.police.uk, for
machines that have internet. Files that are there already are not fetched again. With --load they are landed at once,
each with a receipt.

  upstream fetch police --force cleveland --from 2024-01 --to 2025-12 --load
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
    parser.add_argument("--force", metavar="NAME", help="force as in file names (default: the partnership's own)")
    parser.add_argument("--from", dest="first", metavar="YYYY-MM", type=month, required=True, help="first month")
    parser.add_argument("--to", dest="last", metavar="YYYY-MM", type=month, required=True, help="last month")
    parser.add_argument("--folder", metavar="FOLDER", type=Path, help="where to put the files (default: fetched/)")
    parser.add_argument("--load", action="store_true", help="land the files too")
    parser.add_argument("--archive", metavar="ADDRESS", help="another archive of the same form")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Collect the months, say which the archive lacks, and land the files if asked."""
    from upstream.ingestion.fetch import ARCHIVE, fetch_police

    partnership = chosen_partnership(arguments)
    with output.progress("Fetching") as progress:
        found = fetch_police(
            force=arguments.force or partnership.config.force_slug,
            first=arguments.first,
            last=arguments.last,
            to=arguments.folder or Path("fetched"),
            base_url=arguments.archive or ARCHIVE,
            progress=progress,
        )
    for period, kind in found.missing:
        output.note(f"The archive holds no {kind} file for {period}; that month stays unknown.")
    if arguments.load:
        return land(partnership, found, output)
    for feed, path in found.files:
        output.line(f"{feed}\t{path}")
    output.document(found)
    return ExitCode.DONE


def land(partnership: Partnership, found: Fetched, output: Output) -> ExitCode:
    """Land what was fetched and print the receipts."""
    from upstream import ingestion
    from upstream_cli.receipts import print_receipts

    with output.progress("Loading") as progress:
        receipts = []
        for feed, path in found.files:
            progress(path.name)
            receipts.append(ingestion.load_file(partnership, feed, path, at=now()))
    return print_receipts(receipts, output)
