"""Opens the site for one partnership and serves it, with a worker beside it for background work."""

from __future__ import annotations

import multiprocessing
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from upstream.exceptions import UpstreamFailure
from upstream.partnership import Partnership
from upstream_web import settings_registry as registry

if TYPE_CHECKING:
    from upstream_web.access.operations.users import ExampleSignIn

APPLICATION = "upstream_web.wsgi:application"
PORTS_TRIED = 50
WORKER_STOPS_WITHIN_SECONDS = 10
WORKER_RESTARTS_AFTER_SECONDS = 2
WORKER_RESTARTS_AT_MOST_EVERY_SECONDS = 300


class NoFreePort(UpstreamFailure):
    """Every port that was tried is taken by another program."""


@dataclass(frozen=True)
class PreparedSite:
    """A site that is ready to be served; `example` says how to sign in to the worked example, where it is one."""

    partnership: Partnership
    example: ExampleSignIn | None


def open_site(partnership: Partnership) -> None:
    """Make Django ready for `partnership` in this process and in those it starts."""
    os.environ["UPSTREAM_PARTNERSHIP"] = str(partnership.folder.resolve())
    os.environ["UPSTREAM_DATA"] = str(partnership.data.root.parent.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstream_web.settings")
    import django

    django.setup()


def prepare_site(partnership: Partnership, *, at: datetime) -> PreparedSite:
    """Bring styles and the tables of records up to date, and make the people of a worked example."""
    from upstream_web import front_end

    front_end.make()
    partnership.data.prepare()
    open_site(partnership)
    from django.core.management import call_command

    from upstream_web.access.operations.users import ensure_example_users
    from upstream_web.example import load_example
    from upstream_web.organisations.operations.organisations import ensure_members

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("clearsessions")
    ensure_members(partnership.config.members, at=at)
    if not partnership.config.worked_example:
        return PreparedSite(partnership, None)
    example = ensure_example_users(partnership.data, at=at)
    load_example(partnership.folder, at=at)
    return PreparedSite(partnership, example)


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen at `host` and `port` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        if sys.platform != "win32":  # on Windows the option would let two servers share a port
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError:
            return False
    return True


def first_free_port(host: str, port: int) -> int:
    """Give `port`, or the next one above it that is free; raises `NoFreePort`."""
    for candidate in range(port, min(port + PORTS_TRIED, 65_536)):
        if is_free(host, candidate):
            return candidate
    raise NoFreePort(
        f"Ports {port} to {port + PORTS_TRIED - 1} are all in use on {host}.",
        expected="a free one",
        do="Stop a server that is no longer needed, or name another port with --port.",
    )


def processes(asked: int | None = None) -> int:
    """Give the number of server processes: as asked or set, else one for each processor, from 2 to 8."""
    return asked or registry.number_of("workers") or min(max(os.cpu_count() or 2, 2), 8)


def _keep_worker_running(stop: threading.Event, started: list[subprocess.Popen[bytes]]) -> None:
    """Start the worker, and start it again whenever it dies: a job that kills it must not stop all others."""
    pause = WORKER_RESTARTS_AFTER_SECONDS
    while not stop.is_set():
        began = time.monotonic()
        worker = subprocess.Popen([sys.executable, "-m", "upstream_web.worker"])
        started[:] = [worker]
        while worker.poll() is None and not stop.is_set():
            stop.wait(0.5)
        # One that dies at once, again and again, is broken: it is tried ever more seldom, not in a tight loop.
        lasted = time.monotonic() - began > pause
        pause = WORKER_RESTARTS_AFTER_SECONDS if lasted else min(pause * 2, WORKER_RESTARTS_AT_MOST_EVERY_SECONDS)
        stop.wait(pause)


@contextmanager
def background_worker() -> Iterator[None]:
    """Run one worker for background work in a process of its own for as long as the block lasts."""
    stop = threading.Event()
    started: list[subprocess.Popen[bytes]] = []
    keeper = threading.Thread(target=_keep_worker_running, args=(stop, started), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(WORKER_STOPS_WITHIN_SECONDS)
        for worker in started:
            worker.terminate()
            try:
                worker.wait(WORKER_STOPS_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                worker.kill()


def address_of(host: str, port: int) -> str:
    """Write where the workbench is, as one types it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _announce_when_answering(host: str, port: int, announce: Callable[[str], None]) -> None:
    """Wait until a server process takes connections, then say so: an address must work when it is printed."""
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            announce(address_of(host, port))
            return


def serve(
    host: str | None = None,
    port: int | None = None,
    *,
    workers: int | None = None,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve the opened site until it is stopped; `announce` is told the address as soon as it answers there.

    `host` and `port` default to the settings; when the port is busy the next free one is taken.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    # A forked copy of this process would inherit the locks, but not the threads, of the data engine that has just
    # prepared the partnership, and wait for ever at its first query (seen with Polars on a first run).
    multiprocessing.set_start_method("spawn", force=True)
    host = host or registry.text_of("host")
    port = first_free_port(host, port or registry.number_of("port"))
    server = Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes(workers),
        blocking_threads=registry.number_of("worker_threads"),
        backpressure=256,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
    )
    if announce is not None:
        threading.Thread(target=_announce_when_answering, args=(host, port, announce), daemon=True).start()
    with background_worker():
        server.serve()
