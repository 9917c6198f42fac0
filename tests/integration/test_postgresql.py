"""The site on PostgreSQL: the tests of its records run once more there, in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEEPING_RECORDS = ("test_audit.py", "test_jobs.py", "test_migrations.py", "test_sign_in.py")
SERVER = "UPSTREAM_TEST_POSTGRES"


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.skipif(SERVER not in os.environ, reason=f"no PostgreSQL: {SERVER} names no server to test on")
def test_site_works_on_postgresql() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["UPSTREAM_TEST_DATABASE_URL"] = os.environ[SERVER]
    environment.pop("UPSTREAM_TEST_RUN", None)  # It sweeps its own folder away when it ends, so it must not be ours.
    files = [f"tests/integration/web/{name}" for name in KEEPING_RECORDS]
    call = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-m", "not browser", *files]
    done = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
