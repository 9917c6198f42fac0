"""Making, changing, removing and restoring a record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html

from upstream_web.access.requests import SignedInRequest
from upstream_web.records import history
from upstream_web.records.models import Record
from upstream_web.records.operations import keeping
from upstream_web.records.register import Register
from upstream_web.records.views.pages import frame


def check_may_change(request: SignedInRequest, register: Register[Any], record: Record | None = None) -> None:
    """Raise `PermissionDenied` unless the person may change this record, or make one when none is given."""
    if not register.may_change(request.user, record):
        raise PermissionDenied(f"Changing {register.plural} takes a permission that you do not hold here.")


def _get_to_change(request: SignedInRequest, register: Register[Any], key: int) -> Any:
    record = register.get(request.user, key)
    check_may_change(request, register, record)
    return record


def record_new(request: SignedInRequest, register: Register[Any]) -> HttpResponse:
    """Show the form of a new record, and write it."""
    check_may_change(request, register)
    form = register.form(
        request.POST or None, request.FILES or None, instance=register.model(),
        initial=register.initial(request), person=request.user,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        record = register.make(form.instance, by=request.user, at=timezone.now())
        messages.success(request, f"{register.noun.capitalize()} made.")
        return redirect(record)
    return render(request, register.form_template, {**frame(register, None, here=f"New {register.noun}"), "form": form})


def record_edit(request: SignedInRequest, register: Register[Any], key: int) -> HttpResponse:
    """Show the form of a record, and write what was changed. Two people who write at once lose nothing."""
    for _ in range(3):  # somebody may save between reading and writing; then the form is merged once more
        record = _get_to_change(request, register, key)
        closed = register.can_change(record)
        if closed or record.removed_at:
            messages.warning(request, closed or f"This {register.noun} was removed; bring it back first.")
            return redirect(record)
        before = {field.attname: getattr(record, field.attname) for field in history.fields_of(register.model)}
        form = register.form(request.POST or None, request.FILES or None, instance=record, person=request.user)
        if request.method != "POST" or not form.is_valid():
            break
        fields = form.changed_names(before)
        if not fields:
            messages.info(request, "Nothing was changed.")
            return redirect(record)
        try:
            record = register.change_record(record, fields, by=request.user, at=timezone.now())
        except keeping.ChangedMeanwhile:
            continue
        _say_saved(request, register, record)
        return redirect(record)
    context = {**frame(register, record, here="Change"), "form": form, "conflicts": form.conflicts}
    return render(request, register.form_template, context)


def _say_saved(request: SignedInRequest, register: Register[Any], record: Record) -> None:
    messages.success(
        request, format_html('Saved. <a href="{}history/">See what changed, or undo it</a>.', record.get_absolute_url())
    )


def record_remove(request: SignedInRequest, register: Register[Any], key: int) -> HttpResponse:
    """Ask why a record should go, and take it out of sight; a removed one is brought back from the same place."""
    record = _get_to_change(request, register, key)
    if not register.can_be_removed:
        raise Http404(f"A {register.noun} is never removed.")
    if request.method != "POST":
        return render(request, "records/record_remove.html", frame(register, record, here="Remove"))
    if record.removed_at:
        keeping.bring_back(record=record, by=request.user, at=timezone.now())
        messages.success(request, f"{register.noun.capitalize()} brought back.")
        return redirect(record)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        context = {**frame(register, record, here="Remove"), "missing": True}
        return render(request, "records/record_remove.html", context)
    keeping.remove(record=record, reason=reason, by=request.user, at=timezone.now())
    messages.success(request, format_html('Removed. <a href="{}">Bring it back</a>.', record.get_absolute_url()))
    return HttpResponseRedirect(register.address())


def record_restore(request: SignedInRequest, register: Register[Any], key: int, version: int) -> HttpResponse:
    """Give a record the values of an earlier version."""
    record = _get_to_change(request, register, key)
    closed = register.can_change(record)
    if closed:
        messages.warning(request, closed)
        return redirect(record)
    values = history.base_values(record, version)
    if values is None:
        raise Http404(f"Version {version} is not kept.")
    gone = _no_longer_kept(register.model, values)
    if gone:
        messages.error(request, f"Version {version} cannot be restored: {gone} is no longer kept.")
        return redirect(record)
    keeping.restore(record=record, values=values, version=version, by=request.user, at=timezone.now())
    messages.success(request, f"Version {version} is restored; what it replaced is kept in the history.")
    return redirect(record)


def _no_longer_kept(model: type[Record], values: dict[str, Any]) -> str:
    for field in history.fields_of(model):
        value = values.get(field.attname)
        if isinstance(field, models.ForeignKey) and value is not None:
            related: Any = field.related_model
            if not related._base_manager.filter(pk=value).exists():
                return str(field.verbose_name)
    return ""
