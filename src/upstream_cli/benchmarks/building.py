"""How long a build of the partnership takes."""

from __future__ import annotations

import shutil
from pathlib import Path

from upstream import store
from upstream.partnership import Partnership, open_partnership
from upstream_cli.benchmarks.figure import Figure, seconds
from upstream_cli.clock import now
from upstream_cli.output import Progress

NAME = "build"
SUMMARY = "making a build of everything landed"
MOST_SECONDS = 10.0


def measure(partnership: Partnership, scratch: Path, progress: Progress) -> list[Figure]:
    """Copy the data folder and time a build in the copy."""
    store.prepare(partnership, at=now(), progress=progress)
    shutil.copytree(partnership.data.root, scratch / partnership.slug)
    copy = open_partnership(partnership.folder, data=scratch)
    progress("building")
    took = seconds(lambda: store.make_build(copy, at=now()))
    size = store.current_build(copy).path.stat().st_size / 1e6
    return [Figure(NAME, "a build of the example", took, "s", MOST_SECONDS), Figure(NAME, "its file", size, "MB")]
