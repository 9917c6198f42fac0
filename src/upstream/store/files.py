"""Writes files so that a crash leaves either the old or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path


def flush_file(path: Path) -> None:
    """Make sure that the file’s content is on the disk."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Make sure that names made or changed in a folder are on the disk, where the system can."""
    with contextlib.suppress(OSError):  # not every system lets a folder be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def move_into_place(source: Path, target: Path) -> None:
    """Put a finished file under its name at once, on the disk before it is visible."""
    target.parent.mkdir(parents=True, exist_ok=True)
    flush_file(source)
    source.replace(target)
    flush_folder(target.parent)


def write_text(target: Path, text: str) -> None:
    """Write a small text file at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    move_into_place(beside, target)


def remove(path: Path) -> None:
    """Remove a file or folder if it is there and the system lets it go; what is in use is left for next time."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
