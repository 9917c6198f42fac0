"""Every setting of the site: its name, environment variable, default and meaning.

The settings module reads values from here and the reference manual prints this list, so that the two
cannot part company.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from upstream.exceptions import WrongUse

SettingValue = str | int | bool
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})


class SettingNotUnderstood(WrongUse):
    """An environment variable holds something that its setting cannot be."""


@dataclass(frozen=True)
class Setting:
    """One thing that an installation may choose; the default always works. `choices` are the only words allowed."""

    name: str
    variable: str
    default: SettingValue
    meaning: str
    choices: tuple[str, ...] = ()


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "partnership",
        "UPSTREAM_PARTNERSHIP",
        "partnerships/staffordshire",
        "Folder of the partnership that the workbench serves.",
    ),
    Setting("data", "UPSTREAM_DATA", "var", "Folder under which each partnership keeps what it accumulates."),
    Setting("builds_kept", "UPSTREAM_BUILDS_KEPT", 5, "Builds that are kept; older ones are cleared away."),
    Setting("host", "UPSTREAM_HOST", "127.0.0.1", "Address the server listens on; only this machine by default."),
    Setting("port", "UPSTREAM_PORT", 8000, "First port to try; when it is busy the next free one is taken."),
    Setting(
        "workers", "UPSTREAM_WORKERS", 0, "Server processes; 0 means one for each processor, at least 2, at most 8."
    ),
    Setting("worker_threads", "UPSTREAM_WORKER_THREADS", 3, "Threads in each server process that answer requests."),
    Setting(
        "database_url",
        "UPSTREAM_DATABASE_URL",
        "",
        "PostgreSQL database as postgresql://user:password@host:port/name; empty means SQLite in the data folder.",
    ),
    Setting(
        "secret_key",
        "UPSTREAM_SECRET_KEY",
        "",
        "Key that signs sessions; empty means one is generated and kept in the data folder.",
    ),
    Setting(
        "audit_key_file",
        "UPSTREAM_AUDIT_KEY_FILE",
        "",
        "File with the key that seals the audit trail; empty means `audit_key` in the data folder. Best on another "
        "volume than the database, readable by the server only.",
    ),
    Setting(
        "allowed_hosts",
        "UPSTREAM_ALLOWED_HOSTS",
        "127.0.0.1,localhost,[::1]",
        "Host names, parted by commas, under which the site may be reached.",
    ),
    Setting(
        "https",
        "UPSTREAM_HTTPS",
        False,
        "Whether the site is reached over HTTPS: cookies are then marked secure and HSTS is sent.",
    ),
    Setting(
        "trusted_proxy",
        "UPSTREAM_TRUSTED_PROXY",
        False,
        "Whether a proxy in front sets X-Forwarded-Proto and may be believed.",
    ),
    Setting("debug", "UPSTREAM_DEBUG", False, "Show tracebacks in the browser; for development only."),
    Setting("log_level", "UPSTREAM_LOG_LEVEL", "WARNING", "Least level that is logged to standard error."),
    Setting("log_format", "UPSTREAM_LOG_FORMAT", "text", "`text` for people, `json` for one JSON object a line."),
    Setting(
        "session_hours", "UPSTREAM_SESSION_HOURS", 10, "Hours after which a person signs in again, whatever they do."
    ),
    Setting(
        "sign_in_failures",
        "UPSTREAM_SIGN_IN_FAILURES",
        6,
        "Failed sign-ins for one name from one address after which it is locked out.",
    ),
    Setting(
        "lock_out_minutes", "UPSTREAM_LOCK_OUT_MINUTES", 15, "Minutes for which a locked-out name stays locked out."
    ),
    Setting(
        "second_factor",
        "UPSTREAM_SECOND_FACTOR",
        "offered",
        "Who must confirm sign-in by a passkey or a code besides their password: `offered` (nobody must, everybody "
        "may), `keepers` (those who give access or read the audit trail) or `everybody`.",
        choices=("offered", "keepers", "everybody"),
    ),
    Setting(
        "oidc_issuer",
        "UPSTREAM_OIDC_ISSUER",
        "",
        "Address of an OpenID Connect provider by which people sign in, as it names itself; empty means none.",
    ),
    Setting("oidc_name", "UPSTREAM_OIDC_NAME", "your organisation", "What the button of that provider calls it."),
    Setting("oidc_client_id", "UPSTREAM_OIDC_CLIENT_ID", "", "Name under which that provider knows the workbench."),
    Setting(
        "oidc_client_secret",
        "UPSTREAM_OIDC_CLIENT_SECRET",
        "",
        "Secret that goes with the client id. Better kept in a file, see the next.",
    ),
    Setting(
        "oidc_client_secret_file",
        "UPSTREAM_OIDC_CLIENT_SECRET_FILE",
        "",
        "File that holds that secret and nothing else.",
    ),
    Setting(
        "oidc_email_verified",
        "UPSTREAM_OIDC_EMAIL_VERIFIED",
        False,
        "Whether addresses from that provider count as verified though it does not say so: only for a provider that "
        "gives out the addresses itself.",
    ),
    Setting(
        "mail_url",
        "UPSTREAM_MAIL_URL",
        "",
        "Mail server as smtp://user:password@host:587 (STARTTLS), smtps:// (TLS) or smtp-plain://; empty sends none.",
    ),
    Setting("mail_from", "UPSTREAM_MAIL_FROM", "upstream@localhost", "Address that letters come from."),
    Setting(
        "emergency_hours",
        "UPSTREAM_EMERGENCY_HOURS",
        4,
        "Hours for which a closed record stays open to the person who opened it in an emergency.",
    ),
    Setting("upload_megabytes", "UPSTREAM_UPLOAD_MEGABYTES", 2048, "Largest file that can be loaded through the site."),
    Setting(
        "site_address",
        "UPSTREAM_SITE_ADDRESS",
        "http://127.0.0.1:8000/",
        "Where people reach the site, with https:// and no path, for the links in letters that it sends.",
    ),
    Setting(
        "attachment_megabytes",
        "UPSTREAM_ATTACHMENT_MEGABYTES",
        25,
        "Largest file that can be attached to a record.",
    ),
    Setting(
        "virus_scanner",
        "UPSTREAM_VIRUS_SCANNER",
        "",
        "Command that looks at an attached file, such as `clamdscan --fdpass --no-summary {file}`: it ends with 0 when "
        "the file is clean, with anything else when it is not. Without one files are marked as not scanned.",
    ),
    Setting(
        "job_lease_seconds",
        "UPSTREAM_JOB_LEASE_SECONDS",
        60,
        "Seconds without a sign of life after which another worker takes over a background job.",
    ),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def _parsed(setting: Setting, text: str) -> SettingValue:
    if isinstance(setting.default, bool):
        lowered = text.strip().lower()
        if lowered in TRUE_WORDS | FALSE_WORDS:
            return lowered in TRUE_WORDS
        raise SettingNotUnderstood(f"{setting.variable} is {text!r}.", expected="1 or 0", do="Set it to 1 or 0.")
    if isinstance(setting.default, int):
        try:
            return int(text)
        except ValueError as error:
            raise SettingNotUnderstood(
                f"{setting.variable} is {text!r}.", expected="a whole number", do="Give digits only."
            ) from error
    if setting.choices and text not in setting.choices:
        raise SettingNotUnderstood(
            f"{setting.variable} is {text!r}.", expected=", ".join(setting.choices), do="Set it to one of these."
        )
    return text


def value_of(name: str, environment: Mapping[str, str] | None = None) -> SettingValue:
    """Read one setting: the environment variable when it is set, the default otherwise."""
    setting = _BY_NAME[name]
    text = (os.environ if environment is None else environment).get(setting.variable)
    return setting.default if text is None else _parsed(setting, text)


def text_of(name: str, environment: Mapping[str, str] | None = None) -> str:
    """Read a setting that is text."""
    return str(value_of(name, environment))


def number_of(name: str, environment: Mapping[str, str] | None = None) -> int:
    """Read a setting that is a whole number."""
    return int(value_of(name, environment))


def is_on(name: str, environment: Mapping[str, str] | None = None) -> bool:
    """Read a setting that is on or off."""
    return bool(value_of(name, environment))
