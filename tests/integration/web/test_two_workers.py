"""Two worker processes on one SQLite file, while the site writes to it too: no job lost, none done twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
JOBS = 40

OPEN = """
import django; django.setup()
from pathlib import Path
from upstream_web.core import jobs
notes = Path({notes!r})

@jobs.background("note")
def note(run):
    run.progress("Writing", 0.5)
    with notes.open("a") as file:
        file.write(run.asked["word"] + "\\n")
"""
QUEUE = """
from datetime import timedelta
from django.utils import timezone
for number in range({jobs}):
    at = timezone.now() + timedelta(milliseconds=number)
    jobs.enqueue("note", title=str(number), by="tests", at=at, payload={{"word": str(number)}})
"""
WORK = "jobs.work(once=True)\n"
COUNT = """
from upstream_web.core.models import Job
print(*sorted({(job.state, job.attempts) for job in Job.objects.all()}))
"""


def run(code: str, data: Path) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTREAM_", "DJANGO_"))}
    environment = kept | {
        "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "upstream_web.settings", "UPSTREAM_DATA": str(data),
    }  # fmt: skip
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def finish(started: subprocess.Popen[str]) -> str:
    """Wait for the end; give what was printed."""
    said, _ = started.communicate(timeout=240)
    assert started.returncode == 0
    return said.strip()


@pytest.mark.slow
def test_each_job_is_done_once(tmp_path, tables_in_a_file):
    (tmp_path / "staffordshire").mkdir()
    shutil.copyfile(tables_in_a_file, tmp_path / "staffordshire" / "upstream.sqlite3")
    notes = tmp_path / "notes.txt"
    opening = OPEN.format(notes=str(notes))
    finish(run(opening + QUEUE.format(jobs=JOBS), tmp_path))
    for worker in [run(opening + WORK, tmp_path) for _ in range(2)]:
        finish(worker)
    assert sorted(notes.read_text().split(), key=int) == [str(number) for number in range(JOBS)]
    assert finish(run(opening + COUNT, tmp_path)) == "('done', 1)"
