"""Entry of the command: parse, call one command, turn failures into one line and an exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from upstream import __version__
from upstream.exceptions import ExitCode, UpstreamFailure
from upstream_cli.commands import COMMANDS
from upstream_cli.output import Output

INTERRUPTED = 130
EPILOGUE = """\
Exit codes: 0 done, 1 failed, 2 wrong use, 3 input refused with its faults listed.
Every command explains itself: upstream COMMAND --help.
"""


def shared_options(*, default: object) -> argparse.ArgumentParser:
    """Options that may stand before or after the command's name."""
    shared = argparse.ArgumentParser(add_help=False)
    places = shared.add_argument_group("where, and how to answer")
    places.add_argument(
        "--partnership",
        metavar="FOLDER",
        type=Path,
        default=default,
        help="the partnership's folder (default: the worked example, or UPSTREAM_PARTNERSHIP)",
    )
    places.add_argument(
        "--data",
        metavar="FOLDER",
        type=Path,
        default=default,
        help="where accumulated data are kept (default: var, or UPSTREAM_DATA)",
    )
    places.add_argument("--json", action="store_true", default=default, help="answer with one JSON document")
    return shared


def build_parser() -> argparse.ArgumentParser:
    """Make the parser from the list of commands; the reference page is printed from the same parser."""
    parser = argparse.ArgumentParser(
        prog="upstream",
        description="The shared workbench of a violence reduction partnership.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[shared_options(default=None)],
    )
    parser.add_argument("--version", action="version", version=f"upstream {__version__}")
    parsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        child = parsers.add_parser(
            command.NAME,
            help=command.SUMMARY,
            description=command.DESCRIPTION,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            parents=[shared_options(default=argparse.SUPPRESS)],
        )
        command.add_arguments(child)
        child.set_defaults(execute=command.execute)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code; a failure that a person can act on never shows a traceback."""
    given = build_parser().parse_args(arguments)
    output = Output(as_json=bool(given.json))
    try:
        return int(given.execute(given, output))
    except UpstreamFailure as failure:
        output.failure(failure)
        return int(failure.exit_code)
    except KeyboardInterrupt:
        output.note("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # The reader of a pipe has gone; there is nobody left to tell.
        return int(ExitCode.DONE)
