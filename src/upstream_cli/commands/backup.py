"""`upstream backup`: one file that holds everything the partnership has accumulated."""

from __future__ import annotations

import argparse
from pathlib import Path

from upstream.exceptions import ExitCode, WrongUse
from upstream_cli.clock import now
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

NAME = "backup"
SUMMARY = "write everything accumulated into one file"
DESCRIPTION = """\
Write the data folder into one archive, with a hash of every file so that a restore can be verified. Builds and
drawings are left out: they are made again. Keep the archive as safely as the folder itself.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="archive to write, such as upstream-2026-11-20.tar.gz")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Write the archive and say how large it is."""
    from upstream import store

    if arguments.file.exists():
        raise WrongUse(f"{arguments.file} exists already.", do="Choose another name; a backup is never overwritten.")
    with output.progress("Backing up") as progress:
        progress("copying and hashing")
        made = store.backup(chosen_partnership(arguments), arguments.file, at=now())
    output.line(f"Wrote {arguments.file} ({arguments.file.stat().st_size / 1e6:,.1f} MB).")
    output.document(made)
    return ExitCode.DONE
