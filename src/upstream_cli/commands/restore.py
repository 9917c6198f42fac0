"""`upstream restore`: bring a backup back."""

from __future__ import annotations

import argparse
from pathlib import Path

from upstream.exceptions import ExitCode
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

NAME = "restore"
SUMMARY = "bring a backup back, verified by hash"
DESCRIPTION = """\
Unpack an archive made by `upstream backup` into the data folder, after checking every file against its hash.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="archive to bring back")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Verify and unpack the archive."""
    from upstream import store

    partnership = chosen_partnership(arguments)
    with output.progress("Restoring") as progress:
        store.restore(partnership, arguments.file, progress=progress)
    output.line(f"{partnership.data.root} is as it was in {arguments.file}.")
    output.document({"file": arguments.file, "folder": partnership.data.root})
    return ExitCode.DONE
