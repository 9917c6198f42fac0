"""How long the needs assessment takes in all its forms."""

from __future__ import annotations

from pathlib import Path

from upstream import assessments, store
from upstream.partnership import Partnership
from upstream_cli.benchmarks.figure import Figure, seconds
from upstream_cli.clock import now
from upstream_cli.output import Progress

NAME = "assessment"
SUMMARY = "writing the needs assessment as HTML, PDF, Word and figures"
MOST_SECONDS = 60.0


def measure(partnership: Partnership, scratch: Path, progress: Progress) -> list[Figure]:
    """Write the assessment once, nothing drawn before."""
    store.prepare(partnership, at=now(), progress=progress)
    progress("writing")
    took = seconds(lambda: assessments.write(assessments.needs_assessment(partnership, at=now()), scratch / "out"))
    return [Figure(NAME, "the needs assessment in all forms", took, "s", MOST_SECONDS)]
