"""`upstream run`: prepare the partnership if needed and serve the workbench."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from upstream.exceptions import ExitCode
from upstream_cli.clock import now
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

if TYPE_CHECKING:
    from upstream_web.serving import PreparedSite

NAME = "run"
SUMMARY = "prepare the partnership if needed, serve the workbench"
DESCRIPTION = """\
Load the open data that come with the partnership and make a build, when that has not been done; then serve the
workbench until it is stopped with Ctrl-C. When the port is in use, the next free one is taken and printed.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--host", metavar="ADDRESS", help="address to listen on (default: 127.0.0.1, or UPSTREAM_HOST)")
    parser.add_argument("--port", metavar="N", type=int, help="first port to try (default: 8000, or UPSTREAM_PORT)")
    parser.add_argument("--workers", metavar="N", type=int, help="server processes (default: by the processors)")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Prepare data and records, say where the workbench is and how to sign in, and serve it."""
    from upstream import store
    from upstream_web import serving

    partnership = chosen_partnership(arguments)
    with output.progress("Preparing") as progress:
        store.prepare(partnership, at=now(), progress=progress)
        progress("records and styles")
        site = serving.prepare_site(partnership, at=now())
    serving.serve(
        arguments.host, arguments.port, workers=arguments.workers, announce=lambda address: tell(address, site, output)
    )
    return ExitCode.DONE


def tell(address: str, site: PreparedSite, output: Output) -> None:
    """Say where the workbench is, and for a worked example how to sign in."""
    output.line(f"\nThe workbench of {site.partnership.config.name} is at {address}")
    if site.example:
        output.line(f"Sign in as {', '.join(site.example.usernames)}")
        output.line(f"with the password {site.example.password} (kept in {site.example.kept_in})")
    else:
        output.line("People who may sign in: `upstream users`.")
    output.line("Stop it with Ctrl-C.")
    signing_in = {"usernames": site.example.usernames, "password": site.example.password} if site.example else None
    output.document({"address": address, "sign_in": signing_in})
    output.flush()
