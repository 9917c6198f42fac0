"""`upstream new`: start another partnership's folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from upstream.exceptions import ExitCode
from upstream_cli.output import Output

NAME = "new"
SUMMARY = "start another partnership's folder"
DESCRIPTION = """\
Make a folder with a partnership.toml to fill in, and say what to do next. Nothing that exists is overwritten.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("name", metavar="NAME", help="short name in lower case, such as cleveland")
    parser.add_argument("--to", metavar="FOLDER", type=Path, help="where to make it (default: partnerships/NAME)")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Make the folder and say where it is."""
    from upstream import geography

    folder = geography.start_partnership(arguments.name, arguments.to or Path("partnerships") / arguments.name)
    output.line(f"Made {folder}.")
    output.line(f"Next: fill in {folder}/partnership.toml, then follow docs/how-to/start-a-partnership.md.")
    output.document({"folder": folder})
    return ExitCode.DONE
