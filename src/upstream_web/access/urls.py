"""Addresses of signing in, of one's own account and of emergencies.

Names with `account_`, `mfa_` and `openid_connect_` are those under which the sign-in library looks for its pages; none
of its own addresses is open, only the pages named here. Several of its names lead to one page of ours.
"""

from django.urls import path, re_path

from upstream_web.access.views import emergency
from upstream_web.access.views import second_factors as factors
from upstream_web.access.views.account import account, session_end, session_end_others
from upstream_web.access.views.password import (
    password_change,
    password_done,
    password_forgotten,
    password_new,
    password_sent,
)
from upstream_web.access.views.sign_in import (
    provider_callback,
    second_factor,
    sign_in,
    sign_in_by_passkey,
    sign_in_by_provider,
    sign_out,
)

SIGN_IN = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/second-factor/", second_factor, name="mfa_authenticate"),
    path("sign-in/passkey/", sign_in_by_passkey, name="mfa_login_webauthn"),
    path("sign-in/by/<slug:provider_id>/", sign_in_by_provider, name="openid_connect_login"),
    path("sign-in/by/<slug:provider_id>/back/", provider_callback, name="openid_connect_callback"),
    path("sign-in/forgotten/", password_forgotten, name="account_reset_password"),
    path("sign-in/forgotten/sent/", password_sent, name="account_reset_password_done"),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        password_new,
        name="account_reset_password_from_key",
    ),
    path("sign-in/forgotten/done/", password_done, name="account_reset_password_from_key_done"),
    path("sign-out/", sign_out, name="sign-out"),
    path("sign-out/", sign_out, name="account_logout"),
]
OWN_ACCOUNT = [
    path("account/", account, name="account"),
    path("account/", account, name="mfa_index"),
    path("account/", account, name="mfa_list_webauthn"),
    path("account/", account, name="socialaccount_connections"),
    path("account/password/", password_change, name="password-change"),
    path("account/sessions/<int:session_id>/end/", session_end, name="session-end"),
    path("account/sessions/end/", session_end_others, name="session-end-others"),
    path("account/again/password/", factors.password_again, name="account_reauthenticate"),
    path("account/again/code/", factors.code_again, name="mfa_reauthenticate"),
    path("account/again/passkey/", factors.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("account/app/", factors.app_add, name="mfa_activate_totp"),
    path("account/app/remove/", factors.app_remove, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", factors.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", factors.recovery_codes_make, name="mfa_generate_recovery_codes"),
    path("account/passkeys/new/", factors.passkey_add, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", factors.passkey_rename, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", factors.passkey_remove, name="mfa_remove_webauthn"),
]
EMERGENCIES = [
    path("emergency/open/", emergency.emergency_open, name="emergency-open"),
    path("account/people/emergencies/", emergency.emergency_list, name="emergency-list"),
    path("account/people/emergencies/<int:emergency_id>/", emergency.emergency_review, name="emergency"),
]
urlpatterns = SIGN_IN + OWN_ACCOUNT + EMERGENCIES
