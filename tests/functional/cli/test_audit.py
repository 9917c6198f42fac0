"""`upstream audit` as an administrator meets it, on a site of its own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "partnerships" / "staffordshire"
WRITE = """
import django; django.setup()
from datetime import UTC, datetime, timedelta
from upstream_web.audit.operations import events
from upstream_web.core.acts import declare
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


COMMANDS = """
import contextlib, io, json, sys
from upstream_cli.main import main
answers = []
for call in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        code = main(["audit", *call])
    answers.append([code, out.getvalue(), err.getvalue()])
print(json.dumps(answers))
"""


class Answer(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


def audits(data: Path, *calls: list[str]) -> list[Answer]:
    """Run `upstream audit` a few times, one after another in one process, because starting takes longest."""
    done = python(data, "-c", COMMANDS, json.dumps(calls))
    assert done.returncode == 0, done.stderr
    return [Answer(*answer) for answer in json.loads(done.stdout)]


def audit(data: Path, *call: str) -> Answer:
    return audits(data, [*call])[0]


def tamper(data: Path, *statements: str) -> None:
    """Write to the database as somebody who knows it well, and takes the guard away first."""
    with sqlite3.connect(data / EXAMPLE.name / "upstream.sqlite3") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


@pytest.fixture(scope="session")
def made_site(tmp_path_factory: pytest.TempPathFactory, tables_in_a_file: Path) -> Path:
    """A site with ten lines in its trail, one every hundred days from the beginning of 2020."""
    data = tmp_path_factory.mktemp("trail")
    (data / EXAMPLE.name).mkdir()
    shutil.copyfile(tables_in_a_file, data / EXAMPLE.name / "upstream.sqlite3")
    made = python(data, "-c", WRITE)
    assert made.returncode == 0, made.stderr
    return data


@pytest.fixture
def site(made_site: Path, tmp_path: Path) -> Path:
    """A copy of that site for one test."""
    return Path(shutil.copytree(made_site, tmp_path / "site"))


@pytest.mark.slow
def test_whole_trail_verifies_until_somebody_touches_it(site):
    assert audit(site, "verify")[:2] == (0, "The trail is whole: 10 lines, 1 to 10.\n")
    tamper(site, "UPDATE audit_event SET about = 'x' WHERE chain = 4", "DELETE FROM audit_event WHERE chain > 8")
    told, as_json = audits(site, ["verify"], ["verify", "--json"])
    assert told[:2] == (
        1,
        "Line 4 was changed.\nLines 9 to 10 are missing at the end of the trail.\nThe trail is not whole: 2 faults.\n",
    )
    answer = json.loads(as_json.out)
    assert (as_json.code, answer["whole"], answer["fault_count"]) == (1, False, 2)
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
def test_export_shows_up_whoever_holds_the_key(site, tmp_path):
    """With the key the trail can be forged so that it is whole, but not so that it agrees with a file elsewhere."""
    files = [str(tmp_path / "trail.jsonl"), str(tmp_path / "head.jsonl")]
    exports = [["export", "--to", files[0]], ["export", "--head-only", "--to", files[1]]]
    against = [["verify", "--against", file] for file in files]
    answers = audits(site, *exports, *against, exports[0])
    assert [answer.code for answer in answers] == [0, 0, 0, 0, 2]  # what is there is never overwritten
    # Line 11 says that ten lines were exported.
    assert [len(Path(file).read_text().splitlines()) for file in files] == [11, 1]
    tamper(site)
    forged = python(site, "-c", FORGE)
    assert forged.returncode == 0, forged.stderr
    whole, *compared = audits(site, ["verify"], *against)
    assert whole.code == 0
    for answer in compared:
        assert answer.code == 1
        assert "not as" in answer.out
        assert "does not agree with the export" in answer.out


@pytest.mark.slow
def test_export_that_was_altered_or_cut_is_refused(site, tmp_path):
    file, others = tmp_path / "trail.jsonl", [tmp_path / f"other{number}.jsonl" for number in range(3)]
    audit(site, "export", "--to", str(file))
    lines = file.read_text().splitlines(keepends=True)
    altered = [lines[0].replace('"number": 10', '"number": 9'), *lines[1:]]
    for other, kept in zip(others, (lines[:-1], altered, ["nonsense\n"]), strict=True):
        other.write_text("".join(kept))
    for answer in audits(site, *(["verify", "--against", str(other)] for other in others)):
        assert answer.code == 3, answer
        assert "Traceback" not in answer.err


@pytest.mark.slow
def test_lines_whose_time_is_up_are_erased_and_the_rest_proves_whole(site, tmp_path):
    file, day = str(tmp_path / "trail.jsonl"), "2021-01-01"
    answers = audits(
        site,
        ["export", "--to", file],  # leaves line 11, of today
        ["erase", "--before", day],
        ["erase", "--before", "the flood", "--reason", "x"],
        ["erase", "--before", day, "--reason", "Retention schedule, item 12"],
        ["erase", "--before", day, "--reason", "again"],
        ["verify", "--against", file],
    )
    assert [answer.code for answer in answers] == [0, 2, 2, 0, 2, 0]
    # 1 January, 10 April, 19 July and 27 October 2020
    assert answers[3].out == "Erased 4 lines; the rest of the trail is kept.\n"
    assert "8 lines, 5 to 12. Lines up to 4 were erased when their time was up." in answers[5].out
    tamper(site, "DELETE FROM audit_event WHERE chain = 5")
    assert audit(site, "verify").out.startswith("Line 5 is missing.\n")


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
call_command("migrate", "audit", verbosity=0)
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
    assert audit(tmp_path, "verify").out == "The trail is whole: 3 lines, 1 to 3.\n"


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
    assert audit(site, "verify").out == "The trail is whole: 190 lines, 1 to 190.\n"


SHARED_OUT = """
import os
import django; django.setup()
from concurrent.futures import ProcessPoolExecutor
from upstream_web.audit import verification
os.cpu_count = lambda: 2
verification.LINES_OF_A_PIECE, verification.PIECES_WORTH_PROCESSES = 3, 4
processes = []
class Counted(ProcessPoolExecutor):
    def __init__(self, count, **options):
        processes.append(count)
        super().__init__(count, **options)
verification.ProcessPoolExecutor = Counted
for fault in verification.verify().faults:
    print(fault.words)
print(processes)
"""


@pytest.mark.slow
def test_long_trail_is_shared_out_among_processes(site):
    """Told what is long: four pieces of three lines, of which the second is without its first line."""
    tamper(site, "UPDATE audit_event SET actor = 'x' WHERE chain IN (3, 10)", "DELETE FROM audit_event WHERE chain = 4")
    done = python(site, "-c", SHARED_OUT)
    assert done.stdout.splitlines() == ["Line 3 was changed.", "Line 4 is missing.", "Line 10 was changed.", "[2]"]


@pytest.mark.slow
def test_wrong_use_is_told(tmp_path):
    for answer in audits(tmp_path, ["export"], ["verify", "--against", "nowhere.jsonl"], ["verify"]):
        assert answer.code == 2
        assert answer.err.strip()
