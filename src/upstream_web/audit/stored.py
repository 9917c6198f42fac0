"""The trail as it stands in the database, read past Django's models: what is checked must be what is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from upstream_web.audit.chain import COLUMNS, SEPARATOR

BATCH = 1_000  # small enough for a batch to stay in the processor’s own memory
Line = tuple[int, bytes | None, bytes | None]  # its number, what its hash is taken of, its hash

# On SQLite the columns come as bytes, because text that somebody else put there need not be valid, and are joined
# here; the sign before a name keeps Python from reading it as more than text. PostgreSQL joins them itself. Each is
# the faster way there.
AT_SQLITE = "CASE WHEN length(at) = 19 THEN at || '.000000' ELSE at END"
AT_POSTGRESQL = "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
PAGE = " FROM audit_event WHERE chain > %s AND chain <= %s ORDER BY chain LIMIT %s"
_join = SEPARATOR.encode().join


def _sqlite() -> str:
    columns = ", ".join(AT_SQLITE if name == "at" else f"+{name}" for name in COLUMNS[1:])
    return f"SELECT chain, +hash, CAST(chain AS TEXT), {columns}" + PAGE


def _postgresql() -> str:
    content = ", ".join(AT_POSTGRESQL if name == "at" else name for name in COLUMNS)
    return f"SELECT chain, concat_ws(chr(31), {content}), hash" + PAGE


def lines(*, after: int, to: int, batch: int = BATCH) -> Iterator[list[Line]]:
    """Give the lines with numbers above `after` and not above `to`, in order, in batches of bounded size.

    Each batch is a query of its own, so that a long check holds no transaction open.
    """
    fetch = _fetch_sqlite if connection.vendor == "sqlite" else _fetch_postgresql
    with connection.cursor() as cursor:
        while found := fetch(cursor, (after, to, batch)):
            yield found
            after = found[-1][0]


def _fetch_sqlite(cursor: Any, asked: tuple[int, int, int]) -> list[Line]:
    text_factory, connection.connection.text_factory = connection.connection.text_factory, bytes
    try:
        cursor.execute(_sqlite(), asked)
        rows = cursor.fetchall()
    finally:
        connection.connection.text_factory = text_factory
    try:
        return [(row[0], _join(row[2:]), row[1]) for row in rows]
    except TypeError:  # somebody put what is no text into a column
        return [(row[0], _joined(row[2:]), row[1]) for row in rows]


def _joined(columns: tuple[Any, ...]) -> bytes | None:
    """Join the columns of a line; None where one is no text, so that the line cannot be as it was sealed."""
    return _join(columns) if all(isinstance(column, bytes) for column in columns) else None


def _fetch_postgresql(cursor: Any, asked: tuple[int, int, int]) -> list[Line]:
    cursor.execute(_postgresql(), asked)
    return [(number, text.encode(), hash_.encode()) for number, text, hash_ in cursor.fetchall()]


def ends() -> tuple[int, int] | None:
    """Give the numbers of the first and the last line that are there; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(chain), max(chain) FROM audit_event")
        first, last = cursor.fetchone()
    return None if first is None else (first, last)
