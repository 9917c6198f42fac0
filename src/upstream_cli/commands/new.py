"""`upstream new`: start another partnership's folder."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from upstream.exceptions import ExitCode
from upstream_cli.output import Output

NAME = "new"
SUMMARY = "start another partnership's folder"
DESCRIPTION = """\
Make a folder for the area of a police force: its partnership.toml with districts, region, neighbours and similar
districts filled in, and a folder for each feed. Nothing that exists is overwritten.

  upstream new cleveland
  upstream new "Safer Teesside" --force cleveland --to /srv/teesside
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("name", metavar="NAME", help="the partnership's name, such as cleveland")
    parser.add_argument("--force", metavar="NAME", default="", help="the police force, when the name does not say it")
    parser.add_argument("--to", metavar="FOLDER", type=Path, help="where to make it (default: partnerships/NAME)")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Make the folder and say where it is."""
    from upstream import geography

    folder = geography.start_partnership(
        arguments.name, arguments.to or Path("partnerships") / folder_name(arguments.name), force=arguments.force
    )
    output.line(f"Made {folder}.")
    output.line(f"Next: look through {folder}/partnership.toml and put files into the folders of {folder}/open_data.")
    output.line(f"Then: upstream run --partnership {folder}")
    output.document({"folder": folder})
    return ExitCode.DONE


def folder_name(name: str) -> str:
    """Make a folder's name of a partnership's: lower case, words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "partnership"
