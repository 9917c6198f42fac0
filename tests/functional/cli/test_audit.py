"""`upstream audit` as an administrator meets it, on a site of its own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "partnerships" / "staffordshire"
WRITE = """
import django; django.setup()
from datetime import UTC, datetime, timedelta
from django.core.management import call_command
from upstream_web.audit.operations import events
from upstream_web.core.acts import declare
call_command("migrate", verbosity=0)
declare("written in tests")
for number in range(10):
    at = datetime(2020, 1, 1, 12, tzinfo=UTC) + timedelta(days=100 * number)
    events.record("written in tests", by="person@test", at=at, kind="risk", about=str(number))
"""
WRITE_AT_ONCE = """
import sys, threading
import django; django.setup()
from datetime import UTC, datetime
from django.db import connections
from upstream_web.audit.operations import events
from upstream_web.core.acts import declare
declare("written in tests")
def write():
    for number in range(15):
        events.record("written in tests", by="person@test", at=datetime(2026, 1, 1, tzinfo=UTC))
    connections.close_all()
threads = [threading.Thread(target=write) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


def surroundings(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTREAM_", "DJANGO_"))}
    return kept | {
        "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "upstream_web.settings",
        "UPSTREAM_PARTNERSHIP": str(EXAMPLE), "UPSTREAM_DATA": str(data),
    }  # fmt: skip


def python(data: Path, *call: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *call], cwd=ROOT, env=surroundings(data), capture_output=True, text=True, check=False
    )


def audit(data: Path, *call: str) -> subprocess.CompletedProcess[str]:
    return python(data, "-m", "upstream_cli", "audit", *call)


def tamper(data: Path, *statements: str) -> None:
    """Write to the database as somebody who knows it well, and takes the guard away first."""
    with sqlite3.connect(data / EXAMPLE.name / "upstream.sqlite3") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


@pytest.fixture(scope="session")
def made_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with ten lines in its trail, one every hundred days from the beginning of 2020."""
    data = tmp_path_factory.mktemp("trail")
    made = python(data, "-c", WRITE)
    assert made.returncode == 0, made.stderr
    return data


@pytest.fixture
def site(made_site: Path, tmp_path: Path) -> Path:
    """A copy of that site for one test."""
    return Path(shutil.copytree(made_site, tmp_path / "site"))


@pytest.mark.slow
def test_whole_trail_verifies_until_somebody_touches_it(site):
    done = audit(site, "verify")
    assert (done.returncode, done.stdout) == (0, "The trail is whole: 10 lines, 1 to 10.\n")
    tamper(site, "UPDATE audit_event SET about = 'x' WHERE chain = 4", "DELETE FROM audit_event WHERE chain > 8")
    done = audit(site, "verify")
    assert (done.returncode, done.stdout) == (
        1,
        "Line 4 was changed.\nLines 9 to 10 are missing at the end of the trail.\nThe trail is not whole: 2 faults.\n",
    )
    answer = json.loads(audit(site, "verify", "--json").stdout)
    assert (answer["whole"], answer["fault_count"]) == (False, 2)
    assert [(fault["wrong"], fault["first"], fault["last"]) for fault in answer["faults"]] == [
        ("changed", 4, 4), ("cut off", 9, 10),
    ]  # fmt: skip


FORGE = """
import django; django.setup()
from upstream_web.audit.chain import get_seal
from upstream_web.audit.models import Event, Head
from upstream_web.audit.operations.events import keep_head
before = None
for event in Event.objects.all():
    if event.chain == 3:
        event.actor = "somebody else"
    event.before = before or event.before
    before = event.hash = get_seal().of(event.sealed_bytes())
    super(Event, event).save(force_update=True)
head = Head.objects.get()
head.hash = before
keep_head(head)
"""


@pytest.mark.slow
@pytest.mark.parametrize("head_only", [False, True])
def test_export_shows_up_whoever_holds_the_key(site, head_only, tmp_path):
    """With the key the trail can be forged so that it is whole, but not so that it agrees with a file elsewhere."""
    file = tmp_path / "trail.jsonl"
    done = audit(site, "export", "--to", str(file), *(["--head-only"] if head_only else []))
    assert done.returncode == 0, done.stderr
    assert len(file.read_text().splitlines()) == (1 if head_only else 11)
    against = ("verify", "--against", str(file))
    assert audit(site, *against).returncode == 0
    tamper(site)
    forged = python(site, "-c", FORGE)
    assert forged.returncode == 0, forged.stderr
    assert audit(site, "verify").returncode == 0
    done = audit(site, *against)
    assert done.returncode == 1
    assert "not as" in done.stdout
    assert "does not agree with the export" in done.stdout


@pytest.mark.slow
def test_export_that_was_altered_or_cut_is_refused(site, tmp_path):
    file = tmp_path / "trail.jsonl"
    audit(site, "export", "--to", str(file))
    lines = file.read_text().splitlines(keepends=True)
    for kept in (lines[:-1], [lines[0].replace('"number": 10', '"number": 9'), *lines[1:]], ["nonsense\n"]):
        other = tmp_path / "other.jsonl"
        other.write_text("".join(kept))
        done = audit(site, "verify", "--against", str(other))
        assert done.returncode == 3, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    assert audit(site, "export", "--to", str(file)).returncode == 2  # never overwritten


@pytest.mark.slow
def test_lines_whose_time_is_up_are_erased_and_the_rest_proves_whole(site, tmp_path):
    file = tmp_path / "trail.jsonl"
    audit(site, "export", "--to", str(file))  # leaves line 11, of today
    assert audit(site, "erase", "--before", "2021-01-01").returncode == 2  # without a reason
    assert audit(site, "erase", "--before", "the flood", "--reason", "x").returncode == 2
    done = audit(site, "erase", "--before", "2021-01-01", "--reason", "Retention schedule, item 12")
    assert done.stdout == "Erased 4 lines; the rest of the trail is kept.\n"  # 1 January, 10 April, 19 July, 27 October
    done = audit(site, "verify", "--against", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 lines, 5 to 12. Lines up to 4 were erased when their time was up." in done.stdout
    assert audit(site, "erase", "--before", "2021-01-01", "--reason", "again").returncode == 2
    tamper(site, "DELETE FROM audit_event WHERE chain = 5")
    assert audit(site, "verify").stdout.startswith("Line 5 is missing.\n")


OF_THE_FIRST_VERSION = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", "audit", "0001", verbosity=0)
with connection.cursor() as cursor:
    for number, action in ((3, "user made"), (4, "file loaded"), (9, "signed in")):
        values = [number, "2026-10-0%d 12:00:00" % number, action, '{"b": 1, "a": "ü"}']
        cursor.execute("INSERT INTO audit_event (id, at, actor, action, kind, about, detail) "
                       "VALUES (%s, %s, 'person@test', %s, 'user', 'x', %s)", values)
call_command("migrate", verbosity=0)
from upstream_web.audit.models import Event
print(*Event.objects.values_list("chain", "action", "act_kind", "detail"))
"""


@pytest.mark.slow
def test_trail_of_the_first_version_is_chained(tmp_path):
    """Its numbers had gaps and its acts no kinds."""
    done = python(tmp_path, "-c", OF_THE_FIRST_VERSION)
    facts = "{'a': 'ü', 'b': 1}"
    lines = ["1, 'user made', 'access'", "2, 'file loaded', 'collection'", "3, 'signed in', 'access'"]
    assert done.stdout.strip() == " ".join(f"({line}, {facts})" for line in lines), done.stderr
    assert audit(tmp_path, "verify").stdout == "The trail is whole: 3 lines, 1 to 3.\n"


@pytest.mark.slow
def test_program_in_the_document_checks_a_trail(site):
    page = (ROOT / "docs" / "explanation" / "audit-trail.md").read_text(encoding="utf-8")
    program = page.split("```py\n")[1].split("```")[0]
    folder = site / EXAMPLE.name
    call = ("-c", program, str(folder / "upstream.sqlite3"), str(folder / "audit_key"))
    assert python(site, *call).stdout == "whole 10\n"
    tamper(site, "UPDATE audit_event SET detail = '{\"n\":1}' WHERE chain = 7")
    assert python(site, *call).stderr == "The trail is broken at line 7.\n"


@pytest.mark.slow
def test_processes_that_write_at_once_wait_for_each_other(site):
    """SQLite in a file, as `upstream run` has it with several server processes."""
    call = [sys.executable, "-c", WRITE_AT_ONCE]
    writers = [subprocess.Popen(call, cwd=ROOT, env=surroundings(site)) for _ in range(3)]
    assert [writer.wait(240) for writer in writers] == [0, 0, 0]
    assert audit(site, "verify").stdout == "The trail is whole: 190 lines, 1 to 190.\n"


@pytest.mark.slow
def test_long_trail_is_checked_by_several_processes(tmp_path):
    filled = python(tmp_path, "-m", "upstream_web.audit.benchmark", "210000")
    assert json.loads(filled.stdout)["lines"] == 210_000, filled.stderr
    tamper(
        tmp_path,
        "UPDATE audit_event SET actor = 'x' WHERE chain IN (1, 40000, 40001, 200000)",
        "DELETE FROM audit_event WHERE chain BETWEEN 99990 AND 100010",
    )
    assert audit(tmp_path, "verify").stdout.splitlines() == [
        "Line 1 was changed.",
        "Lines 40,000 to 40,001 were changed.",
        "Lines 99,990 to 100,010 are missing.",
        "Line 200,000 was changed.",
        "The trail is not whole: 4 faults.",
    ]


@pytest.mark.parametrize("call", [["export"], ["verify", "--against", "nowhere.jsonl"], ["verify"]])
def test_wrong_use_is_told(tmp_path, call):
    done = audit(tmp_path, *call)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
