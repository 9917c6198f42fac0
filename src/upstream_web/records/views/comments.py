"""Comments on a record, and the names that complete a mention."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.models import Comment, Record
from upstream_web.records.operations import comments
from upstream_web.records.seeing import names_of_nobody, people_who_see
from upstream_web.records.views.hanging import back_to, get_for, get_hanging
from upstream_web.records.views.pages import frame


@requires(Permission.RECORD_COMMENT)
@require_POST
def comment_add(request: SignedInRequest, kind: str, key: int) -> HttpResponse:
    """Say something about a record."""
    register, record = get_for(request, kind, key, Permission.RECORD_COMMENT)
    text, added = request.POST.get("text", ""), request.POST.get("adds_to", "")
    adds_to = Comment.objects.on(record).filter(pk=added).first() if added.isdecimal() else None
    try:
        comments.add(record=record, text=text, adds_to=adds_to, by=request.user, at=timezone.now())
    except UpstreamFailure as failure:  # shown again with the words, which must not be lost
        context = {**frame(register, record, here="Comment"), "text": text, "failure": failure, "adds_to": adds_to}
        return render(request, "records/comment_form.html", context)
    _say_who_is_not_told(request, text, record)
    return back_to(record, "comments")


def _say_who_is_not_told(request: SignedInRequest, text: str, record: Record) -> None:
    unknown = names_of_nobody(text, (record.kind, record.pk))
    if unknown:
        listed = ", ".join(f"@{written}" for written in unknown)
        messages.warning(
            request,
            f"The comment is kept, and no notice went to {listed}: nobody who may see this has that sign-in name. "
            "Type @ and some letters to be offered those who may, or put it right here.",
        )


@requires(Permission.RECORD_COMMENT)
def comment_change(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Put one's own words right within a quarter of an hour, or add to them."""
    register, record, comment = get_hanging(request, Comment, comment_id)
    if not comment.is_of(request.user):
        raise PermissionDenied("You can change and add to your own comments only.")
    fixed = not comment.can_be_changed(request.user, timezone.now())
    context = {**frame(register, record, here="Comment"), "comment": comment, "fixed": fixed}
    if request.method != "POST":
        return render(request, "records/comment_form.html", context | {"text": "" if fixed else comment.text})
    text = request.POST.get("text", "")
    try:
        if fixed:
            comments.add(record=record, text=text, adds_to=comment, by=request.user, at=timezone.now())
        else:
            comments.put_right(comment=comment, text=text, by=request.user, at=timezone.now())
    except UpstreamFailure as failure:
        return render(request, "records/comment_form.html", context | {"text": text, "failure": failure})
    _say_who_is_not_told(request, text, record)
    return back_to(record, "comments")


@requires(Permission.RECORD_COMMENT)
@require_POST
def comment_withdraw(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Take one's own words back."""
    _, record, comment = get_hanging(request, Comment, comment_id)
    if not comment.is_of(request.user):
        raise PermissionDenied("You can withdraw your own comments only.")
    comments.withdraw(comment=comment, by=request.user, at=timezone.now())
    messages.success(request, "Comment withdrawn. That you wrote one stays, its words are shown to nobody.")
    return back_to(record, "comments")


@requires(Permission.RECORD_COMMENT)
@require_safe
def mention_list(request: SignedInRequest, kind: str, key: int) -> HttpResponse:
    """Offer the names of people who may see the record, and of nobody else."""
    _, record = get_for(request, kind, key, Permission.RECORD_COMMENT)
    words = request.GET.get("q", "").strip().lstrip("@")[:80]
    people = people_who_see((record.kind, record.pk), words) if words else []
    return render(request, "records/parts/mentions.html", {"people": people, "words": words})
