"""One question about a record on a page of its own, and refusals said beside the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from upstream.exceptions import WrongUse
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.models import Record
from upstream_web.records.operations.keeping import ChangedMeanwhile
from upstream_web.records.register import Register
from upstream_web.records.views.pages import frame

CHANGED = "Somebody else saved this at the same moment. Look at it as it is now, and send again what is still right."


def get_present(register: Register[Any], request: SignedInRequest, key: int) -> Any:
    """Give a record that the person may see and that was not removed."""
    record = register.get(request.user, key)
    if record.removed_at:
        raise Http404(f"This {register.noun} was removed.")
    return record


def ask(
    request: SignedInRequest, register: Register[Any], record: Record, form: Any,
    *, heading: str, button: str, why: str = "",
) -> HttpResponse:  # fmt: skip
    """Show one question about a record, with what is wrong with the answer."""
    context = {**frame(register, record, here=heading), "heading": heading, "button": button, "why": why, "form": form}
    return render(request, "governance/ask.html", context)


def refusal(failure: Exception) -> str:
    """Say why something was not done."""
    return CHANGED if isinstance(failure, ChangedMeanwhile) else str(failure)


def done(act: Callable[[], Any], form: Any = None) -> bool:
    """Do something that may be refused; the refusal stands on the form."""
    try:
        act()
    except (WrongUse, ChangedMeanwhile) as refused:
        if form is not None:
            form.add_error(None, refusal(refused))
        return False
    return True


def do_and_return(request: SignedInRequest, act: Callable[[], Any], to: Any, words: str = "") -> HttpResponse:
    """Do something, say so, and go back to where it shows."""
    try:
        act()
    except (WrongUse, ChangedMeanwhile) as refused:
        messages.error(request, refusal(refused))
    else:
        if words:
            messages.success(request, words)
    return redirect(to)
