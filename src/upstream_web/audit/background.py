"""Background work on the trail: proving that it is whole."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from upstream_web.audit import verification
from upstream_web.core.jobs import Run, background
from upstream_web.core.models import Job

CHECK = "check of the audit trail"
FAULTS_KEPT = 20


@background(CHECK)
def check(run: Run) -> dict[str, Any]:
    """Check every line, and leave what was found for the pages of the trail."""
    verdict = verification.verify(lambda text, done, of: run.progress(f"Line {done:,} of {of:,}", done / of))
    return {
        "address": reverse("trail-list"),
        "whole": verdict.is_whole,
        "sentence": verdict.sentence,
        "lines": verdict.lines,
        "faults": [fault.words for fault in verdict.faults[:FAULTS_KEPT]],
        "fault_count": verdict.fault_count,
    }


def last_check() -> Job | None:
    """Give the last check that came to an end."""
    return Job.objects.filter(kind=CHECK, state=Job.State.DONE).order_by("-finished_at").first()


def check_under_way() -> Job | None:
    """Give the check that waits or runs."""
    return Job.objects.open().filter(kind=CHECK).order_by("queued_at").first()
