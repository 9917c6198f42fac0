"""The gate to a closed record, and the review of those who went through it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from upstream.clocks import stand
from upstream.exceptions import WrongUse
from upstream_web.access import clocks
from upstream_web.access.authorisation import RecordClosed, requires
from upstream_web.access.forms import EmergencyForm, ReviewForm
from upstream_web.access.models import EmergencyAccess, EmergencyReason
from upstream_web.access.operations import emergencies
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest

SEALED_AS = "gate to a closed record"
SEAL_HOLDS_SECONDS = 1800
REVIEWED_SHOWN = 100


class GateTooOld(WrongUse):
    """What a gate was for cannot be read any more, or was never shown to this person."""


def gate(request: HttpRequest, closed: RecordClosed) -> HttpResponse:
    """Show the gate to a record, in place of the record."""
    sealed = signing.dumps(
        [request.user.pk, closed.kind, closed.key, closed.permission.name, request.get_full_path()], salt=SEALED_AS
    )
    return _gate(request, EmergencyForm(initial={"sealed": sealed}), why=str(closed))


def _gate(request: HttpRequest, form: EmergencyForm, why: str = "") -> HttpResponse:
    context = {"form": form, "why": why, "hours": settings.EMERGENCY_HOURS, "area": "none"}
    return render(request, "access/gate.html", context, status=403)


def _unsealed(sealed: str, person: int) -> tuple[tuple[str, str], Permission, str]:
    """Read what the gate was for; raises `GateTooOld` when it was for somebody else, is too old, or forged."""
    try:
        owner, kind, key, permission, address = signing.loads(sealed, salt=SEALED_AS, max_age=SEAL_HOLDS_SECONDS)
    except (signing.BadSignature, ValueError) as error:
        raise GateTooOld("This page was open for too long.", do="Go back to the record and try again.") from error
    if owner != person:
        raise GateTooOld("This page was made for somebody else.", do="Go to the record and try again.")
    return (kind, key), Permission[permission], address


@require_POST
def _open(request: SignedInRequest) -> HttpResponse:
    record, permission, address = _unsealed(request.POST.get("sealed", ""), request.user.pk)
    form = EmergencyForm(request.POST)
    if not form.is_valid():
        return _gate(request, form)
    emergencies.open_record(
        record=record,
        permission=permission,
        reason=EmergencyReason(form.cleaned_data["reason"]),
        words=form.cleaned_data["words"],
        by=request.user,
        at=timezone.now(),
    )
    messages.warning(request, "The record is open to you. Your name, the time and the reason are kept for review.")
    return redirect(address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "account")


def _with_clock(access: EmergencyAccess) -> dict[str, Any]:
    clock = clocks.emergency_review(opened_at=access.opened_at, reviewed_at=access.reviewed_at)
    return {"access": access, "stand": stand(clock, at=timezone.now())}


def _list(request: SignedInRequest) -> HttpResponse:
    everything = EmergencyAccess.objects.select_related("user")
    context = {
        "waiting": [_with_clock(access) for access in everything.to_review().order_by("opened_at")],
        "reviewed": [_with_clock(access) for access in everything.exclude(reviewed_at=None)[:REVIEWED_SHOWN]],
        "area": "account",
        "section": "people",
    }
    return render(request, "access/emergency_list.html", context)


def _review(request: SignedInRequest, emergency_id: int) -> HttpResponse:
    access = get_object_or_404(EmergencyAccess.objects.select_related("user"), pk=emergency_id)
    is_own = access.user_id == request.user.pk
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        emergencies.review(
            access=access,
            justified=form.cleaned_data["justified"] == "yes",
            words=form.cleaned_data["words"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, "Your review is kept.")
        return redirect("emergency-list")
    context = {**_with_clock(access), "form": form, "is_own": is_own, "area": "account", "section": "people"}
    return render(request, "access/emergency.html", context)


emergency_open = requires(Permission.EMERGENCY_ACCESS_USE)(_open)
emergency_list = requires(Permission.EMERGENCY_ACCESS_REVIEW)(_list)
emergency_review = requires(Permission.EMERGENCY_ACCESS_REVIEW)(_review)
