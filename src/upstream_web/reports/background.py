"""Background work of reports: writing a new version of the needs assessment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from upstream import assessments
from upstream.assessments.document import Document
from upstream.assessments.versions import keep_version
from upstream_web.core.acts import announce
from upstream_web.core.jobs import Run, background
from upstream_web.core.workbench import get_partnership

MAKE_ASSESSMENT = "make assessment"


@background(MAKE_ASSESSMENT)
def make_assessment(run: Run) -> dict[str, Any]:
    """Write the assessment from the current build and keep it as a version."""
    partnership = get_partnership()
    run.progress("Calculating the figures")
    document = assessments.needs_assessment(partnership, at=run.at)
    run.progress("Drawing and writing the page, the PDF and the Word file", 0.4)
    version = keep_version(partnership, document, _write, made_by=run.job.queued_by)
    announce("assessment made", by=run.job.queued_by, at=run.at, kind="assessment", about=version.id)
    return {"version": version.id}


def _write(document: Document, folder: Path) -> object:
    return assessments.write(document, folder)
