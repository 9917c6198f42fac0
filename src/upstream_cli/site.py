"""Opening and serving the site from the command."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from upstream.exceptions import ExitCode
from upstream.partnership import Partnership
from upstream_cli.output import Output


def open_site(partnership: Partnership) -> None:
    """Make Django ready for this partnership, with its records' tables as they should be."""
    os.environ["UPSTREAM_PARTNERSHIP"] = str(partnership.folder.resolve())
    os.environ["UPSTREAM_DATA"] = str(partnership.data.root.parent.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstream_web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def worker_count(asked: int | None) -> int:
    """Give the number of server processes: as asked, else one a processor, at least 2 and at most 8."""
    return asked or min(max(os.cpu_count() or 2, 2), 8)


def listen_at(arguments: argparse.Namespace) -> tuple[str, int]:
    """Give the address and the free port to listen on, from the options or else the settings."""
    from upstream_cli.ports import first_free
    from upstream_web import settings_registry as registry

    host = arguments.host or registry.text_of("host")
    return host, first_free(host, arguments.port or registry.number_of("port"))


def serve(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Say where the workbench is and serve it until stopped."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from upstream_web import settings_registry as registry

    host, port = listen_at(arguments)
    announce(host, port, output)
    Granian(
        "upstream_web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=worker_count(arguments.workers or registry.number_of("workers")),
        blocking_threads=registry.number_of("worker_threads"),
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()
    return ExitCode.DONE


def announce(host: str, port: int, output: Output) -> None:
    """Print the address, and the sign-in when the partnership is a worked example."""
    shown = f"[{host}]" if ":" in host else host
    output.line(f"The workbench is at http://{shown}:{port}")
    output.line("Stop it with Ctrl-C.")
    output.document({"address": f"http://{shown}:{port}"})


def sign_in_file(partnership: Partnership) -> Path:
    """Give the file that holds the worked example's sign-in."""
    return partnership.data.root / "example-sign-in.txt"
