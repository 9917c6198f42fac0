"""Office files are zip archives; here they are packed so that the same content gives the same bytes."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # a zip archive knows no earlier moment
CONTENT_TYPES = "[Content_Types].xml"  # readers look for it first


def same_every_time(package: bytes, *, at: datetime) -> bytes:
    """Pack an archive again with its members sorted and all of them dated `at`."""
    moment = max(at.astimezone(UTC).timetuple()[:6], FIRST_DAY)
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != CONTENT_TYPES, name)):
            member = zipfile.ZipInfo(name, moment)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(member, source.read(name))
    return packed.getvalue()
