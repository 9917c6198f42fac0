"""Backs the data folder up into one archive file, and restores it, proving every file by its hash."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from upstream.exceptions import InputRefused, WrongUse
from upstream.partnership import Partnership
from upstream.store import ledger
from upstream.store.files import flush_folder, move_into_place, remove
from upstream.store.layout import DataFolder

MANIFEST = "MANIFEST.json"
FORM = "upstream backup 1"

Progress = Callable[[str], None]


class BackupExists(WrongUse):
    """There is a file of that name; a backup never overwrites another."""


class BackupDamaged(InputRefused):
    """The archive is not whole, or not a backup; nothing was restored."""


class DataFolderNotEmpty(InputRefused):
    """There is data where the backup is to be restored."""


@dataclass(frozen=True)
class Backup:
    """What a backup holds."""

    path: Path
    partnership: str
    made_at: datetime
    files: int
    bytes: int


def backup(partnership: Partnership, path: Path, *, at: datetime, progress: Progress | None = None) -> Backup:
    """Write all that the partnership has accumulated to one file; loads and builds wait while it is written.

    Left out are builds and drawings, which are made again, and what is being staged. Raises `BackupExists` when
    `path` is there already.
    """
    if path.exists():
        raise BackupExists(f"{path} exists already.", do="Choose another name for the backup.")
    say = progress or (lambda _: None)
    data = partnership.data
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    with ledger.alone(data, "load"), ledger.alone(data, "build"), tempfile.TemporaryDirectory() as temporary:
        members = _members(data, Path(temporary))
        say(f"Proving {len(members):,} files")
        listed = {name: _fingerprint(source) for name, source in members.items()}
        manifest = {"form": FORM, "partnership": partnership.slug, "made_at": at.isoformat(), "files": listed}
        say(f"Writing {path.name}")
        with tarfile.open(beside, "w:gz", compresslevel=1) as archive:
            _add_text(archive, MANIFEST, json.dumps(manifest, indent=1), at)
            for name, source in members.items():
                archive.add(source, arcname=name, recursive=False)
    move_into_place(beside, path)
    return Backup(path, partnership.slug, at, len(listed), path.stat().st_size)


def _members(data: DataFolder, temporary: Path) -> dict[str, Path]:
    """Name every file to keep; databases are copied first, as they stand between two writes."""
    folders = (data.raw, data.receipts, data.tables, data.assessments, data.attachments)
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    files += sorted(path for path in data.root.glob("*") if path.is_file() and _is_kept(path))
    members = {path.relative_to(data.root).as_posix(): path for path in files}
    for database in (data.ledger, data.database):
        if database.is_file():
            name = database.relative_to(data.root).as_posix()
            members[name] = _copy_database(database, temporary / name)
    return members


def _is_kept(path: Path) -> bool:
    return not path.name.endswith((".lock", "-wal", "-shm", "-journal")) and not path.name.startswith(".")


def _copy_database(source: Path, target: Path) -> Path:
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
    return target


def _fingerprint(path: Path) -> dict[str, object]:
    with path.open("rb") as stream:
        return {"sha256": hashlib.file_digest(stream, "sha256").hexdigest(), "bytes": path.stat().st_size}


def _add_text(archive: tarfile.TarFile, name: str, text: str, at: datetime) -> None:
    content = text.encode()
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mtime = int(at.timestamp())
    archive.addfile(member, io.BytesIO(content))


def restore(partnership: Partnership, path: Path, *, replace: bool = False, progress: Progress | None = None) -> Backup:
    """Put back what a backup holds, after proving every file by its hash; the next `prepare` makes the build again.

    Raises `BackupDamaged` when anything is missing or altered, and `DataFolderNotEmpty` when data are there and
    `replace` is not given. Until all is proved nothing is touched.
    """
    say = progress or (lambda _: None)
    root = partnership.data.root
    held = root.exists() and partnership.data.ledger.exists()
    if held and not replace:
        raise DataFolderNotEmpty(
            f"{root} holds data already.", do="Restore into an empty data folder, or say that it is to be replaced."
        )
    root.parent.mkdir(parents=True, exist_ok=True)
    fresh = root.with_name(f".{root.name}.restoring")
    old = root.with_name(f".{root.name}.replaced")
    remove(fresh)
    try:
        say(f"Unpacking {path.name}")
        manifest = _unpack(path, fresh)
        say("Proving every file by its hash")
        _prove(manifest, fresh, path, partnership)
    except BaseException:
        remove(fresh)
        raise
    remove(old)
    if root.exists():
        root.replace(old)
    fresh.replace(root)
    flush_folder(root.parent)
    remove(old)
    made_at = datetime.fromisoformat(str(manifest["made_at"]))
    return Backup(path, str(manifest["partnership"]), made_at, len(manifest["files"]), path.stat().st_size)  # type: ignore[arg-type]


def _unpack(path: Path, target: Path) -> dict[str, object]:
    try:
        with tarfile.open(path, "r:gz") as archive:
            archive.extractall(target, filter="data")
        manifest: dict[str, object] = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise BackupDamaged(f"{path} cannot be read as a backup: {error}.", do="Use another backup.") from error
    (target / MANIFEST).unlink()
    return manifest


def _prove(manifest: dict[str, object], folder: Path, path: Path, partnership: Partnership) -> None:
    if manifest.get("form") != FORM or manifest.get("partnership") != partnership.slug:
        raise BackupDamaged(
            f"{path} is a backup of “{manifest.get('partnership')}”.",
            expected=f"A backup of “{partnership.slug}” was expected.",
            do="Open the partnership that it belongs to.",
        )
    listed = manifest["files"]
    assert isinstance(listed, dict)
    found = {item.relative_to(folder).as_posix(): item for item in folder.rglob("*") if item.is_file()}
    wrong = [name for name, said in listed.items() if name not in found or _fingerprint(found[name]) != said]
    wrong += sorted(set(found) - set(listed))
    if wrong:
        raise BackupDamaged(
            f"{len(wrong)} files of {path} are missing or altered: {', '.join(wrong[:5])}.", do="Use another backup."
        )
