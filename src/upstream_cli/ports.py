"""Which port to serve on."""

from __future__ import annotations

import errno
import socket

from upstream.exceptions import UpstreamFailure

PORTS_TRIED = 50


class NoFreePort(UpstreamFailure):
    """Every port that was tried is taken by another program."""


def is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen there now; a wrong host is not a busy port and raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # As the server does: a port just left is free.
        try:
            attempt.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def first_free(host: str, port: int) -> int:
    """Give `port`, or the next one above it that is free."""
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        if is_free(host, candidate):
            return candidate
    raise NoFreePort(
        f"Ports {port} to {port + PORTS_TRIED - 1} are all in use.",
        expected="a free one",
        do="Stop a server that is no longer needed, or name another with --port.",
    )
