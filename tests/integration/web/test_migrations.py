"""The records' tables are what the models say."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import migrated
import pytest
from django.core.management import call_command


def test_no_migration_is_missing(db):
    written = io.StringIO()
    call_command("makemigrations", dry_run=True, stdout=written)
    assert "No changes detected" in written.getvalue()


def test_migrations_make_the_very_tables_that_the_tests_use(db, tmp_path):
    """Tests copy tables that were made once; here the migrations run from nothing, in a process of their own."""
    from django.db import connection

    if migrated.made_by_this_run().exists():
        pytest.skip("The migrations made the tables in this very run.")
    if connection.vendor != "sqlite":
        pytest.skip("On PostgreSQL the first worker of a server runs the migrations.")
    made = tmp_path / "made.sqlite3"
    migrated.make_from_nothing(made)
    with closing(sqlite3.connect(made)) as fresh:
        assert migrated.tables_of(fresh) == migrated.tables_of(connection.connection)


def test_settings_pass_the_checks_of_a_deployment(tmp_path):
    """Over HTTPS, in a process of its own, because settings are read once."""
    surroundings = os.environ | {
        "UPSTREAM_HTTPS": "1",
        "UPSTREAM_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "upstream_web.settings",
    }
    checked = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("url", "engine"), [("postgresql://u:p%40ss@db:5433/upstream?sslmode=require", "django.db.backends.postgresql")]
)
def test_database_address_is_read(url, engine):
    from upstream_web.database_url import postgresql_database

    database = postgresql_database(url)
    assert database["ENGINE"] == engine
    assert (database["USER"], database["PASSWORD"], database["HOST"], database["PORT"], database["NAME"]) == (
        "u", "p@ss", "db", "5433", "upstream",
    )  # fmt: skip
    assert database["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("url", ["mysql://u:p@db/name", "postgresql://u:p@db/", "just words"])
def test_other_database_address_is_refused(url):
    from upstream_web.database_url import postgresql_database
    from upstream_web.settings_registry import SettingNotUnderstood

    with pytest.raises(SettingNotUnderstood, match="postgresql://"):
        postgresql_database(url)


def test_many_tables_are_made_in_the_order_in_which_they_are_written():
    """What points to a table comes after it; and one migration has them all together, or models are rendered again."""
    from django.db.migrations.loader import MigrationLoader

    from upstream_web.core.many_tables import CreateModels, ManyTables

    put_together = [each for each in MigrationLoader(None).disk_migrations.values() if isinstance(each, ManyTables)]
    assert put_together
    for migration in put_together:
        tables, *others = migration.operations
        assert isinstance(tables, CreateModels)
        assert [*tables.each, *others] == type(migration).operations
        assert not any(isinstance(each, CreateModels) for each in others)
