"""Background work of reports: writing a new version of the needs assessment, and making the board pack."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.urls import reverse

from upstream import assessments
from upstream.assessments.document import Document
from upstream.assessments.versions import keep_version
from upstream_web.core.acts import announce
from upstream_web.core.jobs import Run, background
from upstream_web.core.workbench import get_partnership
from upstream_web.reports.operations import board_packs

MAKE_ASSESSMENT = "make assessment"
MAKE_BOARD_PACK = "make board pack"


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


@background(MAKE_BOARD_PACK)
def make_board_pack(run: Run) -> dict[str, Any]:
    """Make the pack of a quarter in all its forms, and lead to it."""
    run.progress("Gathering indicators, plan, risks and recommendations, and drawing them")
    asked = run.asked
    kept = board_packs.make(
        starts_on=date.fromisoformat(asked["starts_on"]), draft=asked["draft"], by=run.job.queued_by, at=run.at
    )
    return {"address": reverse("board-pack", args=[kept.key, kept.number])}
