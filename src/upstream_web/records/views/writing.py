"""Making, changing, removing and restoring a record."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from upstream.exceptions import WrongUse
from upstream_web.access.authorisation import check_may
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records import history
from upstream_web.records.models import Record
from upstream_web.records.operations import keeping
from upstream_web.records.register import Register
from upstream_web.records.saving import check_may_change, get_to_change, save_change, save_new
from upstream_web.records.views.pages import frame


def record_new(request: SignedInRequest, register: Register[Any]) -> HttpResponse:
    """Show the form of a new record, and write it."""
    check_may_change(register, request.user)
    form = register.form(
        request.POST or None, request.FILES or None, instance=register.model(),
        initial=register.initial(request), person=request.user,
    )  # fmt: skip
    record = save_new(register, form, person=request.user, at=timezone.now()) if request.method == "POST" else None
    if record is not None:
        messages.success(request, f"{register.noun.capitalize()} made.")
        return redirect(record)
    return render(request, register.form_template, {**frame(register, None, here=f"New {register.noun}"), "form": form})


def record_edit(request: SignedInRequest, register: Register[Any], key: int) -> HttpResponse:
    """Show the form of a record, and write what was changed."""
    data = request.POST if request.method == "POST" else None
    done = save_change(register, key, data, request.FILES or None, person=request.user, at=timezone.now())
    if done.closed:
        messages.warning(request, done.closed)
    elif done.fields:
        _say_saved(request, register, done.record)
    elif done.saved:
        messages.info(request, "Nothing was changed.")
    else:
        assert done.form is not None
        context = {**frame(register, done.record, here="Change"), "form": done.form}
        return render(request, register.form_template, context)
    return redirect(done.record)


def offer_undo(request: SignedInRequest, words: str, route: str, *parts: Any, **asked: Any) -> None:
    """Say what was done, with a button that takes it back by posting to an address."""
    address = reverse(route, args=parts) + (f"?{urlencode(asked)}" if asked else "")
    messages.success(request, words, extra_tags=address)


def _say_saved(request: SignedInRequest, register: Register[Any], record: Record) -> None:
    words = format_html('Saved. <a href="{}history/">See what changed</a>.', record.get_absolute_url())
    offer_undo(request, words, f"{register.kind}-restore", record.pk, record.version - 1, after=record.version)


def record_remove(request: SignedInRequest, register: Register[Any], key: int) -> HttpResponse:
    """Ask why a record should go, and take it out of sight; a removed one is brought back from the same place."""
    record = get_to_change(register, request.user, key)
    if not register.can_be_removed:
        raise Http404(f"A {register.noun} is never removed.")
    closed = register.can_change(record) or register.can_remove(record)
    if closed:
        messages.warning(request, closed)
        return redirect(record)
    if request.method != "POST":
        return render(request, "records/record_remove.html", frame(register, record, here="Remove"))
    if record.removed_at or request.GET.get("back"):
        return _bring_back(request, register, record)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        context = {**frame(register, record, here="Remove"), "missing": True}
        return render(request, "records/record_remove.html", context)
    try:
        keeping.remove(record=record, reason=reason, by=request.user, at=timezone.now())
    except keeping.ChangedMeanwhile as changed:
        return _say_changed(request, record, changed)
    words = format_html('Removed. <a href="{}">Look at it</a>.', record.get_absolute_url())
    offer_undo(request, words, f"{register.kind}-remove", record.pk, back=1)
    return HttpResponseRedirect(register.address())


def _bring_back(request: SignedInRequest, register: Register[Any], record: Record) -> HttpResponse:
    if record.removed_at:
        try:
            keeping.bring_back(record=record, check=register.check_to_stand, by=request.user, at=timezone.now())
        except keeping.ChangedMeanwhile as changed:
            return _say_changed(request, record, changed)
        except WrongUse as refused:
            messages.error(request, f"This {register.noun} cannot be brought back. {refused}")
            return redirect(record)
        messages.success(request, f"{register.noun.capitalize()} brought back.")
    return redirect(record)


def _say_changed(request: SignedInRequest, record: Record, changed: Exception) -> HttpResponse:
    messages.warning(request, f"{changed} Look at it as it is now, then decide.")
    return redirect(record)


def record_restore(request: SignedInRequest, register: Register[Any], key: int, version: int) -> HttpResponse:
    """Give a record the values of an earlier version.

    An address that says `after` which version it comes is an undo: it takes back that change only, and whoever made
    the change may do it.
    """
    record = get_to_change(register, request.user, key)
    after = request.GET.get("after", "")
    own = after == str(record.version) == str(version + 1) and record.changed_by == request.user.get_username()
    if after and after != str(record.version):
        messages.warning(request, f"{record.changed_by} saved this {register.noun} since. Nothing was undone.")
        return redirect(record)
    if not own:
        check_may(request.user, Permission.RECORD_RESTORE)
    closed = register.can_change(record)
    if closed:
        messages.warning(request, closed)
        return redirect(record)
    return _restore(request, register, record, version)


def _restore(request: SignedInRequest, register: Register[Any], record: Any, version: int) -> HttpResponse:
    values = history.base_values(record, version)
    if values is None:
        raise Http404(f"Version {version} is not kept.")
    if gone := _no_longer_kept(register.model, values):
        messages.error(request, f"Version {version} cannot be restored: {gone} is no longer kept.")
        return redirect(record)
    try:
        record = keeping.restore(
            record=record, values=values, version=version, check=register.check_to_stand,
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except keeping.ChangedMeanwhile as changed:
        return _say_changed(request, record, changed)
    except WrongUse as refused:
        messages.error(request, f"Version {version} cannot be restored. {refused}")
        return redirect(record)
    words = f"Version {version} is restored; what it replaced is kept in the history."
    offer_undo(request, words, f"{register.kind}-restore", record.pk, record.version - 1, after=record.version)
    return redirect(record)


def _no_longer_kept(model: type[Record], values: dict[str, Any]) -> str:
    for field in history.fields_of(model):
        value = values.get(field.attname)
        if isinstance(field, models.ForeignKey) and value is not None:
            related: Any = field.related_model
            if not related._base_manager.filter(pk=value).exists():
                return str(field.verbose_name)
    return ""
