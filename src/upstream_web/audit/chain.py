"""The chain: how a line is written as bytes, and how it is sealed, so that no line can be changed unnoticed.

A line is its columns in the order of `COLUMNS`, joined by the unit separator, which no column may hold; its hash is
the HMAC-SHA-256 of that under a key kept outside the database. The last column is the hash of the line before.
Everything that makes, checks or exports the trail goes through this module; docs/explanation/audit-trail.md says the
same in words, so that somebody else can check a trail with a program of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from upstream_web.secret_key import read_or_make

SEPARATOR = "\x1f"
COLUMNS = (
    "chain",
    "at",
    "actor",
    "action",
    "act_kind",
    "kind",
    "about",
    "purpose",
    "body",
    "recipient",
    "reason",
    "request_id",
    "detail",
    "before",
)
NOTHING_BEFORE = "0" * 64
BLOCK_BYTES = 64
# Control characters would hide the ends of columns, and PostgreSQL takes no NUL.
_CONTROLS = dict.fromkeys(range(0x20), " ")


def clean(text: str) -> str:
    """Give text that every database takes and no reader trips over: control characters become blanks."""
    return text.translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8")


def facts_as_text(facts: Mapping[str, Any]) -> str:
    """Write the facts of a line as JSON, always the same way; raises TypeError for what JSON cannot hold."""
    written = json.dumps(
        facts, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return written.encode("utf-8", "replace").decode("utf-8")


def moment_as_text(moment: datetime) -> str:
    """Write a moment in UTC with its microseconds: `2026-11-20 12:00:00.000000`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def joined(columns: Mapping[str, Any]) -> bytes:
    """Write a line as the bytes that are sealed; the columns are text but for `chain`."""
    return SEPARATOR.join(str(columns[name]) for name in COLUMNS).encode()


class Seal:
    """Seals bytes with one key by HMAC-SHA-256 (RFC 2104).

    The two states that depend on the key alone are worked out once and copied, which is what lets hundreds of
    thousands of lines be checked in a second; Python's own `hmac` takes twice as long for each.
    """

    def __init__(self, key: bytes) -> None:
        key = hashlib.sha256(key).digest() if len(key) > BLOCK_BYTES else key
        padded = key.ljust(BLOCK_BYTES, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    def of(self, content: bytes) -> str:
        """Give the seal of `content` as 64 hexadecimal digits."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(content)
        outer.update(inner.digest())
        return outer.hexdigest()

    def of_parts(self, *parts: object) -> str:
        """Give the seal of a few short parts, such as what the head of the trail says."""
        return self.of(SEPARATOR.join(str(part) for part in parts).encode())


@lru_cache(maxsize=8)
def _seal_with(path: str) -> Seal:
    return Seal(read_or_make(Path(path)).encode())


def get_seal() -> Seal:
    """Give the seal of this site, making its key on first use."""
    return _seal_with(str(settings.AUDIT_KEY_FILE))
