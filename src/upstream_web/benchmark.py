"""How quickly pages come while twenty people click at once: the real server, real pages, on this machine."""

from __future__ import annotations

import http.client
import json
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from urllib.parse import urlencode

from upstream.exceptions import UpstreamFailure
from upstream.partnership import Partnership

PEOPLE = 20
SECONDS = 20.0
THINKING_SECONDS = (1.0, 3.0)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TRIVIAL_PAGE = "/healthz"
STARTS_WITHIN_SECONDS = 60.0


class BenchmarkFailed(UpstreamFailure):
    """The server did not start, or pages did not answer as they should."""


@dataclass(frozen=True)
class PageTiming:
    """How long one page took, in milliseconds, over all visits to it."""

    page: str
    visits: int
    median_ms: float
    p95_ms: float


@dataclass(frozen=True)
class PageBenchmark:
    """What was measured. `ratio` is the median of all pages over that of a trivial page under the same load."""

    people: int
    seconds: float
    thinking_seconds: tuple[float, float]
    pages: tuple[PageTiming, ...]
    overall: PageTiming
    trivial: PageTiming
    failures: int

    @property
    def ratio(self) -> float:
        """How many times as long a page takes as one that does nothing."""
        return self.overall.median_ms / self.trivial.median_ms


class Visitor:
    """One person's browser: keeps its cookies and one connection, and times whole answers."""

    def __init__(self, host: str, port: int) -> None:
        self._connection = http.client.HTTPConnection(host, port, timeout=30)
        self._cookies: dict[str, str] = {}

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        sent = urlencode(form) if form else None
        try:
            self._connection.request(method, path, sent, headers)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError):
            self._connection.close()  # a connection idle for half a minute was let go; a browser opens another
            self._connection.request(method, path, sent, headers)
            answer = self._connection.getresponse()
        body = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.strip().partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, body

    def sign_in(self, username: str, password: str) -> None:
        """Sign in as a person does; raises `BenchmarkFailed` when that does not lead on."""
        _, page = self._ask("GET", "/sign-in/")
        token = TOKEN.search(page.decode())
        form = {"csrfmiddlewaretoken": token[1] if token else "", "username": username, "password": password}
        status, _ = self._ask("POST", "/sign-in/", form)
        if status != http.client.FOUND:
            raise BenchmarkFailed(f"Signing in as {username} answered {status}.", expected="302")

    def visit(self, path: str) -> tuple[float, int]:
        """Get a page whole; gives milliseconds and the status."""
        began = time.perf_counter()
        status, _ = self._ask("GET", path)
        return (time.perf_counter() - began) * 1000, status


@contextmanager
def _served(partnership: Partnership) -> Iterator[tuple[str, int]]:
    """Run the real server on a free port of this machine for as long as the block lasts."""
    from upstream_web.serving import first_free_port

    host, port = "127.0.0.1", first_free_port("127.0.0.1", 8900)
    code = "import sys; from upstream_web.benchmark import serve_for_benchmark as s; s(*sys.argv[1:])"
    folder, data = str(partnership.folder.resolve()), str(partnership.data.root.parent.resolve())
    server = subprocess.Popen([sys.executable, "-c", code, folder, data, host, str(port)])
    try:
        _wait_for(host, port, server)
        yield host, port
    finally:
        server.terminate()
        server.wait(30)


def serve_for_benchmark(folder: str, data: str, host: str, port: str) -> None:
    """Serve one partnership as `upstream run` does; called in a process of its own."""
    from upstream.partnership import open_partnership
    from upstream_web import serving

    serving.open_site(open_partnership(folder, data=data))
    serving.serve(host, int(port))


def _wait_for(host: str, port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            if Visitor(host, port).visit(TRIVIAL_PAGE)[1] == http.client.OK:
                return
        except OSError:
            time.sleep(0.1)
    raise BenchmarkFailed("The server did not answer in time.", do="Look at what it wrote to standard error.")


def _timing(page: str, taken: Sequence[float]) -> PageTiming:
    ordered = sorted(taken)
    at = min(len(ordered) - 1, int(0.95 * len(ordered)))
    return PageTiming(page, len(ordered), round(median(ordered), 1), round(ordered[at], 1))


@dataclass
class _Walk:
    """What one person met on a walk through the pages."""

    taken: list[tuple[str, float]]
    failures: list[str]


def _walk(visitor: Visitor, pages: Sequence[str], until: float, chance: random.Random, walk: _Walk) -> None:
    time.sleep(chance.uniform(0, THINKING_SECONDS[1]))  # people do not all click in the same instant
    while time.monotonic() < until:
        page = chance.choice(pages)
        milliseconds, status = visitor.visit(page)
        walk.taken.append((page, milliseconds))
        if status != http.client.OK:
            walk.failures.append(f"{page} answered {status}")
        time.sleep(chance.uniform(*THINKING_SECONDS))


def main_pages(partnership: Partnership) -> tuple[str, ...]:
    """Give the pages that people go between, as many of each kind as there are for this partnership."""
    from django.urls import reverse

    from upstream.measures import load_definitions
    from upstream_web.assets import queries as assets
    from upstream_web.reports import queries as reports

    measures = [name for name, one in load_definitions(partnership).items() if "headline" in one.tags][:4]
    districts = partnership.config.districts[:3]
    pages = [reverse(name) for name in ("today", "measure-list", "area-list", "assessment-list", "feed-list")]
    pages += [reverse("measure", args=[name]) for name in measures]
    pages += [reverse("area", args=["district", code]) for code in districts]
    pages += [reverse("build", args=[build.id]) for build in assets.builds()[:1]]
    pages += [reverse("feed", args=["police_street"]), f"{reverse('search')}?q=violence"]
    for version in reports.versions()[:1]:
        pages.append(reverse("assessment", args=[version.id]))
    return tuple(pages)


def page_benchmark(
    partnership: Partnership, *, at: datetime, people: int = PEOPLE, seconds: float = SECONDS, seed: int = 1
) -> PageBenchmark:
    """Time the main pages with `people` clicking at once for `seconds`, each thinking one to three seconds between.

    The server, its database and the people share this machine. Every page is visited once before the clock starts,
    as after a morning's first visitor. Raises `BenchmarkFailed` when a page does not answer 200.
    """
    from upstream_web import serving

    example = serving.prepare_site(partnership, at=at).example
    if example is None:
        raise BenchmarkFailed("Only a worked example can be measured: it has people who may sign in.")
    pages = main_pages(partnership)
    with _served(partnership) as (host, port):
        visitors = [Visitor(host, port) for _ in range(people)]
        for number, visitor in enumerate(visitors):
            visitor.sign_in(example.usernames[number % 3], example.password)
        _warm_up(visitors, pages)
        walks = _walk_all(visitors, pages, seconds, seed)
        trivial = _walk_all(visitors, (TRIVIAL_PAGE,), min(seconds, 5.0), seed + 1)
    taken = [visit for walk in walks for visit in walk.taken]
    failures = [failure for walk in walks for failure in walk.failures]
    if failures:
        raise BenchmarkFailed(f"{len(failures)} visits failed; first: {failures[0]}.", expected="200 each time")
    return PageBenchmark(
        people=people,
        seconds=seconds,
        thinking_seconds=THINKING_SECONDS,
        pages=tuple(_timing(page, [ms for name, ms in taken if name == page]) for page in _visited(pages, taken)),
        overall=_timing("all pages", [milliseconds for _, milliseconds in taken]),
        trivial=_timing(TRIVIAL_PAGE, [milliseconds for walk in trivial for _, milliseconds in walk.taken]),
        failures=len(failures),
    )


def _visited(pages: Sequence[str], taken: Sequence[tuple[str, float]]) -> list[str]:
    names = {name for name, _ in taken}
    return [page for page in pages if page in names]


def _warm_up(visitors: Sequence[Visitor], pages: Sequence[str]) -> None:
    """Visit every page from several connections, so that each server process has calculated it once."""
    for page in pages:
        for visitor in visitors[:6]:
            visitor.visit(page)


def _walk_all(visitors: Sequence[Visitor], pages: Sequence[str], seconds: float, seed: int) -> list[_Walk]:
    until = time.monotonic() + seconds
    walks = [_Walk([], []) for _ in visitors]
    threads = [
        threading.Thread(target=_walk, args=(visitor, pages, until, random.Random(seed * 1000 + number), walk))
        for number, (visitor, walk) in enumerate(zip(visitors, walks, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return walks


def report(benchmark: PageBenchmark) -> str:
    """Write the result as JSON, for a program or a log."""
    from dataclasses import asdict

    return json.dumps(asdict(benchmark) | {"ratio": round(benchmark.ratio, 1)}, indent=1)
