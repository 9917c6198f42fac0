"""How fast pages come while twenty people use the workbench at once."""

from __future__ import annotations

import http.client
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from upstream import store
from upstream.exceptions import UpstreamFailure
from upstream.partnership import Partnership
from upstream_cli.benchmarks.figure import Figure, percentile
from upstream_cli.clock import now
from upstream_cli.output import Progress
from upstream_web.serving import first_free_port

NAME = "pages"
SUMMARY = "pages with twenty people clicking at once"
PEOPLE = 20
CLICKS = 30
PAUSE_SECONDS = (0.5, 1.5)  # what a person looks at a page before the next click, drawn evenly
MOST_MEDIAN_MILLISECONDS = 150.0
MOST_95TH_MILLISECONDS = 400.0
WARMED_BY = 6
HOST = "127.0.0.1"
START_SECONDS = 120
FIRST_PORT = 8700


class PageFailed(UpstreamFailure):
    """A page answered with something else than a page."""


class Visitor:
    """One person with a session of their own."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        """Fetch a page; raises `PageFailed` when it is not one."""
        return self._ask("GET", path)

    def sign_in(self, name: str, password: str) -> None:
        """Sign in through the form, as a person does."""
        form = self._ask("GET", "/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        fields = {"username": name, "password": password, "csrfmiddlewaretoken": token.group(1) if token else ""}
        self._ask("POST", "/sign-in/", urlencode(fields))
        if "sessionid" not in self._cookies:
            raise PageFailed(f"Signing in as {name} gave no session.")

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = f"http://{HOST}"
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError):
            self._connection.close()  # The server lets an idle connection go; a browser opens another, and so do we.
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        text = answer.read().decode("utf-8", errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self._cookies[name] = rest.split(";")[0]
        if answer.status >= 400 or (method == "GET" and answer.status != 200):
            raise PageFailed(f"{path} answered {answer.status}.", expected="200")
        return text


def measure(partnership: Partnership, scratch: Path, progress: Progress) -> list[Figure]:
    """Serve the workbench and let twenty people click through it, first with pauses and then without."""
    store.prepare(partnership, at=now(), progress=progress)
    with served(partnership, scratch, surroundings()) as port:
        name, password = sign_in_of(partnership)
        visitors = [Visitor(port) for _ in range(PEOPLE)]
        for visitor in visitors:
            visitor.sign_in(name, password)
        progress("finding pages")
        paths = pages_to_visit(visitors[0])
        warm(visitors, paths)
        progress(f"{PEOPLE} people, {CLICKS} clicks each")
        own = [[[path] for path in paths]] * PEOPLE
        calm = milliseconds(clicks(visitors, own, PAUSE_SECONDS))
        progress(f"{PEOPLE} people, {CLICKS} clicks each, without a pause")
        start = time.perf_counter()
        hasty = milliseconds(clicks(visitors, own, (0.0, 0.0)))
        a_second = len(hasty) / (time.perf_counter() - start)
    return [
        Figure(
            NAME, f"median, {PEOPLE} people, {len(paths)} pages", percentile(calm, 0.5), "ms", MOST_MEDIAN_MILLISECONDS
        ),
        Figure(NAME, "95th percentile", percentile(calm, 0.95), "ms", MOST_95TH_MILLISECONDS),
        Figure(NAME, "median without any pause between clicks", percentile(hasty, 0.5), "ms"),
        Figure(NAME, "pages answered without any pause", a_second, "pages a second"),
    ]


def surroundings(url: str = "") -> dict[str, str]:
    """Give the environment of a site on SQLite, or on the PostgreSQL at `url`: each benchmark has a site of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "UPSTREAM_DATABASE_URL"}
    return kept | ({"UPSTREAM_DATABASE_URL": url} if url else {})


@contextmanager
def served(partnership: Partnership, scratch: Path, environment: Mapping[str, str]) -> Iterator[int]:
    """Serve the workbench in a process of its own until the benchmark is done."""
    port = first_free_port(HOST, FIRST_PORT)
    places = ["--partnership", str(partnership.folder), "--data", str(partnership.data.root.parent)]
    call = [sys.executable, "-m", "upstream_cli", "run", "--host", HOST, "--port", str(port), *places]
    with (
        (scratch / "server.log").open("w") as log,
        subprocess.Popen(call, stdout=log, stderr=log, env=environment) as server,
    ):
        try:
            wait_for(port, server, scratch / "server.log")
            yield port
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the workbench answers; when it does not, tell the last that it said."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            Visitor(port).get("/healthz")
            return
        except (OSError, PageFailed):
            time.sleep(0.2)
    said = log.read_text(encoding="utf-8").strip().splitlines() or ["nothing"]
    raise PageFailed(
        "The workbench did not start.", expected=f"an answer within {START_SECONDS} s", do=f"It said: {said[-1]}"
    )


def sign_in_of(partnership: Partnership) -> tuple[str, str]:
    """Read the name and password of the worked example's analyst."""
    kept = partnership.data.root / "example-sign-in.txt"
    return "analyst@example", kept.read_text(encoding="utf-8").splitlines()[0].strip()


def pages_to_visit(visitor: Visitor) -> list[str]:
    """Find the pages that the workbench links to from its main pages: what a person would click on."""
    paths = ["/", "/know/measures/", "/know/areas/", "/know/feeds/", "/know/builds/", "/know/assessments/"]
    for start in list(paths):
        found = re.findall(r'href="(/know/[^"#?]+/)"', visitor.get(start))
        paths += [path for path in dict.fromkeys(found) if path not in paths][:12]
    return paths


def warm(visitors: list[Visitor], paths: list[str]) -> None:
    """Ask for every page a few times, so that each process of the server has met it, as after the first minutes."""
    for path in paths:
        for visitor in visitors[:WARMED_BY]:
            visitor.get(path)


def milliseconds(clicked: Iterable[tuple[str, float]]) -> list[float]:
    """Give the times of clicks without their addresses."""
    return [took for _, took in clicked]


def clicks(
    visitors: list[Visitor], pages: Sequence[Sequence[Sequence[str]]], pause: tuple[float, float]
) -> list[tuple[str, float]]:
    """Let every visitor click through pages of their own, in an order of their own.

    A page is given by the addresses under which it may be asked for, such as those of its filters. Gives the address
    and the time in ms of each click.
    """
    times: list[tuple[str, float]] = []
    failures: list[UpstreamFailure] = []

    def click(visitor: Visitor, own: Sequence[Sequence[str]], chance: random.Random) -> None:
        for _ in range(CLICKS):
            time.sleep(chance.uniform(*pause))
            path = chance.choice(chance.choice(own))
            start = time.perf_counter()
            try:
                visitor.get(path)
            except UpstreamFailure as failure:
                failures.append(failure)
                return
            times.append((path, (time.perf_counter() - start) * 1000))

    threads = [
        threading.Thread(target=click, args=(visitor, own, random.Random(number)))
        for number, (visitor, own) in enumerate(zip(visitors, pages, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return times
