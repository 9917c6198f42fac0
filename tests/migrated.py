"""The tables of the site as its migrations make them, made once and copied: running them takes longer than most tests.

A copy is used for as long as migrations, models and libraries stay the same; `test_migrations.py` runs the migrations
in every run and compares.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
MADE_FROM = (
    "src/upstream_web/**/migrations/*.py",
    "src/upstream_web/**/models/*.py",
    "src/upstream_web/audit/guard.py",
    "src/upstream_web/settings.py",
    "tests/integration/web/notebook/*.py",
    "tests/site_settings.py",
    "requirements.lock",
)


def fingerprint() -> str:
    """Hash everything that the tables are made from."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in MADE_FROM for path in ROOT.glob(pattern)):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def copied(kept: Path) -> Iterator[None]:
    """Let `migrate` copy its tables on SQLite from the folder `kept`, or leave a copy there for the next."""
    from django.core.management.commands import migrate
    from django.db import connections

    made, plain = kept / f"{fingerprint()}.sqlite3", migrate.Command.handle

    def handle(self: Any, *args: Any, **options: Any) -> Any:
        connection = connections[options["database"]]
        if connection.vendor != "sqlite":
            return plain(self, *args, **options)
        connection.ensure_connection()
        if made.is_file():
            with closing(sqlite3.connect(made)) as source:
                source.backup(connection.connection)
            return None
        answer = plain(self, *args, **options)
        for old in kept.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        draft = kept / f"draft-{os.getpid()}"
        with closing(sqlite3.connect(draft)) as target:
            connection.connection.backup(target)
        draft.rename(made)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate.Command, "handle", handle)
        yield


def tables_of(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Give every table, index and trigger with the statement that makes it, and the migrations that were run."""
    made = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    run = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return [*made, *run]
