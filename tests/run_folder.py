"""The folder of one run of the tests, shared by its workers and removed when the run ends."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

VARIABLE = "UPSTREAM_TEST_RUN"


def run_folder() -> Path:
    """Give the folder; the first process to ask makes it, those that it starts inherit it by the variable."""
    if VARIABLE not in os.environ:
        made = tempfile.mkdtemp(prefix="upstream-tests-")
        os.environ[VARIABLE] = made
        atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(os.environ[VARIABLE])
