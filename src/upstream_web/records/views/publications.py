"""Withdrawing what was published: the reason is shown to everybody at the address of the version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import check_may, requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.field_words import SaysWhatIsWanted
from upstream_web.records.models import Publication, Record
from upstream_web.records.operations import publications
from upstream_web.records.register import Register, get_register
from upstream_web.records.views.pages import frame


class WithdrawForm(SaysWhatIsWanted, forms.Form):
    """Why a version is withdrawn."""

    because = forms.CharField(
        label="Why it is withdrawn",
        help_text="Everybody can read this at the address of the version. No names.",
        max_length=500,
        widget=forms.Textarea(attrs={"class": "input input--area", "rows": 3}),
        error_messages={"required": "Say why it is withdrawn"},
    )


def _get(request: SignedInRequest, key: int) -> tuple[Publication, Register[Any], Record]:
    publication = Publication.objects.select_related("paper").filter(pk=key).first()
    if publication is None:
        raise Http404("There is no such publication.")
    register = get_register(publication.paper.kind)
    record = register.get(request.user, publication.paper.key)
    if register.publish is None:
        raise PermissionDenied(f"A {register.noun} is withdrawn on a page of its own.")
    check_may(request.user, register.publish, about=record)
    return publication, register, record


@requires(Permission.HOME_VIEW)
@require_http_methods(["GET", "POST"])
def publication_withdraw(request: SignedInRequest, key: int) -> HttpResponse:
    """Ask why a version is withdrawn, and take it off the public site."""
    publication, register, record = _get(request, key)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            publications.withdraw(
                publication=publication, because=form.cleaned_data["because"], by=request.user, at=timezone.now()
            )
        except UpstreamFailure as failure:
            form.add_error("because", str(failure))
        else:
            messages.success(request, "Withdrawn. Its public address now says so, with your reason.")
            return redirect(record)
    context = {**frame(register, record, here="Withdraw"), "form": form, "publication": publication}
    return render(request, "records/publication_withdraw.html", context, status=400 if form.is_bound else 200)
