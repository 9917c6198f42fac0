"""Completed training from a spreadsheet: what it would write is looked at before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.awareness import training_sheet
from upstream_web.awareness.forms.training import SheetForm
from upstream_web.awareness.models import CompletionSort, Course, Team
from upstream_web.awareness.operations import completions
from upstream_web.awareness.register import COMPLETIONS
from upstream_web.awareness.training_sheet import Kind, Line
from upstream_web.core.words import count_words
from upstream_web.records import spreadsheets
from upstream_web.records.operations.keeping import ChangedMeanwhile
from upstream_web.records.views.asking import refusal

# What was looked at is carried by the page itself, signed for the person, so that nothing is kept that nobody wants.
SALT, LASTS_SECONDS = "training sheet looked at", 24 * 60 * 60
KINDS = ((Kind.REFUSED, "Refused", "danger"), (Kind.CHANGED, "Changed", "open"), (Kind.NEW, "New", "done"),
         (Kind.UNCHANGED, "Held already", ""))  # fmt: skip


def _frame(heading: str) -> dict[str, Any]:
    crumbs = [*COMPLETIONS.crumbs(), (heading, "")]
    return {"area": COMPLETIONS.area, "section": COMPLETIONS.section, "crumbs": crumbs, "heading": heading}


@requires(Permission.AWARENESS_CHANGE)
def training_sheet_page(request: SignedInRequest) -> HttpResponse:
    """Take a file, and show row by row what it would write."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            if given.size > spreadsheets.MOST_BYTES:
                raise spreadsheets.SpreadsheetRefused(f"{given.name} is too large.", do="Send it in parts.")
            rows = spreadsheets.read(given.name, given.read(), training_sheet.LABELS)
        except UpstreamFailure as refused:
            form.add_error("file", str(refused))
        else:
            lines = training_sheet.propose(rows, request.user, on=timezone.localdate())
            return _looked_at(request, given.name, lines)
    return render(request, "awareness/training_sheet.html", {**_frame("Training from a spreadsheet"), "form": form})


def _looked_at(request: SignedInRequest, name: str, lines: Sequence[Line]) -> HttpResponse:
    ready = [line for line in lines if line.kind in (Kind.NEW, Kind.CHANGED)]
    held = {"person": request.user.pk, "name": name[:200], "lines": [line.kept() for line in ready]}
    groups = [(kind, words, look, [line for line in lines if line.kind == kind]) for kind, words, look in KINDS]
    context = {
        **_frame("What the file would write"),
        "groups": [(kind, words, look, those) for kind, words, look, those in groups if those],
        "ready": len(ready), "refused": sum(line.kind == Kind.REFUSED for line in lines), "file_name": name,
        "token": signing.dumps(held, salt=SALT, compress=True),
    }  # fmt: skip
    return render(request, "awareness/training_looked_at.html", context)


@requires(Permission.AWARENESS_CHANGE)
@require_POST
def training_take(request: SignedInRequest) -> HttpResponse:
    """Write what was looked at."""
    try:
        held = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        messages.error(request, "This was looked at too long ago, or not here. Send the file again.")
        return redirect("training-sheet")
    if held["person"] != request.user.pk:
        messages.error(request, "Somebody else looked at this file. Send it yourself.")
        return redirect("training-sheet")
    lines = [Line.from_kept(kept) for kept in held["lines"]]
    try:
        written = completions.take(lines=lines, file_name=held["name"], by=request.user, at=timezone.now())
    except (UpstreamFailure, ChangedMeanwhile) as failure:
        messages.error(request, refusal(failure))
        return redirect("training-sheet")
    messages.success(request, f"{count_words(written, 'count is', 'counts are')} written.")
    return redirect(COMPLETIONS.address())


@requires(Permission.AWARENESS_CHANGE)
@require_safe
def training_template(request: SignedInRequest) -> HttpResponse:
    """Send an empty spreadsheet with the columns and what may stand in them."""
    lists = {
        training_sheet.COURSE: [course.title for course in Course.objects.present()],
        training_sheet.TEAM: [team.name for team in Team.objects.present().filter(ended_on=None)],
        training_sheet.WHAT: list(CompletionSort.labels),
    }
    body = spreadsheets.template("Training", training_sheet.LABELS, training_sheet.GUIDE, lists)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = 'attachment; filename="training-template.xlsx"'
    return response
