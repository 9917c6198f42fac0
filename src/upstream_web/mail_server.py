"""Turns variables into Django's settings for sending e-mail, and for the links in it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from upstream_web.settings_registry import SettingNotUnderstood

PORTS = {"smtp": 587, "smtps": 465, "smtp-plain": 25}


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in; `backend` throws them away when there is no server."""

    backend: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    use_starttls: bool = False
    use_tls: bool = False


NO_MAIL = MailServer(backend="django.core.mail.backends.dummy.EmailBackend")


def mail_server(url: str) -> MailServer:
    """Read the address of a mail server: `smtp://` with STARTTLS, `smtps://` with TLS, `smtp-plain://` with neither.

    Nothing means that no mail is sent. Raises `SettingNotUnderstood` for any other address.
    """
    if not url:
        return NO_MAIL
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise SettingNotUnderstood(
            f"UPSTREAM_MAIL_URL starts with {parts.scheme or 'nothing'!r}.",
            expected="smtp://user:password@host:587, or smtps:// or smtp-plain://",
            do="Give the address of a mail server, or leave the variable unset to send no mail.",
        )
    return MailServer(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_starttls=parts.scheme == "smtp",
        use_tls=parts.scheme == "smtps",
    )


def site_address(url: str) -> str:
    """Read where people reach the site, for the links in letters; raises `SettingNotUnderstood` for a bare name."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise SettingNotUnderstood(
            f"UPSTREAM_SITE_ADDRESS is {url!r}.",
            expected="an address with http:// or https:// and no path, such as https://upstream.example.org/",
            do="Give the address at which people open the workbench.",
        )
    return f"{parts.scheme}://{parts.netloc}/"
