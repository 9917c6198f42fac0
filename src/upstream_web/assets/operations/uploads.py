"""Files that came through the browser and wait for the background worker."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from upstream.exceptions import InputRefused
from upstream_web.core.file_names import safe_name
from upstream_web.core.jobs import enqueue
from upstream_web.core.models import Job

KEPT_UNUSED = timedelta(days=7)


class UploadGone(InputRefused):
    """The file that was checked is no longer kept."""


@dataclass(frozen=True)
class Upload:
    """One file as it was sent, under a name that is safe on any system."""

    key: str
    name: str

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return Path(settings.UPLOADS) / self.key / self.name


def keep(file: UploadedFile) -> Upload:
    """Write what was sent to the data folder, piece by piece, so that size costs no memory."""
    upload = Upload(uuid.uuid4().hex, safe_name(file.name or ""))
    upload.path.parent.mkdir(parents=True, mode=0o700)
    with upload.path.open("wb") as target:
        for piece in file.chunks():
            target.write(piece)
    return upload


def find(key: str, name: str) -> Upload:
    """Give an upload that is still kept; raises `UploadGone`."""
    upload = Upload(uuid.UUID(hex=key).hex, safe_name(name))
    if not upload.path.is_file():
        raise UploadGone(f"{name} is no longer kept here.", do="Send it again.")
    return upload


def forget(upload: Upload) -> None:
    """Remove an upload; what was loaded from it is kept by its hash elsewhere."""
    shutil.rmtree(upload.path.parent, ignore_errors=True)


def forget_old(*, at: datetime) -> int:
    """Remove uploads that were checked and then left for a week; gives how many."""
    folder, oldest = Path(settings.UPLOADS), (at - KEPT_UNUSED).timestamp()
    left = [path for path in folder.glob("*") if path.is_dir() and path.stat().st_mtime < oldest]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def ask_for_load(
    *, feed: str, title: str, upload: Upload, only_check: bool, then_build: bool, by: str, at: datetime
) -> Job:
    """Ask the background worker to check a file, or to load it and make a build of the result."""
    payload = {
        "feed": feed, "upload": upload.key, "name": upload.name, "only_check": only_check, "then_build": then_build,
    }  # fmt: skip
    verb = "Checking" if only_check else "Loading"
    return enqueue("load", title=f"{verb} {upload.name} as {title}", by=by, at=at, payload=payload)


def ask_for_build(*, by: str, at: datetime) -> Job:
    """Ask the background worker for a new build."""
    return enqueue("build", title="Making a new build", by=by, at=at)
