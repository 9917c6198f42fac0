"""Changing one's own password, and choosing a new one by a link that was sent."""

from __future__ import annotations

from typing import Any

from allauth.account.views import (
    PasswordResetDoneView,
    PasswordResetFromKeyDoneView,
    PasswordResetFromKeyView,
    PasswordResetView,
)
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from upstream_web.access.authorisation import View, open_to_everyone, requires
from upstream_web.access.forms import AddressForm, NewPasswordForm, OwnPasswordForm
from upstream_web.access.operations import users
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest


@sensitive_post_parameters()
def _change(request: SignedInRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        users.change_password(
            user=request.user, password=form.cleaned_data["new_password1"], by=request.user, at=timezone.now()
        )
        update_session_auth_hash(request, request.user)  # this session goes on; others of the person end
        messages.success(request, "Your password is changed. Other places where you were signed in are signed out.")
        return redirect("account")
    return render(request, "access/password_change.html", {"form": form, "area": "none"})


def _by_mail(view: type[Any], template: str, **more: Any) -> View:
    """Open a page of getting a new password by e-mail to everybody, where the installation sends e-mail."""
    page = view.as_view(template_name=f"access/{template}.html", extra_context={"area": "none"}, **more)

    @open_to_everyone
    @never_cache
    @sensitive_post_parameters()
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.SENDS_MAIL:
            raise Http404("This installation sends no e-mail. Ask an administrator for a new password.")
        return page(request, *args, **kwargs)

    return answered


password_change = requires(Permission.OWN_ACCOUNT_CHANGE)(_change)
password_forgotten = _by_mail(PasswordResetView, "password_forgotten", form_class=AddressForm)
password_sent = _by_mail(PasswordResetDoneView, "password_sent")
password_new = _by_mail(PasswordResetFromKeyView, "password_new", form_class=NewPasswordForm)
password_done = _by_mail(PasswordResetFromKeyDoneView, "password_done")
