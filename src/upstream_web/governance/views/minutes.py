"""The minutes of a meeting: drafted, edited, sent round, approved; agenda, papers and minutes as documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from upstream.papers import Paper
from upstream.papers import render as render_paper
from upstream_web.access.authorisation import may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.acts import ActKind, announce, declare
from upstream_web.governance import papers
from upstream_web.governance.forms import ApproveForm, MinuteForm
from upstream_web.governance.meeting_pack import pack_paper
from upstream_web.governance.meeting_page import clocks_of, kept_pack, minutes_of
from upstream_web.governance.models import BEHIND, Meeting, MeetingState, Minute, MinutesState
from upstream_web.governance.operations import minutes as operations
from upstream_web.governance.operations import packs
from upstream_web.governance.register import MEETINGS
from upstream_web.governance.views.asking import ask, do_and_return, done, get_present
from upstream_web.records.papers import file_of
from upstream_web.records.views.pages import frame

DOWNLOADED = declare("paper of a meeting downloaded", ActKind.DISCLOSURE)
KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PAPERS: dict[str, Callable[[Meeting], Paper | None]] = {
    "agenda": papers.agenda_paper,
    "papers": pack_paper,
    "minutes": papers.minutes_paper,
}


@requires(Permission.MEETING_VIEW)
@require_safe
def meeting_minutes(request: SignedInRequest, key: int) -> HttpResponse:
    """Show the minutes as they are."""
    meeting = get_present(MEETINGS, request, key)
    minutes = minutes_of(meeting)
    may_keep = may(request.user, Permission.MEETING_CHANGE)
    context = {
        **frame(MEETINGS, meeting, here="Minutes"),
        "minutes": minutes,
        "texts": list(meeting.minute_texts.present()),
        "clocks": clocks_of(meeting, minutes)[1:],
        "may_edit": may_keep and minutes is not None and minutes.state != MinutesState.APPROVED,
        "may_draft": may_keep and meeting.is_behind and (minutes is None or minutes.state == MinutesState.DRAFT),
        "may_send": may_keep and minutes is not None and minutes.state == MinutesState.DRAFT,
        "may_approve": may(request.user, Permission.MINUTES_APPROVE)
        and minutes is not None
        and minutes.state == MinutesState.SENT,
    }
    return render(request, "governance/minutes.html", context)


@requires(Permission.MEETING_CHANGE)
@require_POST
def meeting_minutes_draft(request: SignedInRequest, key: int) -> HttpResponse:
    """Draft the minutes from what was recorded."""
    meeting = get_present(MEETINGS, request, key)
    draft = partial(operations.draft, meeting=meeting, by=request.user, at=timezone.now())
    return do_and_return(request, draft, f"{meeting.get_absolute_url()}minutes/", "Drafted from what was recorded.")


@requires(Permission.MEETING_CHANGE)
def minute_edit(request: SignedInRequest, key: int) -> HttpResponse:
    """Edit one text of the minutes."""
    text = get_object_or_404(Minute.objects.present(), pk=key)
    text.meeting = get_present(MEETINGS, request, text.meeting_id)
    form = MinuteForm(request.POST or None, instance=text, person=request.user)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(partial(operations.rewrite, text=text, by=request.user, at=timezone.now()), form)
    ):
        return redirect(f"{text.meeting.get_absolute_url()}minutes/#minute-{text.pk}")
    context = {
        **frame(MEETINGS, text.meeting, here="Edit the minutes"), "form": form,
        "heading": f"Minutes: {text.heading}", "button": "Save",
        "why": "Markdown: an empty line begins a paragraph; **bold** marks decisions and actions.",
    }  # fmt: skip
    return render(request, "governance/ask.html", context)


@requires(Permission.MEETING_CHANGE)
@require_POST
def meeting_minutes_send(request: SignedInRequest, key: int) -> HttpResponse:
    """Send the draft round."""
    meeting = get_present(MEETINGS, request, key)
    minutes = minutes_of(meeting)
    if minutes is None:
        raise Http404("There are no minutes yet.")
    minutes.meeting = meeting
    send = partial(operations.send, minutes=minutes, by=request.user, at=timezone.now())
    return do_and_return(request, send, f"{meeting.get_absolute_url()}minutes/", "Sent round.")


@requires(Permission.MINUTES_APPROVE)
def meeting_minutes_approve(request: SignedInRequest, key: int) -> HttpResponse:
    """Approve minutes at a later meeting."""
    meeting = get_present(MEETINGS, request, key)
    minutes = minutes_of(meeting)
    if minutes is None or minutes.state != MinutesState.SENT:
        raise Http404("There are no minutes that wait for approval.")
    minutes.meeting = meeting
    sat = Meeting.objects.present().filter(state__in=[MeetingState.CALLED, *BEHIND], held_on__lte=timezone.localdate())
    later = sat.filter(board=meeting.board_id, held_on__gt=meeting.held_on)
    form = ApproveForm(request.POST or None, later=later.select_related("board").order_by("held_on"))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        approve = partial(
            operations.approve,
            minutes=minutes,
            at_meeting=said["at_meeting"],
            corrections=said["words"],
            by=request.user,
            at=timezone.now(),
        )
        if done(approve, form):
            messages.success(request, "Approved. They stand as they are from now on.")
            return redirect("meeting-minutes", key)
    why = "Corrections are noted beside the minutes; edit the texts first where they are to read differently."
    return ask(request, MEETINGS, meeting, form, heading="Approve the minutes", button="Approve", why=why)


@requires(Permission.MEETING_CHANGE)
@require_POST
def meeting_papers_keep(request: SignedInRequest, key: int) -> HttpResponse:
    """Keep the papers as they are now, after something in them changed."""
    meeting = get_present(MEETINGS, request, key)
    keep = partial(packs.keep_pack, meeting=meeting, by=request.user, at=timezone.now())
    return do_and_return(request, keep, f"{meeting.get_absolute_url()}#agenda", "Kept. This is what members get now.")


@requires(Permission.MEETING_VIEW)
@require_safe
def meeting_paper(request: SignedInRequest, key: int, paper: str, form: str) -> HttpResponse:
    """Send agenda, papers or minutes as a document; the trail keeps who took it. Papers once kept are sent as kept."""
    meeting = get_present(MEETINGS, request, key)
    if form not in KINDS or paper not in PAPERS:
        raise Http404("There are agenda, minutes and papers, as html, pdf and docx.")
    kept = kept_pack(meeting) if paper == "papers" else None
    made = None if kept else PAPERS[paper](meeting)
    if kept is None and made is None:
        raise Http404("There are no minutes yet.")
    body = file_of(kept, form) if kept else render_paper(made, form)  # type: ignore[arg-type]
    response = HttpResponse(body, content_type=KINDS[form])
    name = f"{slugify(meeting.board.name)}-{meeting.number}-{paper}.{form}"
    if form != "html":
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    announce(
        DOWNLOADED.words, by=request.user.get_username(), at=timezone.now(), kind="meeting", about=str(meeting.pk),
        detail={"paper": paper, "form": form},
    )  # fmt: skip
    return response
