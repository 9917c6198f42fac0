"""Files of a record: attaching, handing out, withdrawing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import check_may, may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.field_words import SaysWhatIsWanted
from upstream_web.records.files import MEDIA_TYPES
from upstream_web.records.models import Attachment
from upstream_web.records.operations import attachments
from upstream_web.records.views.hanging import back_to, get_for, get_hanging
from upstream_web.records.views.pages import frame

# Should a browser open the file all the same, nothing in it may run or fetch.
NOTHING_RUNS = "sandbox; default-src 'none'"


class AttachmentForm(SaysWhatIsWanted, forms.Form):
    """A file with its title and what it is."""

    file = forms.FileField(
        label="File",
        error_messages={"required": "Choose a file", "empty": "The file is empty: choose it again"},
        widget=forms.ClearableFileInput(attrs={"class": "file", "accept": ",".join(f".{one}" for one in MEDIA_TYPES)}),
    )
    title = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs={"class": "input"}))
    sort = forms.ChoiceField(
        label="What it is",
        choices=Attachment.Sort.choices,
        initial=Attachment.Sort.OTHER,
        widget=forms.Select(attrs={"class": "input select"}),
    )


@requires(Permission.RECORD_ATTACH)
def attachment_add(request: SignedInRequest, kind: str, key: int) -> HttpResponse:
    """Attach a file, in place of the one that the address names under `replaces`."""
    register, record = get_for(request, kind, key, Permission.RECORD_ATTACH)
    replaces = _replaced(record, request.GET.get("replaces", ""))
    initial = {"title": replaces.title, "sort": replaces.sort} if replaces else None
    form = AttachmentForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        file: Any = form.cleaned_data["file"]
        try:
            attachment = attachments.attach(
                record=record, title=form.cleaned_data["title"], sort=form.cleaned_data["sort"], file_name=file.name,
                content=file.read(), replaces=replaces, by=request.user, at=timezone.now(),
            )  # fmt: skip
        except UpstreamFailure as failure:
            form.add_error("file", str(failure))
        else:
            messages.success(request, f"Attached. {attachment.notes}".strip())
            return back_to(record, "files")
    context = {**frame(register, record, here="Attach a file"), "form": form, "replaces": replaces}
    return render(request, "records/attachment_form.html", context | {"kinds": ", ".join(MEDIA_TYPES)})


def _replaced(record: Any, given: str) -> Attachment | None:
    if not given:
        return None
    found = Attachment.objects.on(record).filter(pk=given).first() if given.isdecimal() else None
    if found is None:
        raise Http404("The file to be replaced is not there.")
    return found


@requires(Permission.HOME_VIEW)
@require_safe
def attachment(request: SignedInRequest, attachment_id: int) -> HttpResponse:
    """Hand a file out to whoever may see its record; a withdrawn one only to those who may attach files there."""
    _, record, found = get_hanging(request, Attachment, attachment_id)
    if found.withdrawn_at and not may(request.user, Permission.RECORD_ATTACH, about=record):
        raise PermissionDenied("This file was withdrawn. Ask whoever withdrew it.")
    if not found.path.is_file():
        raise Http404("The file is not where it was kept. Tell your data steward.")
    content = attachments.hand_out(attachment=found, by=request.user, at=timezone.now())
    response = HttpResponse(content, content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Permission.RECORD_ATTACH)
@require_POST
def attachment_withdraw(request: SignedInRequest, attachment_id: int) -> HttpResponse:
    """Take a file out of use, with a reason."""
    _, record, found = get_hanging(request, Attachment, attachment_id)
    check_may(request.user, Permission.RECORD_ATTACH, about=record)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.warning(request, "Say why the file is withdrawn. Nothing was changed.")
        return back_to(record, "files")
    try:
        attachments.withdraw(attachment=found, reason=reason, by=request.user, at=timezone.now())
    except UpstreamFailure as failure:
        messages.warning(request, str(failure))
    return back_to(record, "files")
