"""Changing one's own password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from upstream_web.access.authorisation import requires
from upstream_web.access.forms import OwnPasswordForm
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
        return redirect("today")
    return render(request, "access/password_change.html", {"form": form, "area": "home"})


password_change = requires(Permission.OWN_ACCOUNT_CHANGE)(_change)
