"""Attaching files to records, replacing and withdrawing them, and letting them out."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from upstream.exceptions import WrongUse
from upstream_web.access.models import User
from upstream_web.core.acts import ActKind
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.records import files
from upstream_web.records.models import Attachment, Record


class AttachmentSettled(WrongUse):
    """The attachment was withdrawn or replaced already."""


@operation("file attached", ActKind.COLLECTION)
def attach(
    *,
    record: Record,
    title: str,
    sort: str,
    file_name: str,
    content: bytes,
    replaces: Attachment | None = None,
    by: User | str,
    at: datetime,
) -> Attachment:
    """Attach a file to a record, in place of an older one where that is given.

    Raises `files.FileNotAllowed`, `files.ScannerFailed`, or `AttachmentSettled` when the older one is out of use.
    """
    if replaces is not None:
        _check_in_use(replaces)
    checked = files.check(file_name, content)
    sha256, scanned = _store(checked.content)
    attachment: Attachment = Attachment.objects.create(
        record_kind=record.kind,
        record_key=record.pk,
        title=title.strip()[:200] or checked.name,
        sort=sort,
        file_name=checked.name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=sha256,
        notes="\n".join(checked.notes),
        scanned_at=at if scanned else None,
        attached_by=name_of(by),
        attached_at=at,
    )
    if replaces is not None:
        replaces.newer = attachment
        replaces.save(update_fields=["newer"])
    tell(record, attachment=attachment.pk, sha256=sha256, size=attachment.size, replaces=replaces and replaces.pk)
    return attachment


def _check_in_use(attachment: Attachment) -> None:
    attachment.refresh_from_db()
    if attachment.withdrawn_at or attachment.newer_id:
        raise AttachmentSettled(
            f"“{attachment.title}” was replaced or withdrawn already.", do="Look at the record as it is now."
        )


def _store(content: bytes) -> tuple[str, bool]:
    """Write content under its hash, unless it is there; say the hash and whether a scanner found it clean."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = Path(settings.ATTACHMENTS) / sha256[:2] / sha256
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(content)
        scanned = files.scan(beside)
        if not target.exists():
            beside.chmod(0o400)
            beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return sha256, scanned


@operation("attachment withdrawn")
def withdraw(*, attachment: Attachment, reason: str, by: User | str, at: datetime) -> Attachment:
    """Take an attachment out of use; it is kept, and says so. Raises `AttachmentSettled`."""
    _check_in_use(attachment)
    attachment.withdrawn_by, attachment.withdrawn_at = name_of(by), at
    attachment.withdrawn_because = reason.strip()[:300]
    attachment.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    tell(attachment, attachment=attachment.pk, reason=attachment.withdrawn_because)
    return attachment


@operation("attachment downloaded", ActKind.DISCLOSURE)
def hand_out(*, attachment: Attachment, by: User, at: datetime) -> bytes:
    """Give the content to a person who may have it, and write down that they had it."""
    tell(attachment, attachment=attachment.pk, sha256=attachment.sha256)
    return attachment.path.read_bytes()
