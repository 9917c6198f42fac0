"""A load that is killed half-way leaves nothing half loaded, and the next one recovers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from datetime import datetime
from pathlib import Path

import pytest
from factories.street_files import rows, text

from upstream.ingestion import load_file, receipts
from upstream.partnership import Partnership
from upstream.store import ledger, make_build

# The process kills itself with SIGKILL just before the step named: no handler, no clean-up, as when power fails.
DIE = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
import upstream.ingestion.loading as loading
import upstream.store.builds as builds
from upstream.partnership import open_partnership

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

module, step, partnership, data, path, at = sys.argv[1:]
setattr({"loading": loading, "builds": builds}[module], step, die)
opened = open_partnership(partnership, data=data)
moment = datetime.fromisoformat(at)
if module == "loading":
    loading.load_file(opened, "police_street", Path(path), at=moment)
else:
    builds.make_build(opened, at=moment)
"""


def die_before(module: str, step: str, partnership: Partnership, path: Path, at: datetime) -> None:
    arguments = [module, step, str(partnership.folder), str(partnership.data.root.parent), str(path), at.isoformat()]
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(DIE), *arguments], check=False, env=os.environ)
    assert ended.returncode == -signal.SIGKILL


@pytest.fixture
def street_file(tmp_path: Path) -> Path:
    path = tmp_path / "2025-11-saltmarsh-street.csv"
    path.write_text(text(rows(20)), encoding="utf-8")
    return path


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("step", ["read_file", "_judge", "_land", "_superseded", "_keep_raw", "_record", "write_text"])
def test_killed_load_leaves_nothing_half_loaded(
    step: str, partnership: Partnership, street_file: Path, at: datetime, tmp_path: Path
):
    die_before("loading", step, partnership, street_file, at)

    assert receipts(partnership) == []
    with ledger.open_ledger(partnership.data) as connection:
        assert ledger.list_landings(connection) == []

    # The next load, of another file, sweeps up behind the dead one; then the first file loads as if for the first time.
    other = tmp_path / "2025-10-saltmarsh-street.csv"
    other.write_text(text(rows(7, month="2025-10")), encoding="utf-8")
    load_file(partnership, "police_street", other, at=at)
    assert not files_in(partnership.data.staging)
    assert len(files_in(partnership.data.tables)) == len(files_in(partnership.data.raw)) == 1

    receipt = load_file(partnership, "police_street", street_file, at=at)
    assert (receipt.outcome, receipt.rows_taken) == ("landed", 20)


@pytest.mark.parametrize("step", ["fill_tables", "describe", "flush_file", "_swap_in"])
def test_killed_build_leaves_the_old_one(step: str, partnership: Partnership, street_file: Path, at: datetime):
    from upstream.store import current_build, list_builds

    load_file(partnership, "police_street", street_file, at=at)
    old = make_build(partnership, at=at)
    die_before("builds", step, partnership, street_file, at)

    assert current_build(partnership) == old
    assert list_builds(partnership) == [old]
    new = make_build(partnership, at=at)
    assert new.id.endswith(".2")
    assert not list(partnership.data.builds.glob(".making-*"))
