"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from upstream_web.access.authorisation import open_to_everyone
from upstream_web.access.forms import SignInForm

TOO_MANY_REQUESTS = 429


class SignInView(LoginView):
    """Asks who you are."""

    template_name = "access/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Say that a name is locked out after too many failures, and for how long."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "access/locked_out.html", {"minutes": minutes}, status=TOO_MANY_REQUESTS)


sign_in = open_to_everyone(never_cache(sensitive_post_parameters()(SignInView.as_view())))
sign_out = open_to_everyone(LogoutView.as_view())
