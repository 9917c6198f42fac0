"""Sweeps away what a load or build that died has left behind. Runs before the next one, under its lock."""

from __future__ import annotations

import sqlite3

from upstream.store.files import remove
from upstream.store.layout import DataFolder
from upstream.store.ledger import list_landings

UNFINISHED = ".making-"


def sweep_after_dead_load(data: DataFolder, connection: sqlite3.Connection) -> int:
    """Remove staged and landed files that the ledger does not know; returns how many. Call under the load lock."""
    landed = {item.file for item in list_landings(connection)}
    receipts = {row[0] for row in connection.execute("SELECT receipt FROM load")}
    hashes = {row[0] for row in connection.execute("SELECT DISTINCT sha256 FROM load WHERE outcome != 'withdrawn'")}
    strays = list(data.staging.glob("*")) if data.staging.exists() else []
    strays += [path for path in data.tables.glob("*/*") if f"{path.parent.name}/{path.name}" not in landed]
    strays += [path for path in data.receipts.glob("*") if path.name.split(".")[0] not in receipts]
    strays += [path for path in data.raw.glob("*/*") if path.name.split(".")[0] not in hashes]
    for path in strays:
        remove(path)
    return len(strays)


def sweep_after_dead_build(data: DataFolder) -> int:
    """Remove builds that were never finished; returns how many. Call under the build lock."""
    strays = list(data.builds.glob(f"{UNFINISHED}*"))
    for path in strays:
        remove(path)
    return len(strays)
