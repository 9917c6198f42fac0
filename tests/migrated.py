"""The tables of the site as its migrations make them, made once and copied: running them takes longer than most tests.

A copy is used for as long as migrations, models and libraries stay the same; where it is of an earlier run,
`test_migrations.py` runs the migrations again and compares.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from run_folder import run_folder

ROOT = Path(__file__).resolve().parent.parent
MADE_FROM = (
    "src/upstream_web/**/migrations/*.py",
    "src/upstream_web/**/models/*.py",
    "src/upstream_web/audit/guard.py",
    "src/upstream_web/core/many_tables.py",
    "src/upstream_web/settings.py",
    "tests/integration/web/notebook/*.py",
    "tests/site_settings.py",
    "requirements.lock",
)
TEMPLATES = "upstream_tests_"
FROM_NOTHING = """
import sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
call_command("createcachetable", verbosity=0)
"""


def fingerprint() -> str:
    """Hash everything that the tables are made from."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in MADE_FROM for path in ROOT.glob(pattern)):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def made_in(kept: Path) -> Path:
    """Where the tables as they should be now lie in the folder `kept`, once they are made."""
    return kept / f"{fingerprint()}.sqlite3"


def make_from_nothing(path: Path) -> None:
    """Run the migrations on a new SQLite file, in a process of their own; the file is there when it is whole."""
    draft = path.with_name(f"draft-{os.getpid()}")
    draft.unlink(missing_ok=True)
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    surroundings.pop("UPSTREAM_TEST_DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", FROM_NOTHING, str(draft)], check=True, env=surroundings)
    draft.rename(path)


def made_by_this_run() -> Path:
    """A file that is there when the migrations were run in this run, not copied from an earlier one."""
    return run_folder() / "migrated"


@contextmanager
def copied(kept: Path) -> Iterator[None]:
    """Let `migrate` copy its tables, or leave a copy for the next: of SQLite in `kept`, of PostgreSQL on the server."""
    from django.core.management.commands import migrate
    from django.db import connections

    plain = migrate.Command.handle
    copy = {"sqlite": _copied_file, "postgresql": _copied_template}[connections["default"].vendor]
    with pytest.MonkeyPatch.context() as patch, copy(connections["default"], made_in(kept)) as made:

        def handle(self: Any, *args: Any, **options: Any) -> Any:
            return made(lambda: plain(self, *args, **options))

        patch.setattr(migrate.Command, "handle", handle)
        yield


@contextmanager
def _copied_file(connection: Any, made: Path) -> Iterator[Callable[[Callable[[], Any]], None]]:
    def make(migrate: Callable[[], Any]) -> None:
        connection.ensure_connection()
        if made.is_file():
            with closing(sqlite3.connect(made)) as source:
                source.backup(connection.connection)
            return
        migrate()
        made_by_this_run().touch()
        for old in made.parent.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        draft = made.with_name(f"draft-{os.getpid()}")
        with closing(sqlite3.connect(draft)) as target:
            connection.connection.backup(target)
        draft.rename(made)

    yield make


@contextmanager
def _copied_template(connection: Any, made: Path) -> Iterator[Callable[[Callable[[], Any]], None]]:
    name = f"{TEMPLATES}{made.stem}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{TEMPLATES}%"])
        there = {row[0] for row in cursor.fetchall()}
    is_there = name in there

    def make(migrate: Callable[[], Any]) -> None:
        if is_there:
            return  # the database was made from it
        migrate()
        connection.close()  # a database that somebody has open cannot be copied
        with connection._nodb_cursor() as cursor:
            for old in there:
                cursor.execute(f'DROP DATABASE "{old}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')

    connection.settings_dict["TEST"]["TEMPLATE"] = name if is_there else None
    yield make


def tables_of(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Give every table, index and trigger with the statement that makes it, and the migrations that were run."""
    made = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    run = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return [*made, *run]
