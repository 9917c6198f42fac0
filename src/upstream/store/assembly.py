"""Puts the landed files that are in force together into the tables of a build."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from upstream.ingestion.receipt import Receipt
from upstream.sources import Source
from upstream.store.ledger import Landing, Slice, list_landings, list_loads, list_slices
from upstream.tables import TABLES, Table

# Several feeds name the same area, each knowing a part: the newest value of every column counts, blanks aside.
MERGED_BY_COLUMN = ("area",)

COVERAGE = (
    "CREATE TABLE coverage (feed VARCHAR, table_name VARCHAR, supplier VARCHAR, period_start DATE, period_end DATE,"
    " receipt VARCHAR, rows BIGINT, whole BOOLEAN)"
)
FEED_RECEIPT = (
    "CREATE TABLE feed_receipt (feed VARCHAR, title VARCHAR, receipt VARCHAR, loaded_at TIMESTAMP, file_name VARCHAR,"
    " sha256 VARCHAR, rows_taken BIGINT, rows_refused BIGINT, first_period DATE, last_period DATE)"
)


@dataclass
class InForce:
    """What counts now: files in the order of loading, and the slices that each of them contributes."""

    landings: list[Landing]
    slices: list[Slice]
    receipts: dict[str, Receipt]
    superseded: list[Slice] = field(default_factory=list)

    def of_table(self, table: str) -> list[Landing]:
        """Files of one table that contribute at least one slice."""
        contributing = {item.receipt for item in self.slices if item.table == table}
        return [item for item in self.landings if item.table == table and item.receipt in contributing]


def find_in_force(connection: sqlite3.Connection) -> InForce:
    """Decide slice by slice what counts: the newest whole delivery; without one, all partial ones together.

    A slice without a period (or of a table told apart by key) has nothing to supersede: rows meet by key instead.
    """
    slices = list_slices(connection)
    winners: dict[tuple[str, str, date | None], str] = {}
    for item in slices:
        if item.whole and TABLES[item.table].slice_by:
            winners[item.key] = item.receipt
    kept: list[Slice] = []
    lost: list[Slice] = []
    for item in slices:
        winner = winners.get(item.key) if TABLES[item.table].slice_by else None
        (kept if winner in (None, item.receipt) else lost).append(item)
    receipts = {load.receipt: Receipt.from_json(load.json) for load in list_loads(connection)}
    return InForce(list_landings(connection), kept, receipts, lost)


def fill_tables(build: duckdb.DuckDBPyConnection, tables_folder: Path, in_force: InForce) -> None:
    """Make every published table in the build, empty where nothing landed."""
    for table in TABLES.values():
        columns = ", ".join(f'"{column.name}" {column.type.value}' for column in table.columns)
        build.execute(f'CREATE TABLE "{table.name}" ({columns}, receipt VARCHAR)')
        landings = in_force.of_table(table.name)
        if landings:
            files = [str(tables_folder / item.file) for item in landings]
            if table.slice_by:
                _insert_slices(build, table, files, in_force)
            else:
                _insert_by_key(build, table, files, landings)


def _insert_slices(build: duckdb.DuckDBPyConnection, table: Table, files: list[str], in_force: InForce) -> None:
    """Insert the rows of the slices that count; rows that several partial deliveries share are taken once."""
    supplier, period = (f'"{name}"' for name in table.slice_by)
    slices = [item for item in in_force.slices if item.table == table.name]
    build.execute(
        "CREATE OR REPLACE TEMP TABLE counting (receipt VARCHAR, supplier VARCHAR, period DATE, shared BOOLEAN)"
    )
    holders: dict[object, int] = {}
    for item in slices:
        holders[item.key] = holders.get(item.key, 0) + 1
    rows = [(item.receipt, item.supplier, item.start, holders[item.key] > 1) for item in slices]
    _insert_rows(build, "counting", rows)
    columns = ", ".join(f't."{column.name}"' for column in table.columns)
    order = ", ".join(f'"{name}"' for name in reversed(table.slice_by))
    build.execute(
        f"""
        INSERT INTO "{table.name}"
        WITH counted AS (
            SELECT t.*, c.shared
            FROM read_parquet($files) t
            JOIN counting c ON c.receipt = t.receipt AND c.supplier = t.{supplier} AND c.period = t.{period}
        ),
        -- A row may truly occur twice in one delivery; the same row in two deliveries is one row.
        numbered AS (
            SELECT t.*, row_number() OVER (PARTITION BY t.receipt, {columns}) AS occurrence
            FROM counted t WHERE shared
        ),
        united AS (
            SELECT {columns}, min(t.receipt) AS receipt FROM numbered t GROUP BY {columns}, t.occurrence
        )
        SELECT {columns}, t.receipt FROM counted t WHERE NOT shared
        UNION ALL SELECT * FROM united
        ORDER BY {order}
        """,
        {"files": files},
    )


def _insert_by_key(
    build: duckdb.DuckDBPyConnection, table: Table, files: list[str], landings: Iterable[Landing]
) -> None:
    """Insert one row a key: that of the newest load."""
    build.execute("CREATE OR REPLACE TEMP TABLE loaded (receipt VARCHAR, place INTEGER)")
    _insert_rows(build, "loaded", [(item.receipt, place) for place, item in enumerate(landings)])
    key = ", ".join(f'"{name}"' for name in table.key)
    if table.name in MERGED_BY_COLUMN:
        rest = [column.name for column in table.columns if column.name not in table.key]
        chosen = ", ".join(f'arg_max("{name}", place)' if name in rest else f'"{name}"' for name in table.column_names)
        select = f"SELECT {chosen}, arg_max(receipt, place) FROM rows GROUP BY {key}"
    else:
        names = ", ".join(f'"{name}"' for name in table.column_names)
        newest = f"row_number() OVER (PARTITION BY {key} ORDER BY place DESC, {names}) = 1"
        select = f"SELECT {names}, receipt FROM rows QUALIFY {newest}"
    build.execute(
        f"""
        INSERT INTO "{table.name}"
        WITH rows AS (SELECT t.*, place FROM read_parquet($files) t JOIN loaded USING (receipt))
        {select} ORDER BY {key}
        """,
        {"files": files},
    )


def _insert_rows(build: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert many rows at once, handed over column by column: many times faster than row by row."""
    if not rows:
        return
    types = [kind for _, kind, *_ in build.execute(f'DESCRIBE "{table}"').fetchall()]
    columns = ", ".join(f"unnest(CAST(${place} AS {kind}[]))" for place, kind in enumerate(types, start=1))
    build.execute(f'INSERT INTO "{table}" SELECT {columns}', [list(cells) for cells in zip(*rows, strict=True)])


def describe(
    build: duckdb.DuckDBPyConnection, in_force: InForce, sources: dict[str, Source], meta: dict[str, str]
) -> None:
    """Write `meta`, `coverage` and `feed_receipt`: what the build is and what it holds."""
    build.execute("CREATE TABLE meta (key VARCHAR, value VARCHAR)")
    _insert_rows(build, "meta", list(meta.items()))
    build.execute(COVERAGE)
    build.execute(FEED_RECEIPT)
    feeds = {name: receipt.feed for name, receipt in in_force.receipts.items()}
    _insert_rows(
        build,
        "coverage",
        [
            (
                feeds[item.receipt],
                item.table,
                item.supplier,
                item.start,
                item.end,
                item.receipt,
                item.rows,
                item.whole,
            )
            for item in in_force.slices
        ],
    )
    counting = dict.fromkeys(item.receipt for item in in_force.slices)
    _insert_rows(build, "feed_receipt", [_receipt_row(in_force.receipts[name], sources) for name in counting])


def _receipt_row(receipt: Receipt, sources: dict[str, Source]) -> tuple[object, ...]:
    title = sources[receipt.feed].title if receipt.feed in sources else receipt.feed
    return (
        receipt.feed, title, receipt.id, receipt.loaded_at.replace(tzinfo=None), receipt.file_name, receipt.sha256,
        receipt.rows_taken, receipt.rows_refused, receipt.first_period, receipt.last_period,
    )  # fmt: skip
