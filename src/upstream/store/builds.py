"""Builds: one frozen DuckDB file after another, made beside the one in use and swapped in.

Readers open a build by its identifier and keep it for as long as they like; making the next one never touches it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from upstream.exceptions import NoBuildYet, UpstreamFailure
from upstream.partnership import SETTINGS_FILE, Partnership
from upstream.sources import load_sources
from upstream.store import ledger
from upstream.store.assembly import InForce, describe, fill_tables, find_in_force
from upstream.store.files import flush_file, flush_folder, remove, write_text
from upstream.store.layout import DataFolder
from upstream.store.recovery import UNFINISHED, sweep_after_dead_build

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

BUILD_FILE = "build.duckdb"
DESCRIPTION = "build.json"
BUILDS_KEPT = 5
# DuckDB draws a progress bar of its own, which would end up in what a command prints.
QUIET = "SET enable_progress_bar = false"
Progress = Callable[[str], None]


class UnknownBuild(UpstreamFailure):
    """No build has that identifier; it may have been cleared away."""


@dataclass(frozen=True)
class Build:
    """One frozen version of the analytical store. `feeds` maps each feed to the receipts that it was made from."""

    id: str
    path: Path
    built_at: datetime
    feeds: dict[str, list[str]]
    software_version: str
    partnership: str
    inputs: str

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Open the build for reading: a cursor of its own, safe to use in one thread beside others."""
        cursor = _base(self.path).cursor()
        cursor.execute(QUIET)
        return cursor

    def ibis(self) -> Backend:
        """Open the build as an Ibis backend, one a process and build."""
        return _ibis(self.path)

    def __hash__(self) -> int:
        return hash((self.path, self.id))


_open_lock = threading.Lock()
_connections: dict[tuple[int, Path], duckdb.DuckDBPyConnection] = {}
_backends: dict[tuple[int, Path], Backend] = {}


def _base(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a build once a process; a process made by forking opens its own."""
    key = (os.getpid(), path.resolve())
    with _open_lock:
        if key not in _connections:
            if not path.is_file():
                raise UnknownBuild(f"There is no build at {path}.", do="Open the current one.")
            _connections[key] = duckdb.connect(str(path), read_only=True)
        return _connections[key]


def _ibis(path: Path) -> Backend:
    import ibis

    base = _base(path)
    key = (os.getpid(), path.resolve())
    with _open_lock:
        if key not in _backends:
            _backends[key] = ibis.duckdb.from_connection(base.cursor())
            _backends[key].raw_sql(QUIET)
        return _backends[key]


def _forget(path: Path) -> None:
    """Let go of this process’s own connections to a build that is to be removed."""
    with _open_lock:
        for key in [key for key in _connections if key[1] == path.resolve()]:
            _backends.pop(key, None)
            _connections.pop(key)


def make_build(
    partnership: Partnership, *, at: datetime, progress: Progress | None = None, keep: int | None = None
) -> Build:
    """Make a new build from what has landed, swap it in, and clear away all but the newest `keep`.

    A crash at any point leaves the build in use as it was. `keep` defaults to the setting UPSTREAM_BUILDS_KEPT (5).
    """
    data = partnership.data
    say = progress or (lambda _: None)
    with ledger.alone(data, "build"), ledger.open_ledger(data) as connection:
        sweep_after_dead_build(data)
        in_force = find_in_force(connection)
        build_id = _next_id(connection, data, at)
        unfinished = data.builds / f"{UNFINISHED}{build_id}"
        remove(unfinished)
        unfinished.mkdir(parents=True)
        try:
            build = _write(partnership, in_force, build_id, unfinished, at, say)
            _swap_in(data, unfinished, build_id)
        except BaseException:
            remove(unfinished)
            raise
        with ledger.transaction(connection):
            connection.execute("INSERT OR REPLACE INTO build VALUES (?, ?)", (build_id, at.isoformat()))
    say(f"Build {build_id} is in use.")
    _prune(data, build_id, keep if keep is not None else int(os.environ.get("UPSTREAM_BUILDS_KEPT", BUILDS_KEPT)))
    return build


def _next_id(connection: sqlite3.Connection, data: DataFolder, at: datetime) -> str:
    """Number the builds of a day; a number is never used again, not even when its build was cleared away."""
    day = f"{at:%Y-%m-%d}"
    made = [row[0] for row in connection.execute("SELECT id FROM build WHERE id LIKE ?", (f"{day}.%",))]
    made += [path.name for path in data.builds.glob(f"{day}.*")]
    return f"{day}.{max((int(name.rpartition('.')[2]) for name in made), default=0) + 1}"


def _write(
    partnership: Partnership, in_force: InForce, build_id: str, folder: Path, at: datetime, say: Progress
) -> Build:
    from upstream import __version__
    from upstream.geography import derive_places

    inputs = _inputs(partnership, in_force)
    moment = at.astimezone(UTC).isoformat() if at.tzinfo else at.isoformat()
    meta = {
        "build_id": build_id,
        "built_at": moment,
        "software_version": __version__,
        "partnership": partnership.slug,
        "inputs": inputs,
    }
    spill = folder / "spill"
    with duckdb.connect(str(folder / BUILD_FILE), config={"temp_directory": str(spill)}) as connection:
        connection.execute(QUIET)
        say("Putting the tables together")
        fill_tables(connection, partnership.data.tables, in_force)
        describe(connection, in_force, load_sources(partnership), meta)
        say("Working out places and populations")
        derive_places(connection, partnership)
        connection.execute("CHECKPOINT")
    remove(spill)
    feeds: dict[str, list[str]] = {}
    for name in dict.fromkeys(item.receipt for item in in_force.slices):
        feeds.setdefault(in_force.receipts[name].feed, []).append(name)
    write_text(folder / DESCRIPTION, json.dumps(meta | {"feeds": feeds}, indent=1))
    flush_file(folder / BUILD_FILE)
    return _read(partnership.data.builds / build_id, meta | {"feeds": feeds})


def _inputs(partnership: Partnership, in_force: InForce) -> str:
    """Fingerprint of everything a build is made from, to know whether another one would differ."""
    from upstream import __version__

    digest = hashlib.sha256(f"{__version__}\n".encode())
    digest.update((partnership.folder / SETTINGS_FILE).read_bytes())
    for item in in_force.slices:
        digest.update(f"{item.receipt}\t{item.table}\t{item.supplier}\t{item.start}\n".encode())
    return digest.hexdigest()[:16]


def _swap_in(data: DataFolder, unfinished: Path, build_id: str) -> None:
    unfinished.replace(data.builds / build_id)
    flush_folder(data.builds)
    write_text(data.builds / "current", build_id)


def _prune(data: DataFolder, current: str, keep: int) -> None:
    """Clear away old builds. Where a reader still holds one open, the system keeps it for that reader alone."""
    for name in _names(data)[max(keep, 1) :]:
        if name != current:
            _forget(data.builds / name / BUILD_FILE)
            remove(data.builds / name)


def _names(data: DataFolder) -> list[str]:
    """List the identifiers of finished builds, newest first."""
    found = [path.parent.name for path in data.builds.glob(f"*/{DESCRIPTION}") if not path.parent.name.startswith(".")]
    return sorted(found, key=lambda name: (name.rpartition(".")[0], int(name.rpartition(".")[2])), reverse=True)


def _read(folder: Path, description: dict[str, Any] | None = None) -> Build:
    said: dict[str, Any] = description or json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    return Build(
        id=str(said["build_id"]),
        path=folder / BUILD_FILE,
        built_at=datetime.fromisoformat(str(said["built_at"])),
        feeds=dict(said["feeds"]),
        software_version=str(said["software_version"]),
        partnership=str(said["partnership"]),
        inputs=str(said["inputs"]),
    )


def current_build(partnership: Partnership) -> Build:
    """Open the build in use; raises `NoBuildYet` when none was made."""
    pointer = partnership.data.builds / "current"
    try:
        return _read(partnership.data.builds / pointer.read_text(encoding="utf-8").strip())
    except FileNotFoundError as error:
        raise NoBuildYet(
            f"No build of {partnership.config.name} has been made yet.",
            do="Run `upstream build`, or `upstream run`, which makes one when it is needed.",
        ) from error


def get_build(partnership: Partnership, build_id: str) -> Build:
    """Open one build by its identifier; raises `UnknownBuild`."""
    for build in list_builds(partnership):
        if build.id == build_id:
            return build
    kept = ", ".join(_names(partnership.data)) or "none"
    raise UnknownBuild(f"There is no build “{build_id}”.", expected=f"Kept are: {kept}.", do="Choose one of these.")


def list_builds(partnership: Partnership) -> list[Build]:
    """List the builds that are kept, newest first."""
    return [_read(partnership.data.builds / name) for name in _names(partnership.data)]


def is_current(partnership: Partnership) -> bool:
    """Tell whether the build in use holds everything that has landed, with the settings and software of now."""
    try:
        build = current_build(partnership)
    except NoBuildYet:
        return False
    if not build.path.is_file():
        return False
    with ledger.open_ledger(partnership.data) as connection:
        return _inputs(partnership, find_in_force(connection)) == build.inputs


def prepare(partnership: Partnership, *, at: datetime, progress: Progress | None = None) -> Build:
    """Load the open data that are not yet held, and make a build if anything has changed since the one in use."""
    from upstream.ingestion.loading import load_open_data  # whoever only reads a build does not load

    load_open_data(partnership, at=at, progress=progress)
    if is_current(partnership):
        return current_build(partnership)
    return make_build(partnership, at=at, progress=progress)
