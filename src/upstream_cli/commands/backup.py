"""`upstream backup`: one file that holds everything the partnership has accumulated."""

from __future__ import annotations

import argparse
from pathlib import Path

from upstream.exceptions import ExitCode
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

NAME = "backup"
SUMMARY = "write everything accumulated into one file"
DESCRIPTION = """\
Write the data folder into one archive, with a hash of every file so that a restore can be verified. The archive
holds whatever the data folder holds, so keep it as safely as the folder itself.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="archive to write, such as upstream-2026-11-20.tar")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Write the archive and say how large it is."""
    from upstream import store

    with output.progress("Backing up") as progress:
        store.backup(chosen_partnership(arguments), arguments.file, progress=progress)
    size = arguments.file.stat().st_size
    output.line(f"Wrote {arguments.file} ({size / 1e6:,.1f} MB).")
    output.document({"file": arguments.file, "bytes": size})
    return ExitCode.DONE
