"""One question about a record on a page of its own, and refusals said beside the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import check_may
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.models import Record
from upstream_web.records.operations.keeping import ChangedMeanwhile
from upstream_web.records.register import Register
from upstream_web.records.views.pages import frame

CHANGED = "Somebody else saved this at the same moment. Look at it as it is now, and send again what is still right."


def get_to_act(
    register: Register[Any], request: SignedInRequest, key: int, permission: Permission | None = None
) -> Any:
    """Give a present record on which the person may act: by `permission`, or by what changes records of the kind."""
    record = register.get(request.user, key)
    if record.removed_at:
        raise Http404(f"This {register.noun} was removed.")
    needed = permission or register.change
    if needed is None:
        raise PermissionDenied(f"{register.title} are not changed here.")
    check_may(request.user, needed, about=record)
    return record


def refusal(failure: Exception) -> str:
    """Say why something was not done."""
    return CHANGED if isinstance(failure, ChangedMeanwhile) else str(failure)


def ask(
    request: SignedInRequest, register: Register[Any], record: Record | None, form: Any, act: Callable[[], Any],
    *, heading: str, button: str, done: str | Callable[[], str], to: Any = None, why: str = "",
) -> HttpResponse:  # fmt: skip
    """Show one question, or do what was asked and go on to `to`; a refusal stands on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except (UpstreamFailure, ChangedMeanwhile) as refused:
            form.add_error(None, refusal(refused))
        else:
            messages.success(request, done() if callable(done) else done)
            return redirect(to or record or register.address())
    back = record.get_absolute_url() if record is not None else register.address()
    context = {
        **frame(register, record, here=heading), "heading": heading, "button": button, "why": why, "form": form,
        "back": back,
    }  # fmt: skip
    return render(request, "records/ask.html", context)


def do(request: SignedInRequest, act: Callable[[], Any], *, to: Any, done: str) -> HttpResponse:
    """Do something that a button asks for, say so, and go back."""
    try:
        act()
    except (UpstreamFailure, ChangedMeanwhile) as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, done)
    return redirect(to)
