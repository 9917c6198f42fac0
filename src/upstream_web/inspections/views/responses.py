"""Agreeing, answering, previewing, publishing and sending a response."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import check_may, may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.acts import ActKind, announce, declare
from upstream_web.inspections import papers
from upstream_web.inspections.drafts import may_see_draft
from upstream_web.inspections.forms.responses import AnswerForm, DispatchForm, PublishForm
from upstream_web.inspections.models import Answer, Dispatch, ResponsePart, ResponseRecord
from upstream_web.inspections.operations import publishing
from upstream_web.inspections.operations import responses as operations
from upstream_web.inspections.page import copies
from upstream_web.inspections.policies import why_not_publish
from upstream_web.inspections.register import PARTS, RESPONSES
from upstream_web.inspections.standing import response_standing
from upstream_web.records import papers as kept_papers
from upstream_web.records.operations.keeping import ChangedMeanwhile, check_as_shown
from upstream_web.records.views.pages import frame

DOWNLOADED = declare("response downloaded", ActKind.DISCLOSURE)
MEANWHILE = "Somebody else changed it while you were writing. Look at it again, then save once more."


def _part_to_change(request: SignedInRequest, key: int, permission: Permission) -> ResponsePart:
    part = PARTS.get(request.user, key)
    check_may(request.user, permission, about=part)
    if not part.response.is_ours:
        raise PermissionDenied("Another area's response is kept as it was published.")
    return part


@requires(Permission.RESPONSE_AGREE)
@require_POST
def agree(request: SignedInRequest, key: int) -> HttpResponse:
    """Agree a part in the name of one's own office."""
    part = _part_to_change(request, key, Permission.RESPONSE_AGREE)
    try:
        check_as_shown(part, request.POST.get("version", ""))
        operations.agree(part=part, on=timezone.localdate(), by=request.user, at=timezone.now())
    except ChangedMeanwhile:
        messages.error(request, "The words were changed meanwhile. Read them again before you agree.")
    except UpstreamFailure as failure:
        messages.error(request, str(failure))
    else:
        messages.success(request, f"{part} is agreed. Changing it takes the agreement back.")
    return redirect(part)


@requires(Permission.INSPECTION_VIEW)
@require_POST
def withdraw(request: SignedInRequest, key: int) -> HttpResponse:
    """Take an agreement back, with the reason: the office that agreed may, and whoever drafts its part."""
    part = PARTS.get(request.user, key)
    if not may(request.user, Permission.RESPONSE_AGREE, about=part):
        check_may(request.user, Permission.RESPONSE_DRAFT, about=part)
    because = request.POST.get("because", "").strip()[:500]
    if not because:
        messages.error(request, "Say why the agreement is withdrawn.")
        return redirect(part)
    try:
        operations.withdraw(part=part, because=because, by=request.user, at=timezone.now())
    except UpstreamFailure as failure:
        messages.error(request, str(failure))
    else:
        messages.success(request, "The agreement is withdrawn; the part can be changed and must be agreed again.")
    return redirect(part)


@requires(Permission.RESPONSE_DRAFT)
@require_http_methods(["GET", "POST"])
def answer_page(request: SignedInRequest, key: int, recommendation: int) -> HttpResponse:
    """Write what one office says to one recommendation."""
    part = _part_to_change(request, key, Permission.RESPONSE_DRAFT)
    if closed := PARTS.can_change(part):
        messages.warning(request, closed)
        return redirect(part)
    asked = get_object_or_404(part.response.inspection.recommendations.present(), pk=recommendation)
    kept = part.answers.present().filter(recommendation=asked).first()
    answer = kept or Answer(part=part, recommendation=asked)
    form = AnswerForm(request.POST or None, instance=answer, person=request.user)
    if form.is_valid():
        try:
            operations.draft_answer(answer=form.instance, by=request.user, at=timezone.now())
        except (ChangedMeanwhile, IntegrityError):  # the other changed the answer, or made the first
            form.add_error(None, MEANWHILE)
        else:
            messages.success(request, f"The answer to {asked.label.lower()} is kept.")
            return redirect(part)
    context = {**frame(PARTS, part, here=f"Answer to {asked.label.lower()}"), "form": form, "asked": asked}
    return render(request, "inspections/answer.html", context, status=400 if form.is_bound else 200)


def _to_preview(request: SignedInRequest, key: int) -> ResponseRecord:
    response = RESPONSES.get(request.user, key)
    if not may_see_draft(response, request.user):
        raise PermissionDenied("Read what was published: the draft of a correction is for those who write it.")
    return response


@requires(Permission.INSPECTION_VIEW)
@require_safe
def preview(request: SignedInRequest, key: int) -> HttpResponse:
    """Show the response as it would be published today, or as another area published it."""
    response = _to_preview(request, key)
    paper = papers.response_paper(response, made_at=papers.last_change(response))
    context = {**frame(RESPONSES, response, here="Document"), "shown": papers.html_of(paper), "is_preview": True}
    context["latest"] = kept_papers.papers_of(response).first()
    return render(request, "inspections/document.html", context)


@requires(Permission.INSPECTION_VIEW)
@require_safe
def preview_file(request: SignedInRequest, key: int, form: str) -> HttpResponse:
    """Give the same as a file; the same words give the same file."""
    response = _to_preview(request, key)
    paper = papers.response_paper(response, made_at=papers.last_change(response))
    return _file(request, papers.file_of(paper, form), f"response-{response.pk}-draft.{form}", form, response)


def _in_the_way(response: ResponseRecord) -> list[str]:
    """Give what keeps a response from being published, so that nobody gives a reason for nothing."""
    try:
        publishing.check_can_be_published(response)
    except UpstreamFailure as failure:
        return why_not_publish(response_standing(response)) or [str(failure)]
    return []


@requires(Permission.RESPONSE_PUBLISH)
@require_http_methods(["GET", "POST"])
def publish_page(request: SignedInRequest, key: int) -> HttpResponse:
    """Show what will be published and what stands in the way, and publish it."""
    response = RESPONSES.get(request.user, key)
    check_may(request.user, Permission.RESPONSE_PUBLISH, about=response)
    if not response.is_ours:
        raise Http404("Another area's response is not ours to publish.")
    is_correction = response.published_on is not None
    form = PublishForm(request.POST or None, is_correction=is_correction)
    if form.is_valid():
        try:
            published = publishing.publish(
                response=response, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
        except UpstreamFailure as failure:
            form.add_error(None, str(failure))
        else:
            messages.success(request, f"Version {published.number} is published and frozen. Now send the copies.")
            return redirect("response-send", key=response.pk)
    paper = papers.response_paper(response, made_at=papers.last_change(response))
    context = {
        **frame(RESPONSES, response, here="Publish"),
        "form": form,
        "blocked": _in_the_way(response),
        "is_correction": is_correction,
        "shown": papers.html_of(paper),
    }
    return render(request, "inspections/publish.html", context, status=400 if form.is_bound else 200)


@requires(Permission.RESPONSE_PUBLISH)
@require_http_methods(["GET", "POST"])
def send_page(request: SignedInRequest, key: int) -> HttpResponse:
    """List who must have a copy, and record those that were sent, with their proof."""
    response = RESPONSES.get(request.user, key)
    check_may(request.user, Permission.RESPONSE_PUBLISH, about=response)
    form = DispatchForm(request.POST or None, initial={"sent_on": timezone.localdate()})
    if form.is_valid():
        dispatch = Dispatch(response=response, **form.cleaned_data)
        try:
            operations.send(dispatch=dispatch, by=request.user, at=timezone.now())
        except UpstreamFailure as failure:
            form.add_error(None, str(failure))
        else:
            messages.success(request, f"Recorded: {dispatch}.")
            return redirect("response-send", key=response.pk)
    context = {
        **frame(RESPONSES, response, here="Copies"),
        "form": form,
        "owed": copies(response),
        "latest": kept_papers.papers_of(response).first(),
        "dispatches": response.dispatches.present(),
    }
    return render(request, "inspections/copies.html", context, status=400 if form.is_bound else 200)


@requires(Permission.INSPECTION_VIEW)
@require_safe
def version(request: SignedInRequest, key: int, number: int) -> HttpResponse:
    """Show a published version exactly as it was published."""
    response = RESPONSES.get(request.user, key)
    kept = kept_papers.get_kept_paper(response, number)
    context = {
        **frame(RESPONSES, response, here=f"Version {number}"),
        "published": kept,
        "latest": kept_papers.papers_of(response).first(),
        "shown": papers.html_of(kept_papers.content_of(kept)),
    }
    return render(request, "inspections/document.html", context)


@requires(Permission.INSPECTION_VIEW)
@require_safe
def version_file(request: SignedInRequest, key: int, number: int, form: str) -> HttpResponse:
    """Send a file of a published version; its hash is checked first."""
    kept = kept_papers.get_kept_paper(RESPONSES.get(request.user, key), number)
    return kept_papers.send(kept, form, by=request.user, at=timezone.now())


def _file(request: SignedInRequest, content: bytes, name: str, form: str, about: ResponseRecord) -> HttpResponse:
    answer = HttpResponse(content, content_type=kept_papers.MEDIA_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    announce(
        DOWNLOADED.words, by=request.user.get_username(), at=timezone.now(), kind="response", about=str(about.pk),
        detail={"form": form},
    )  # fmt: skip
    return answer
