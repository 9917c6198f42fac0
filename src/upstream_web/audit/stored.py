"""The trail as it stands in the database, read past Django's models: what is checked must be what is there."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from upstream_web.audit.chain import COLUMNS

BATCH = 20_000
Line = tuple[int, bytes | None, bytes | None]  # its number, what its hash is taken of, its hash

# The database joins the columns itself, which is several times as fast as fetching each one. On SQLite they come as
# bytes, because text that somebody else put there need not be valid.
AT_SQLITE = "CASE WHEN length(at) = 19 THEN at || '.000000' ELSE at END"
AT_POSTGRESQL = "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
PAGE = " FROM audit_event WHERE chain > %s AND chain <= %s ORDER BY chain LIMIT %s"


def _sqlite() -> str:
    content = " || char(31) || ".join(AT_SQLITE if name == "at" else name for name in COLUMNS)
    return f"SELECT chain, CAST({content} AS BLOB), CAST(hash AS BLOB)" + PAGE


def _postgresql() -> str:
    content = ", ".join(AT_POSTGRESQL if name == "at" else name for name in COLUMNS)
    return f"SELECT chain, concat_ws(chr(31), {content}), hash" + PAGE


def lines(*, after: int, to: int, batch: int = BATCH) -> Iterator[list[Line]]:
    """Give the lines with numbers above `after` and not above `to`, in order, in batches of bounded size.

    Each batch is a query of its own, so that a long check holds no transaction open.
    """
    is_sqlite = connection.vendor == "sqlite"
    query = _sqlite() if is_sqlite else _postgresql()
    with connection.cursor() as cursor:
        while True:
            cursor.execute(query, (after, to, batch))
            found = cursor.fetchall()
            if not found:
                return
            yield found if is_sqlite else [(number, text.encode(), hash_.encode()) for number, text, hash_ in found]
            after = found[-1][0]


def ends() -> tuple[int, int] | None:
    """Give the numbers of the first and the last line that are there; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(chain), max(chain) FROM audit_event")
        first, last = cursor.fetchone()
    return None if first is None else (first, last)
