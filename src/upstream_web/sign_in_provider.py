"""The sign-in service of the partnership's own organisations (OpenID Connect), from settings only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from upstream_web import settings_registry as registry
from upstream_web.settings_registry import SettingNotUnderstood

PROVIDER_ID = "own"  # stands in the addresses of sign-in, and in what the provider is told to send people back to


def _secret() -> str:
    path = registry.text_of("oidc_client_secret_file")
    if not path:
        return registry.text_of("oidc_client_secret")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingNotUnderstood(
            f"UPSTREAM_OIDC_CLIENT_SECRET_FILE is {path!r}, which cannot be read ({error.strerror}).",
            expected="a file that holds the secret and nothing else",
            do="Name one that the server may read.",
        ) from error


def providers() -> dict[str, Any]:
    """Describe the provider as the sign-in library wants it; nothing when none is set."""
    issuer, client_id = registry.text_of("oidc_issuer"), registry.text_of("oidc_client_id")
    if not issuer:
        return {}
    if not client_id:
        raise SettingNotUnderstood(
            "UPSTREAM_OIDC_ISSUER is set and UPSTREAM_OIDC_CLIENT_ID is not.",
            expected="both",
            do="Register the workbench with the provider, and give the client id that it hands out.",
        )
    app = {
        "provider_id": PROVIDER_ID,
        "name": registry.text_of("oidc_name"),
        "client_id": client_id,
        "secret": _secret(),
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
