"""Who may open the pages of signing in, of one's own account and of emergencies."""

from integration.web.access_matrix.rows import EVERYONE, SIGNED_IN, Row, only, posted

ROWS = {
    # ---- signing in ----
    "sign-in": Row(EVERYONE),
    "account_login": Row(EVERYONE),
    "sign-out": Row(EVERYONE),
    "account_logout": Row(EVERYONE),
    "mfa_authenticate": Row(EVERYONE),
    "mfa_login_webauthn": Row(EVERYONE),
    "openid_connect_login": Row(EVERYONE, {"provider_id": "own"}),
    "openid_connect_callback": Row(EVERYONE, {"provider_id": "own"}),
    "account_reset_password": Row(EVERYONE),
    "account_reset_password_done": Row(EVERYONE),
    "account_reset_password_from_key": Row(EVERYONE, {"uidb36": "1", "key": "none"}),
    "account_reset_password_from_key_done": Row(EVERYONE),
    # ---- one's own account ----
    "account": Row(SIGNED_IN),
    "mfa_index": Row(SIGNED_IN),
    "mfa_list_webauthn": Row(SIGNED_IN),
    "socialaccount_connections": Row(SIGNED_IN),
    "password-change": Row(SIGNED_IN),
    "session-end": posted(SIGNED_IN, {"session_id": 1}),
    "session-end-others": posted(SIGNED_IN),
    "account_reauthenticate": Row(SIGNED_IN),
    "mfa_reauthenticate": Row(SIGNED_IN),
    "mfa_reauthenticate_webauthn": Row(SIGNED_IN),
    "mfa_activate_totp": Row(SIGNED_IN),
    "mfa_deactivate_totp": Row(SIGNED_IN),
    "mfa_view_recovery_codes": Row(SIGNED_IN),
    "mfa_generate_recovery_codes": Row(SIGNED_IN),
    "mfa_add_webauthn": Row(SIGNED_IN),
    "mfa_edit_webauthn": Row(SIGNED_IN, {"pk": 1}),
    "mfa_remove_webauthn": Row(SIGNED_IN, {"pk": 1}),
    # ---- emergencies ----
    "emergency-open": posted(only("navigator", "service_manager", "manager")),
    "emergency-list": Row(only("steward", "manager")),
    "emergency": Row(only("steward", "manager"), {"emergency_id": 1}),
}
