"""`upstream build`: make a new build and swap it in."""

from __future__ import annotations

import argparse

from upstream.exceptions import ExitCode
from upstream.partnership import Partnership
from upstream_cli.clock import now
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

NAME = "build"
SUMMARY = "make and swap in a new build; prints its identifier"
DESCRIPTION = """\
Load the open data of the partnership's folder that are not yet held, make a new build beside the one in use and
swap it in. Readers are not disturbed; if it fails, the old one stays.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--list", action="store_true", help="list the builds kept instead of making one")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Make a build, or list those kept."""
    from upstream import ingestion, store

    partnership = chosen_partnership(arguments)
    if arguments.list:
        return list_builds(partnership, output)
    with output.progress("Building") as progress:
        ingestion.load_open_data(partnership, at=now(), progress=progress)
        build = store.make_build(partnership, at=now(), progress=progress)
    output.line(build.id)
    output.document({"id": build.id, "path": build.path, "built_at": build.built_at})
    return ExitCode.DONE


def list_builds(partnership: Partnership, output: Output) -> ExitCode:
    """Print the builds kept, newest first."""
    from upstream import store

    builds = store.list_builds(partnership)
    rows = [(build.id, f"{build.built_at:%Y-%m-%d %H:%M}", build.software_version) for build in builds]
    output.table(("build", "made at (UTC)", "software"), rows)
    output.document([{"id": b.id, "path": b.path, "built_at": b.built_at} for b in builds])
    return ExitCode.DONE
