"""How fast the lists of a large partnership come after ten years, with many people at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from upstream import store
from upstream.exceptions import UpstreamFailure
from upstream.partnership import Partnership, open_partnership
from upstream_cli.benchmarks import pages
from upstream_cli.benchmarks.figure import Figure, percentile
from upstream_cli.clock import now
from upstream_cli.output import Progress

NAME = "lists"
SUMMARY = "lists of 50,000 actions, 5,000 meetings and 2 million lines of the trail, with many people at once"
ACTIONS, MEETINGS, LINES, PEOPLE_KEPT = 50_000, 5_000, 2_000_000, 500
PEOPLE = {"SQLite": 20, "PostgreSQL": 50}
MOST_MEDIAN_MILLISECONDS = 200.0
MOST_95TH_MILLISECONDS = 500.0
LISTS = (
    "/act/actions/", "/act/actions/?window=late", "/act/actions/?q=navigators", "/act/actions/?order=-due_on",
    "/act/actions/?page=500", "/act/actions/board/", "/act/meetings/", "/act/meetings/?page=40", "/act/risks/",
    "/account/recommendations/", "/act/performance/", "/account/organisations/", "/account/people/",
    "/search/?q=lighting", "/notices/", "/",
)  # fmt: skip


class NotFilled(UpstreamFailure):
    """The large partnership could not be invented."""


def measure(partnership: Partnership, scratch: Path, progress: Progress) -> list[Figure]:
    """Invent the partnership in the scratch folder, serve it, and let many people click through its lists."""
    store.prepare(partnership, at=now(), progress=progress)
    large = open_partnership(partnership.folder, data=scratch / "var")
    progress("loading the open data")
    store.prepare(large, at=now(), progress=progress)
    progress(f"inventing {ACTIONS:,} actions, {MEETINGS:,} meetings, {LINES:,} lines of the trail")
    fill(large)
    engine = "PostgreSQL" if os.environ.get("UPSTREAM_DATABASE_URL") else "SQLite"
    with pages.served(large, scratch) as port:
        _, password = pages.sign_in_of(large)
        visitors = [pages.Visitor(port) for _ in range(PEOPLE[engine])]
        for visitor in visitors:
            visitor.sign_in("manager@example", password)
        progress(f"{len(visitors)} people, {pages.CLICKS} clicks each")
        pages.warm(visitors, list(LISTS))
        times = pages.clicks(visitors, list(LISTS), pages.PAUSE_SECONDS)
    what = f"{len(visitors)} people, {len(LISTS)} lists, {engine}"
    return [
        Figure(NAME, f"median, {what}", percentile(times, 0.5), "ms", MOST_MEDIAN_MILLISECONDS),
        Figure(NAME, f"95th percentile, {what}", percentile(times, 0.95), "ms", MOST_95TH_MILLISECONDS),
    ]


def fill(large: Partnership) -> None:
    """Invent the records in a process of its own; raises `NotFilled`."""
    where = {"UPSTREAM_PARTNERSHIP": str(large.folder.resolve()), "UPSTREAM_DATA": str(large.data.root.parent)}
    call = [sys.executable, "-m", "upstream_web.large_partnership", *map(str, (ACTIONS, MEETINGS, LINES, PEOPLE_KEPT))]
    ended = subprocess.run(call, env=os.environ | where, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise NotFilled("The records were not invented.", do=ended.stderr.strip().rpartition("\n")[2])
