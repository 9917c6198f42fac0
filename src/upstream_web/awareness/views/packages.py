"""What is decided about packages from their pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.awareness.forms.education import ApproveForm, ReasonForm
from upstream_web.awareness.operations import packages
from upstream_web.awareness.register import PACKAGES
from upstream_web.records.views.asking import ask, get_to_act


@requires(Permission.AWARENESS_CHANGE)
def package_approve(request: SignedInRequest, key: int) -> HttpResponse:
    """Approve a package for use."""
    package = get_to_act(PACKAGES, request, key)
    form = ApproveForm(request.POST or None)

    def approve() -> None:
        packages.approve(package=package, words=form.cleaned_data["words"], by=request.user, at=timezone.now())

    why = f"It does not meet yet: {'; '.join(package.unmet)}." if package.unmet else "It meets every criterion."
    return ask(
        request, PACKAGES, package, form, approve, heading="Approve", button="Approve", done="Approved.", why=why
    )


@requires(Permission.AWARENESS_CHANGE)
def package_retire(request: SignedInRequest, key: int) -> HttpResponse:
    """Take a package out of use."""
    package = get_to_act(PACKAGES, request, key)
    form = ReasonForm(request.POST or None)

    def retire() -> None:
        packages.retire(package=package, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())

    why = "Its sessions stay; no new ones are planned."
    return ask(request, PACKAGES, package, form, retire, heading="Retire", button="Retire", done="Retired.", why=why)
