"""The ledger: which files were landed, which slices they hold, which were withdrawn, which builds were made.

A landed Parquet file counts only once the ledger says so. Anything in the data folder that the ledger does not
name is left over from a load that died, and is swept away before the next one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from upstream.exceptions import UpstreamFailure
from upstream.store.layout import DataFolder

SCHEMA = """
CREATE TABLE IF NOT EXISTS load (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    receipt TEXT NOT NULL UNIQUE,
    feed TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    contract TEXT NOT NULL,
    outcome TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS load_by_content ON load (feed, sha256);
CREATE TABLE IF NOT EXISTS landing (
    receipt TEXT NOT NULL REFERENCES load (receipt),
    table_name TEXT NOT NULL,
    file TEXT NOT NULL,
    rows INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (receipt, table_name)
);
CREATE TABLE IF NOT EXISTS slice (
    receipt TEXT NOT NULL REFERENCES load (receipt),
    table_name TEXT NOT NULL,
    supplier TEXT NOT NULL,
    period_start TEXT,
    period_end TEXT,
    rows INTEGER NOT NULL,
    whole INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS slice_by_receipt ON slice (receipt);
CREATE TABLE IF NOT EXISTS build (
    id TEXT PRIMARY KEY,
    built_at TEXT NOT NULL
);
"""

SECONDS_TO_WAIT = 600


class DataFolderBusy(UpstreamFailure):
    """Another process has been loading or building in the same data folder for longer than anyone should wait."""


@dataclass(frozen=True)
class Load:
    """One line of the ledger. `seq` orders loads as they happened."""

    seq: int
    receipt: str
    feed: str
    sha256: str
    contract: str
    outcome: str
    loaded_at: datetime
    json: str


@dataclass(frozen=True)
class Slice:
    """Rows of one supplier and period that one load brought to one table."""

    receipt: str
    table: str
    supplier: str
    start: date | None
    end: date | None
    rows: int
    whole: bool

    @property
    def key(self) -> tuple[str, str, date | None]:
        """What is superseded as one: table, supplier and period."""
        return (self.table, self.supplier, self.start)


@dataclass(frozen=True)
class Landing:
    """One Parquet file in force: `file` is relative to the tables folder."""

    receipt: str
    table: str
    file: str
    rows: int
    sha256: str


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=SECONDS_TO_WAIT, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


@contextmanager
def open_ledger(data: DataFolder) -> Iterator[sqlite3.Connection]:
    """Open the ledger, making it if it is not there; closed again at the end of the block."""
    data.prepare()
    connection = _open(data.ledger)
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'build'").fetchone():
            connection.executescript(SCHEMA)
        yield connection
    finally:
        connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block as one write: all of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def alone(data: DataFolder, what: str) -> Iterator[None]:
    """Let one process at a time do `what` (“load” or “build”) in this data folder; others wait their turn.

    The lock is a transaction on a small SQLite file: the system lets go of it when its holder dies.
    """
    data.prepare()
    connection = sqlite3.connect(data.root / f"{what}.lock", timeout=SECONDS_TO_WAIT, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise DataFolderBusy(
                f"Another process is busy with a {what} in {data.root}.",
                do="Wait until it is done; if none is running, restart the machine’s other `upstream` processes.",
            ) from error
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


_LOAD_COLUMNS = "seq, receipt, feed, sha256, contract, outcome, loaded_at, json"


def _load(row: tuple[int, str, str, str, str, str, str, str]) -> Load:
    return Load(*row[:6], datetime.fromisoformat(row[6]), row[7])


def list_loads(connection: sqlite3.Connection, feed: str | None = None) -> list[Load]:
    """List every load, newest first, or those of one feed."""
    if feed is None:
        rows = connection.execute(f"SELECT {_LOAD_COLUMNS} FROM load ORDER BY seq DESC")
    else:
        rows = connection.execute(f"SELECT {_LOAD_COLUMNS} FROM load WHERE feed = ? ORDER BY seq DESC", (feed,))
    return [_load(row) for row in rows]


def find_load(connection: sqlite3.Connection, receipt: str) -> Load | None:
    """Find one load by its receipt."""
    row = connection.execute(f"SELECT {_LOAD_COLUMNS} FROM load WHERE receipt = ?", (receipt,)).fetchone()
    return _load(row) if row else None


def find_same(connection: sqlite3.Connection, *, feed: str, sha256: str, outcome: str) -> list[Load]:
    """List loads of the very same bytes into the same feed that had this outcome, newest first."""
    rows = connection.execute(
        f"SELECT {_LOAD_COLUMNS} FROM load WHERE feed = ? AND sha256 = ? AND outcome = ? ORDER BY seq DESC",
        (feed, sha256, outcome),
    )
    return [_load(row) for row in rows]


def list_landings(connection: sqlite3.Connection) -> list[Landing]:
    """List the Parquet files that count, in the order in which they were loaded."""
    rows = connection.execute(
        "SELECT receipt, table_name, file, rows, landing.sha256 FROM landing JOIN load USING (receipt)"
        " WHERE outcome = 'landed' ORDER BY seq, table_name"
    )
    return [Landing(*row) for row in rows]


def list_slices(connection: sqlite3.Connection, receipt: str | None = None) -> list[Slice]:
    """List the slices of every load that counts, in the order of loading, or those of one load."""
    rows = connection.execute(
        "SELECT receipt, table_name, supplier, period_start, period_end, slice.rows, whole"
        " FROM slice JOIN load USING (receipt) WHERE outcome = 'landed' AND receipt = coalesce(?, receipt)"
        " ORDER BY seq, slice.rowid",
        (receipt,),
    )
    return [
        Slice(row[0], row[1], row[2], _date(row[3]), _date(row[4]), row[5], bool(row[6])) for row in rows.fetchall()
    ]


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def record_load(connection: sqlite3.Connection, load: Load, landings: list[Landing], slices: list[Slice]) -> None:
    """Write one load with its files and slices; call inside `transaction`."""
    connection.execute(
        "INSERT INTO load (receipt, feed, sha256, contract, outcome, loaded_at, json) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (load.receipt, load.feed, load.sha256, load.contract, load.outcome, load.loaded_at.isoformat(), load.json),
    )
    connection.executemany(
        "INSERT INTO landing VALUES (?, ?, ?, ?, ?)",
        [(item.receipt, item.table, item.file, item.rows, item.sha256) for item in landings],
    )
    connection.executemany(
        "INSERT INTO slice VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (item.receipt, item.table, item.supplier, _text(item.start), _text(item.end), item.rows, int(item.whole))
            for item in slices
        ],
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def rewrite_load(connection: sqlite3.Connection, receipt: str, *, outcome: str, json: str) -> None:
    """Change the outcome of a load that is already in the ledger (it was withdrawn)."""
    connection.execute("UPDATE load SET outcome = ?, json = ? WHERE receipt = ?", (outcome, json, receipt))
