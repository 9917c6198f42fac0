"""Background work on feeds and builds."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from upstream import ingestion, store
from upstream.ingestion import Receipt
from upstream_web.assets.operations import uploads
from upstream_web.audit.actions import Action
from upstream_web.audit.operations import events
from upstream_web.core.jobs import Run, background
from upstream_web.core.workbench import get_partnership

ACTIONS = {"landed": Action.FILE_LOADED, "already held": Action.FILE_LOADED, "checked": Action.FILE_CHECKED}


def _receipt_facts(receipt: Receipt) -> dict[str, Any]:
    return {
        "file": receipt.file_name, "receipt": receipt.id, "outcome": receipt.outcome, "sha256": receipt.sha256,
        "rows_taken": receipt.rows_taken, "rows_refused": receipt.rows_refused,
    }  # fmt: skip


@background("load")
def load(run: Run) -> dict[str, Any]:
    """Check or load the file that was sent; a file that was only checked stays until it is loaded."""
    uploads.forget_old(at=run.at)
    asked, partnership = run.asked, get_partnership()
    feed, upload = asked["feed"], uploads.find(asked["upload"], asked["name"])
    run.progress("Reading the file")
    if asked["only_check"]:
        receipt = ingestion.check_file(partnership, feed, upload.path)
    else:
        receipt = ingestion.load_file(partnership, feed, upload.path, at=run.at, progress=run.progress)
    action = ACTIONS.get(receipt.outcome, Action.FILE_REFUSED)
    events.record(action, by=run.job.queued_by, at=run.clock(), kind="feed", about=feed, detail=_receipt_facts(receipt))
    if asked["only_check"]:
        return {"receipt": receipt.to_json()}
    uploads.forget(upload)
    if asked["then_build"] and receipt.outcome == "landed":
        _make_build(run)
    return {"address": reverse("receipt", args=[feed, receipt.id])}


@background("build")
def build(run: Run) -> dict[str, Any]:
    """Make a build and swap it in."""
    return {"address": reverse("build", args=[_make_build(run)])}


def _make_build(run: Run) -> str:
    made = store.make_build(get_partnership(), at=run.at, progress=run.progress)
    events.record(Action.BUILD_MADE, by=run.job.queued_by, at=run.clock(), kind="build", about=made.id)
    return made.id
