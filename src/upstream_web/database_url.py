"""Turns one variable into Django's database settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from upstream_web.settings_registry import SettingNotUnderstood

SQLITE_START_UP = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000;"
)


def sqlite_database(path: Path) -> dict[str, Any]:
    """Settings for SQLite that let readers and one writer work side by side without lock errors.

    An immediate transaction takes the write lock at its start, so that two writers queue for up to the
    busy timeout instead of failing half-way.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START_UP},
        "CONN_MAX_AGE": 600,
    }


def postgresql_database(url: str) -> dict[str, Any]:
    """Settings for the PostgreSQL database at `url`; raises `SettingNotUnderstood` for any other address."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingNotUnderstood(
            f"UPSTREAM_DATABASE_URL starts with {parts.scheme or 'nothing'!r}.",
            expected="postgresql://user:password@host:port/name",
            do="Give the address of a PostgreSQL database, or leave the variable unset to use SQLite.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
