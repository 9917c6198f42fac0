"""`upstream restore`: bring a backup back."""

from __future__ import annotations

import argparse
from pathlib import Path

from upstream.exceptions import ExitCode
from upstream.partnership import open_partnership
from upstream_cli.output import Output

NAME = "restore"
SUMMARY = "bring a backup back, verified by hash"
DESCRIPTION = """\
Unpack an archive made by `upstream backup` into the data folder, after proving every file by its hash. Until all is
proved nothing is touched. The next `upstream run` or `upstream build` makes the build again.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="archive to bring back")
    parser.add_argument("--replace", action="store_true", help="put it in place of the data that are there")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Verify and unpack the archive."""
    from upstream import store

    partnership = open_partnership(arguments.partnership, data=arguments.data)
    with output.progress("Restoring") as progress:
        progress("unpacking and proving")
        restored = store.restore(partnership, arguments.file, replace=arguments.replace)
    output.line(f"{partnership.data.root} is as it was in {arguments.file}.")
    output.document(restored)
    return ExitCode.DONE
