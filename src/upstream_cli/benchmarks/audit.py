"""How fast the audit trail of ten years is proved whole, beside a bare reading of the same lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from upstream.exceptions import UpstreamFailure
from upstream.partnership import Partnership
from upstream_cli.benchmarks.figure import Figure
from upstream_cli.output import Progress

NAME = "audit"
SUMMARY = "proving an audit trail of two million lines, beside a bare SELECT"
LINES = 2_000_000
LEAST_LINES_A_SECOND = 200_000.0


class TrailNotMeasured(UpstreamFailure):
    """The process that measures ended without figures."""


def measure(partnership: Partnership, scratch: Path, progress: Progress) -> list[Figure]:
    """Fill a trail on SQLite in the scratch folder, read it barely, and check it, in a process of its own."""
    progress(f"writing, reading barely and checking {LINES:,} lines")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTREAM_", "DJANGO_"))}
    environment = kept | {"UPSTREAM_PARTNERSHIP": str(partnership.folder.resolve()), "UPSTREAM_DATA": str(scratch)}
    call = [sys.executable, "-m", "upstream_web.audit.benchmark", str(LINES)]
    ended = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise TrailNotMeasured("The trail was not measured.", do=ended.stderr.strip().rpartition("\n")[2])
    found = json.loads(ended.stdout)
    lines = found["lines"]
    return [
        Figure(NAME, "lines checked", lines, "lines"),
        Figure(NAME, "a bare SELECT of every line", lines / found["bare_seconds"], "lines a second"),
        Figure(NAME, "checked", lines / found["verify_seconds"], "lines a second", LEAST_LINES_A_SECOND, at_least=True),
        Figure(NAME, "share of the bare speed", found["bare_seconds"] / found["verify_seconds"], ""),
        Figure(NAME, "most memory used", found["peak_mib"], "MiB"),
    ]
