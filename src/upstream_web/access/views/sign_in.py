"""Signing in and out: by name and password, then by a second factor where the person has one; or by a passkey."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from upstream_web.access.authorisation import View, open_to_everyone
from upstream_web.access.forms import CodeForm, SignInForm
from upstream_web.access.home import home_of
from upstream_web.sign_in_provider import PROVIDER_ID

TOO_MANY_REQUESTS = 429


class SignInView(LoginView):
    """Asks who you are."""

    template_name = "access/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Let the person in, or ask for their second factor first."""
        user = form.get_user()
        login = Login(user=user, redirect_url=self.get_redirect_url() or None)
        return perform_password_login(self.request, {"username": user.username}, login)

    def get_default_redirect_url(self) -> str:
        """Lead somebody who is signed in already to where they would have come."""
        return home_of(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which other ways in there are."""
        provider = next(iter(settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", ())), None)
        return {
            **super().get_context_data(**kwargs),
            "provider": provider["name"] if provider else "",
            "provider_id": PROVIDER_ID,
            "sends_mail": settings.SENDS_MAIL,
        }


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Say that a name is locked out after too many failures, and for how long."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "access/locked_out.html", {"minutes": minutes}, status=TOO_MANY_REQUESTS)


def unless_locked_out(view: View) -> View:
    """Count failed second factors like failed passwords: a name that is locked out is asked for neither."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stage = LoginStageController.enter(request, AuthenticateStage.key)
        name = stage.login.user.get_username() if stage and stage.login.user else ""
        if name and not AxesProxyHandler.is_allowed(request, {"username": name}):
            return locked_out(request)
        return view(request, *args, **kwargs)

    return guarded


sign_in = open_to_everyone(never_cache(sensitive_post_parameters()(SignInView.as_view())))
sign_out = open_to_everyone(LogoutView.as_view())
second_factor = open_to_everyone(
    unless_locked_out(
        AuthenticateView.as_view(
            template_name="access/second_factor.html", form_class=CodeForm, extra_context={"area": "none"}
        )
    )
)
sign_in_by_passkey = open_to_everyone(LoginWebAuthnView.as_view())
sign_in_by_provider = open_to_everyone(never_cache(openid_connect.login))
provider_callback = open_to_everyone(never_cache(openid_connect.callback))
