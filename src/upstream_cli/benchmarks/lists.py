"""How fast the lists of a large partnership come after ten years, with many people at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from upstream import store
from upstream.exceptions import UpstreamFailure
from upstream.partnership import Partnership, open_partnership
from upstream_cli.benchmarks import pages
from upstream_cli.benchmarks.figure import Figure, percentile
from upstream_cli.clock import now
from upstream_cli.output import Progress

NAME = "lists"
SUMMARY = "lists of 50,000 actions, 5,000 meetings and 2 million lines of the trail, with many people at once"
SIZE = (50_000, 5_000, 2_000_000, 500)  # actions, meetings, lines of the trail, people
PEOPLE = {"SQLite": 20, "PostgreSQL": 50}
PAUSE_SECONDS = (2.0, 6.0)  # how long a person reads a list before asking for the next, drawn evenly
SLOWEST_TOLD = 10
CLICKS_TO_JUDGE = 5  # a page that was asked for less often says nothing about its median
MOST_MEDIAN_MILLISECONDS = 200.0
MOST_95TH_MILLISECONDS = 500.0
MOST_BOARD_PACK_SECONDS = 30.0
# The people of the worked example who work with lists, in about the shares in which a partnership has them.
WHO = ("lead", "lead", "manager", "analyst", "lead", "service_manager", "steward", "board", "panel", "navigator")
MANAGER = WHO.index("manager")
KEPT = "UPSTREAM_BENCH_KEPT"  # a folder in which the large partnership stays for the next run


class NotFilled(UpstreamFailure):
    """The large partnership could not be invented."""


def measure(partnership: Partnership, scratch: Path, progress: Progress) -> list[Figure]:
    """Grow the partnership on SQLite, and on the PostgreSQL that is named, and let many people click through it."""
    store.prepare(partnership, at=now(), progress=progress)
    url = os.environ.get("UPSTREAM_DATABASE_URL", "")
    figures = _on("SQLite", partnership, scratch, "", progress)
    return figures + (_on("PostgreSQL", partnership, scratch, url, progress) if url else [])


def _on(engine: str, partnership: Partnership, scratch: Path, url: str, progress: Progress) -> list[Figure]:
    kept = Path(os.environ.get(KEPT) or scratch) / engine.lower()
    large = open_partnership(partnership.folder, data=kept)
    progress(f"{engine}: loading the open data")
    store.prepare(large, at=now(), progress=progress)
    progress(f"{engine}: growing the partnership to {SIZE[0]:,} actions and {SIZE[2]:,} lines of the trail")
    environment = pages.surroundings(url)
    told = fill(large, environment)
    with pages.served(large, scratch, environment) as port:
        visitors = _visitors(port, large, PEOPLE[engine])
        progress(f"{engine}: every list once")
        own, alone = open_to(visitors, told["addresses"])
        files = [path for path in told["exports"] if path.rpartition("export")[0] in own[MANAGER]]
        as_files = [_milliseconds(visitors[MANAGER], path) for path in files]
        progress(f"{engine}: {len(visitors)} people, {pages.CLICKS} clicks each")
        asked = [by_page(opened) for opened in own]
        clicked = pages.clicks(visitors, asked, PAUSE_SECONDS)
        begun = time.perf_counter()
        a_second = len(pages.clicks(visitors, asked, (0.0, 0.0))) / (time.perf_counter() - begun)
    times = pages.milliseconds(clicked)
    medians = medians_by_page(clicked)
    what = f"{len(visitors)} people, {len(alone)} lists, {engine}"
    slowest, *others = sorted(alone, key=lambda path: -alone[path])[:SLOWEST_TOLD]
    slow, *slow_too = sorted(medians, key=lambda path: -medians[path])[:SLOWEST_TOLD]
    progress(f"{engine}: slow alone too: " + ", ".join(f"{path} {alone[path]:.0f} ms" for path in others))
    progress(f"{engine}: slow among many too: " + ", ".join(f"{path} {medians[path]:.0f} ms" for path in slow_too))
    return [
        Figure(NAME, f"median, {what}", percentile(times, 0.5), "ms", MOST_MEDIAN_MILLISECONDS),
        Figure(NAME, f"95th percentile, {what}", percentile(times, 0.95), "ms", MOST_95TH_MILLISECONDS),
        Figure(
            NAME,
            f"slowest by its median, of {len(medians)} asked for {CLICKS_TO_JUDGE} times or more, {engine}: {slow}",
            medians[slow],
            "ms",
            MOST_MEDIAN_MILLISECONDS,
        ),
        Figure(NAME, f"lists without any pause between clicks, {engine}", a_second, "lists a second"),
        Figure(NAME, f"median of all lists asked for alone, {engine}", percentile(list(alone.values()), 0.5), "ms"),
        Figure(NAME, f"slowest list asked for alone, {engine}: {slowest}", alone[slowest], "ms"),
        Figure(NAME, f"slowest list as a file, whole, {engine}", max(as_files), "ms"),
        Figure(NAME, f"board pack in all forms, {engine}", told["board_pack_seconds"], "s", MOST_BOARD_PACK_SECONDS),
    ]


def _visitors(port: int, large: Partnership, count: int) -> list[pages.Visitor]:
    """Let people of different roles sign in."""
    _, password = pages.sign_in_of(large)
    visitors = [pages.Visitor(port) for _ in range(count)]
    for number, visitor in enumerate(visitors):
        visitor.sign_in(f"{WHO[number % len(WHO)]}@example", password)
    return visitors


def open_to(visitors: list[pages.Visitor], addresses: list[str]) -> tuple[list[list[str]], dict[str, float]]:
    """Find what each role may open, and how long each page takes when nobody else asks: the second of two times."""
    alone: dict[str, float] = {}
    by_role: dict[str, list[str]] = {}
    for role, visitor in zip(WHO, visitors, strict=False):
        if role in by_role:
            continue
        opened = by_role[role] = []
        for path in addresses:
            try:
                visitor.get(path)
            except pages.PageFailed:
                continue  # not a page of theirs, or one that only takes what a form sends
            opened.append(path)
            if path not in alone:
                alone[path] = _milliseconds(visitor, path)
    return [by_role[WHO[number % len(WHO)]] for number in range(len(visitors))], alone


def by_page(addresses: Iterable[str]) -> list[list[str]]:
    """Put the addresses of one page together: sorted, narrowed or searched, it is the same list."""
    found: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        found[address.partition("?")[0]].append(address)
    return list(found.values())


def medians_by_page(clicked: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Give the median time of each page that was asked for often enough while many people clicked."""
    times: dict[str, list[float]] = defaultdict(list)
    for address, took in clicked:
        times[address.partition("?")[0]].append(took)
    return {path: percentile(each, 0.5) for path, each in times.items() if len(each) >= CLICKS_TO_JUDGE}


def _milliseconds(visitor: pages.Visitor, path: str) -> float:
    begun = time.perf_counter()
    visitor.get(path)
    return (time.perf_counter() - begun) * 1000


def fill(large: Partnership, environment: Mapping[str, str]) -> dict[str, Any]:
    """Grow the records in a process of its own, and learn what there is to see; raises `NotFilled`."""
    where = {"UPSTREAM_PARTNERSHIP": str(large.folder.resolve()), "UPSTREAM_DATA": str(large.data.root.parent)}
    call = [sys.executable, "-m", "upstream_web.large_partnership", *map(str, SIZE)]
    ended = subprocess.run(call, env={**environment, **where}, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise NotFilled("The records were not invented.", do=ended.stderr.strip().rpartition("\n")[2])
    found: dict[str, Any] = json.loads(ended.stdout.strip().rpartition("\n")[2])
    return found
