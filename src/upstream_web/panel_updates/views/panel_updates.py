"""Drafting, publishing and downloading a plan update."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream.exceptions import UpstreamFailure
from upstream.papers import FORMS, render
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.panel_updates import papers
from upstream_web.panel_updates.operations import panel_updates
from upstream_web.panel_updates.registers import PANEL_UPDATES, UPDATE_SECTIONS
from upstream_web.records.operations.keeping import check_as_shown
from upstream_web.records.papers import MEDIA_TYPES, get_kept_paper, send
from upstream_web.records.views.asking import do


@requires(Permission.PANEL_UPDATE_DRAFT)
@require_POST
def update_draft(request: SignedInRequest, key: int) -> HttpResponse:
    """Draft the sections again from the records as they are now."""
    update = PANEL_UPDATES.get(request.user, key)
    panel_updates.draft_again(update=update, by=request.user, at=timezone.now())
    messages.success(request, "Drafted again. Sections that somebody edited keep their words.")
    return redirect(update)


@requires(Permission.PANEL_UPDATE_DRAFT)
@require_POST
def section_take(request: SignedInRequest, key: int) -> HttpResponse:
    """Replace a section's words by the drafted ones."""
    section = UPDATE_SECTIONS.get(request.user, key)

    def take() -> None:
        check_as_shown(section, request.POST.get("version", ""))
        panel_updates.take_draft(section=section, by=request.user, at=timezone.now())

    return do(request, take, to=section, done="The drafted words are taken; those they replaced stand in the history.")


@requires(Permission.PANEL_UPDATE_PUBLISH)
@require_POST
def update_publish(request: SignedInRequest, key: int) -> HttpResponse:
    """Publish the update as it stands, or a correction of it."""
    update = PANEL_UPDATES.get(request.user, key)
    reason = request.POST.get("reason", "").strip()[:500]
    try:
        kept = panel_updates.publish(update=update, by=request.user, at=timezone.now(), reason=reason)
    except UpstreamFailure as failure:
        messages.error(request, str(failure))
    else:
        messages.success(request, f"Published as version {kept.number}, frozen as web page, PDF, Word and slides.")
    return redirect(update)


@requires(Permission.PANEL_UPDATE_DRAFT)
@require_safe
def update_preview(request: SignedInRequest, key: int, form: str) -> HttpResponse:
    """Send the update as it stands now, marked as a draft."""
    update = PANEL_UPDATES.get(request.user, key)
    known = next((each for each in FORMS if each == form), None)
    if known is None:
        raise Http404(f"There is no form {form!r}: ask for {', '.join(FORMS)}.")
    paper = papers.update_paper(update, made_at=update.changed_at, is_draft=True)
    response = HttpResponse(render(paper, known), content_type=MEDIA_TYPES[known])
    response["Content-Disposition"] = f'attachment; filename="plan-update-{update.pk}-draft.{known}"'
    return response


@requires(Permission.PANEL_UPDATE_VIEW)
@require_safe
def update_file(request: SignedInRequest, key: int, number: int, form: str) -> HttpResponse:
    """Send one form of a published version."""
    kept = get_kept_paper(PANEL_UPDATES.get(request.user, key), number)
    return send(kept, form, by=request.user, at=timezone.now())
