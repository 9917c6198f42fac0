"""Setting up, seeing and taking away one's own second factors, each after saying once more who one is."""

from __future__ import annotations

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from upstream_web.access.authorisation import View, requires
from upstream_web.access.forms import AppForm, CodeAgainForm, PasskeyForm, PasskeyNameForm, PasswordAgainForm
from upstream_web.access.permissions import Permission

CRUMBS = [("Your account", "/account/")]


class AddPasskeyView(AddWebAuthnView):
    """Adds a passkey that can also sign in without a password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for a passkey that knows its owner and checks that they are there."""
        context = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": webauthn.begin_registration(self.request.user, True)}
        return context


def _own(view: type[Any], template: str, **more: Any) -> View:
    """Open a page of the sign-in library, in our design, to everybody about themselves."""
    context = {"area": "none", "crumbs": CRUMBS}
    page = view.as_view(template_name=f"access/{template}.html", extra_context=context, **more)
    return requires(Permission.OWN_ACCOUNT_CHANGE)(never_cache(sensitive_post_parameters()(page)))


password_again = _own(ReauthenticateView, "who_are_you", form_class=PasswordAgainForm)
code_again = _own(ReauthenticateByCodeView, "who_are_you", form_class=CodeAgainForm)
passkey_again = _own(ReauthenticateWebAuthnView, "who_are_you")
app_add = _own(ActivateTOTPView, "app_add", form_class=AppForm)
app_remove = _own(DeactivateTOTPView, "app_remove")
recovery_codes = _own(ViewRecoveryCodesView, "recovery_codes")
recovery_codes_make = _own(GenerateRecoveryCodesView, "recovery_codes_make")
passkey_add = _own(AddPasskeyView, "passkey_add", form_class=PasskeyForm)
passkey_rename = _own(EditWebAuthnView, "passkey_rename", form_class=PasskeyNameForm)
passkey_remove = _own(RemoveWebAuthnView, "passkey_remove")
