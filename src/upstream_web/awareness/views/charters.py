"""What is done to charter signatures from their pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.awareness.forms.outreach import DayForm, LeaveForm, VisitForm
from upstream_web.awareness.operations import charters
from upstream_web.awareness.register import SIGN_UPS
from upstream_web.core.words import count_words
from upstream_web.records.views.asking import ask, get_to_act


@requires(Permission.AWARENESS_CHANGE)
def signature_renew(request: SignedInRequest, key: int) -> HttpResponse:
    """Renew a signature."""
    signature = get_to_act(SIGN_UPS, request, key)
    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})

    def renew() -> None:
        charters.renew(signature=signature, on=form.cleaned_data["on"], by=request.user, at=timezone.now())

    why = f"It then holds for {count_words(signature.charter.renewal_months, 'month')} from that day."
    return ask(request, SIGN_UPS, signature, form, renew, heading="Renew", button="Renew", done="Renewed.", why=why)


@requires(Permission.AWARENESS_CHANGE)
def signature_visit(request: SignedInRequest, key: int) -> HttpResponse:
    """Note what a visit found."""
    signature = get_to_act(SIGN_UPS, request, key)
    form = VisitForm(request.POST or None, initial={"on": timezone.localdate()})

    def visit() -> None:
        charters.visit(signature=signature, **form.cleaned_data, by=request.user, at=timezone.now())

    return ask(request, SIGN_UPS, signature, form, visit, heading="Note a visit", button="Note it", done="Noted.")


@requires(Permission.AWARENESS_CHANGE)
def signature_leave(request: SignedInRequest, key: int) -> HttpResponse:
    """Note that a venue left."""
    signature = get_to_act(SIGN_UPS, request, key)
    form = LeaveForm(request.POST or None, initial={"on": timezone.localdate()})

    def leave() -> None:
        charters.leave(signature=signature, **form.cleaned_data, by=request.user, at=timezone.now())

    return ask(request, SIGN_UPS, signature, form, leave, heading="End it", button="End it", done="Ended.")
