"""`upstream work`: run background jobs without a server."""

from __future__ import annotations

import argparse

from upstream.exceptions import ExitCode
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

NAME = "work"
SUMMARY = "run background jobs"
DESCRIPTION = """\
Do the work that pages have queued, such as making an assessment, until stopped. `upstream run` has a worker of its
own; more of them, also on other machines with the same PostgreSQL and data folder, share the work.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Work until stopped."""
    from upstream_web import serving, worker

    serving.open_site(chosen_partnership(arguments))
    output.note("Waiting for work. Stop it with Ctrl-C.")
    return ExitCode(worker.main())
