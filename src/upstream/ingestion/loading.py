"""Checks, loads and withdraws files. Every load ends in a receipt; only a landed one changes anything."""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from upstream.exceptions import WrongUse
from upstream.ingestion import coverage
from upstream.ingestion.arrival import Arrival, FileUnreadable, hash_file, take_in
from upstream.ingestion.engine import Progress, Reading, open_engine, read_file
from upstream.ingestion.header import feeds_that_fit
from upstream.ingestion.plan import name_values
from upstream.ingestion.receipt import Fault, Receipt
from upstream.partnership import Partnership
from upstream.sources import Source, get_source, load_sources
from upstream.sources.contract import FaultPolicy
from upstream.store import ledger
from upstream.store.files import move_into_place, remove, write_text
from upstream.store.layout import DataFolder
from upstream.store.ledger import Landing, Load, Slice
from upstream.store.recovery import sweep_after_dead_load
from upstream.tables import TABLES


class UnknownReceipt(WrongUse):
    """No load has that receipt."""


def check_file(partnership: Partnership, feed: str, path: Path, *, at: datetime | None = None) -> Receipt:
    """Read and validate a file without landing anything; the receipt’s outcome is “checked” or “refused”.

    The rejected rows, if any, are kept under the data folder’s cache.
    """
    source = get_source(partnership, feed)
    partnership.data.prepare()
    folder = partnership.data.cache / f"check-{uuid.uuid4().hex}"
    try:
        arrival = _arrive(source, path, folder)
        receipt, reading = _examine(partnership, source, path, arrival, folder, "check", at or datetime.now(UTC))
        kept = _keep_rejects(reading, partnership.data.cache / f"{receipt.sha256[:16]}-{feed}.rejected.csv")
        return replace(receipt, rejected_file=kept)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def load_file(
    partnership: Partnership, feed: str, path: Path, *, at: datetime, progress: Progress | None = None
) -> Receipt:
    """Load one file and return its receipt. The same bytes under the same contract change nothing.

    Nothing is raised for a bad file: its receipt says “refused” and why. Raises `UnknownFeed` for an unknown feed.
    """
    source = get_source(partnership, feed)
    if progress:
        progress(f"{feed}: {path.name}")
    with _loading(partnership.data) as connection:
        return _load(partnership, source, path, connection, at)


@contextmanager
def _loading(data: DataFolder) -> Iterator[sqlite3.Connection]:
    """Hold the load lock and an open ledger, after sweeping up behind a load that died."""
    with ledger.alone(data, "load"), ledger.open_ledger(data) as connection:
        sweep_after_dead_load(data, connection)
        yield connection


def _load(
    partnership: Partnership, source: Source, path: Path, connection: sqlite3.Connection, at: datetime
) -> Receipt:
    data = partnership.data
    staging = data.staging / uuid.uuid4().hex
    try:
        arrival = _arrive(source, path, staging)
        held = _already_held(connection, source, arrival)
        if held:
            return held
        receipt_id = _receipt_id(connection, source, arrival, at)
        receipt, reading = _examine(partnership, source, path, arrival, staging, receipt_id, at)
        if reading is None or receipt.outcome == "refused":
            return _file_refusal(data, connection, receipt, reading, staging)
        return _land(data, connection, receipt, reading, staging)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _arrive(source: Source, path: Path, staging: Path) -> Arrival | FileUnreadable:
    """Take the file in; what makes it unreadable is handed on, to be told in the receipt."""
    try:
        return take_in(path, staging, expects=source.format, encoding=source.encoding)
    except FileUnreadable as failure:
        return failure


def _already_held(connection: sqlite3.Connection, source: Source, arrival: Arrival | FileUnreadable) -> Receipt | None:
    if isinstance(arrival, FileUnreadable):
        return None
    for load in ledger.find_same(connection, feed=source.name, sha256=arrival.sha256, outcome="landed"):
        receipt = Receipt.from_json(load.json)
        # Where the name says part of what the rows say, the same bytes under another name are another delivery.
        same_name = name_values(source, receipt.file_name) == name_values(source, arrival.file_name)
        if load.contract == source.version and same_name:
            return replace(receipt, outcome="already held")
    return None


def _receipt_id(connection: sqlite3.Connection, source: Source, arrival: Arrival | FileUnreadable, at: datetime) -> str:
    content = "unread" if isinstance(arrival, FileUnreadable) else arrival.sha256[:8]
    stem = f"{at:%Y%m%dT%H%M%S}-{source.name}-{content}"
    number, name = 1, stem
    while ledger.find_load(connection, name):
        number += 1
        name = f"{stem}-{number}"
    return name


def _examine(
    partnership: Partnership,
    source: Source,
    path: Path,
    arrival: Arrival | FileUnreadable,
    staging: Path,
    receipt_id: str,
    at: datetime,
) -> tuple[Receipt, Reading | None]:
    """Read a file; what makes the whole of it unreadable becomes a fault of the receipt."""
    receipt = Receipt(
        id=receipt_id, feed=source.name, file_name=path.name, sha256="", bytes=0, loaded_at=at, outcome="refused",
        contract=source.version,
    )  # fmt: skip
    if isinstance(arrival, FileUnreadable):
        if path.is_file():
            receipt = replace(receipt, sha256=hash_file(path), bytes=path.stat().st_size)
        return _with_file_fault(receipt, arrival), None
    receipt = replace(receipt, sha256=arrival.sha256, bytes=arrival.bytes, warnings=arrival.warnings)
    with open_engine(staging) as engine:
        try:
            reading = read_file(engine, source, arrival, staging, receipt=receipt_id, at=at)
        except FileUnreadable as failure:
            return _with_file_fault(receipt, failure), None
        if reading.match.faults:
            return _wrong_columns(partnership, source, receipt, reading), reading
        return _judge(engine, source, receipt, reading, arrival), reading


def _with_file_fault(receipt: Receipt, failure: FileUnreadable) -> Receipt:
    fault = Fault(None, "", failure.found, failure.expected, failure.do)
    return replace(receipt, outcome="refused", faults=(fault,), fault_counts={"the whole file": 1})


def _wrong_columns(partnership: Partnership, source: Source, receipt: Receipt, reading: Reading) -> Receipt:
    faults = reading.match.faults
    others = [
        name
        for name in feeds_that_fit(reading.match.headers, load_sources(partnership).values())
        if name != source.name
    ]
    if others:
        said = f"The columns are those of the feed {others[0]}."
        faults = (Fault(None, "", said, f"This is the feed {source.name}.", f"Load it as {others[0]}."), *faults)
    counts = {f"{fault.column}: column not found" if fault.column else "the whole file": 1 for fault in faults}
    warnings = (*receipt.warnings, *reading.warnings)
    return replace(receipt, outcome="refused", faults=faults, fault_counts=counts, warnings=warnings)


def _judge(
    engine: duckdb.DuckDBPyConnection, source: Source, receipt: Receipt, reading: Reading, arrival: Arrival
) -> Receipt:
    """Decide, by the contract’s policy, whether the rows that are sound may land."""
    rejects = reading.rejects
    faults = tuple(rejects.faults) if rejects else ()
    receipt = replace(
        receipt,
        rows_read=reading.rows_read,
        rows_refused=reading.rows_refused,
        fault_counts=dict(rejects.counts) if rejects else {},
        warnings=(*receipt.warnings, *reading.warnings),
    )
    against = _why_not(source, reading, arrival)
    if against:
        return replace(receipt, outcome="refused", faults=(against, *faults), rows_refused=reading.rows_read)
    periods = coverage.held_periods(engine, source, reading.parquet)
    odd = coverage.oddities(engine, source, reading.parquet)
    landed: dict[str, int] = {}
    for period in periods:
        landed[period.table] = landed.get(period.table, 0) + period.rows
    return replace(
        receipt,
        outcome="checked",
        rows_taken=reading.rows_taken,
        faults=faults,
        periods=periods,
        landed_rows=landed,
        warnings=(*receipt.warnings, *odd),
    )


def _why_not(source: Source, reading: Reading, arrival: Arrival) -> Fault | None:
    """Say why the file as a whole is refused, if it is."""
    refused, read = reading.rows_refused, reading.rows_read
    if read == 0:
        return Fault(
            None, "", f"{arrival.file_name} holds a header and no rows.", "", "Ask the supplier to send it again."
        )
    if source.faults is FaultPolicy.REFUSE_FILE and refused:
        said = f"{refused:,} of {read:,} rows are faulty."
        return Fault(
            None, "", said, "This feed is taken whole or not at all.", "Mend the rows and load the file again."
        )
    if refused / read > source.refuse_file_above:
        most = f"{source.refuse_file_above:.0%}"
        said = f"{refused:,} of {read:,} rows are faulty, more than the {most} that this feed allows."
        return Fault(None, "", said, "", "Look at the first reasons below: it may be the wrong file or a new layout.")
    if not any(reading.parquet):
        return Fault(None, "", "No row could be taken.", "", "Look at the reasons below.")
    return None


def _keep_rejects(reading: Reading | None, target: Path) -> str | None:
    if reading is None or not reading.rows_refused or reading.rejects is None:
        return None
    move_into_place(reading.rejects.path, target)
    return str(target)


def _file_refusal(
    data: DataFolder, connection: sqlite3.Connection, receipt: Receipt, reading: Reading | None, staging: Path
) -> Receipt:
    """Keep the receipt of a refused file, its bytes and its rejected rows; nothing reaches the tables."""
    kept = _keep_rejects(reading, data.receipts / f"{receipt.id}.rejected.csv")
    receipt = replace(receipt, rejected_file=kept)
    _keep_raw(data, receipt, staging)
    _record(data, connection, receipt, [], [])
    return receipt


def _keep_raw(data: DataFolder, receipt: Receipt, staging: Path) -> None:
    """Keep the file as received, byte for byte and read-only, under its hash."""
    staged = staging / "raw"
    if not receipt.sha256 or not staged.is_file() or hash_of_name(data, receipt.sha256):
        return
    target = data.raw / receipt.sha256[:2] / (receipt.sha256 + "".join(Path(receipt.file_name).suffixes[-2:]))
    staged.chmod(0o444)
    move_into_place(staged, target)


def hash_of_name(data: DataFolder, sha256: str) -> Path | None:
    """Find the raw file with this hash, if it is kept."""
    return next(iter((data.raw / sha256[:2]).glob(f"{sha256}*")), None)


def _land(
    data: DataFolder, connection: sqlite3.Connection, receipt: Receipt, reading: Reading, staging: Path
) -> Receipt:
    landings = []
    for table, path in reading.parquet.items():
        file = f"{table}/{receipt.id}.parquet"
        landings.append(Landing(receipt.id, table, file, receipt.landed_rows.get(table, 0), hash_file(path)))
        move_into_place(path, data.tables / file)
    slices = [
        Slice(receipt.id, period.table, period.supplier, period.start, period.end, period.rows, period.whole)
        for period in receipt.periods
    ]
    superseded, warnings = _superseded(ledger.list_slices(connection), slices)
    receipt = replace(
        receipt,
        outcome="landed",
        superseded=superseded,
        warnings=(*receipt.warnings, *warnings),
        rejected_file=_keep_rejects(reading, data.receipts / f"{receipt.id}.rejected.csv"),
    )
    _keep_raw(data, receipt, staging)
    _record(data, connection, receipt, landings, slices)
    return receipt


def _superseded(held: list[Slice], new: list[Slice]) -> tuple[tuple[str, ...], list[str]]:
    """Name the receipts that lose slices to this one, and warn loudly of slices that shrink by more than half."""
    new = [item for item in new if item.whole and TABLES[item.table].slice_by]
    newest = {item.key: item for item in held if item.whole and TABLES[item.table].slice_by}
    taken = [(newest[item.key], item) for item in new if item.key in newest]
    warnings = [
        f"LOOK: {item.supplier} {item.start:%Y-%m} shrinks from {old.rows:,} to {item.rows:,} rows. The new delivery "
        "counts; if it is not whole, withdraw this receipt and the former rows count again."
        for old, item in taken
        if item.rows * 2 < old.rows and item.start
    ]
    return tuple(dict.fromkeys(old.receipt for old, _ in taken)), warnings


def _record(
    data: DataFolder, connection: sqlite3.Connection, receipt: Receipt, landings: list[Landing], slices: list[Slice]
) -> None:
    text = receipt.to_json()
    write_text(data.receipts / f"{receipt.id}.json", text)
    load = Load(0, receipt.id, receipt.feed, receipt.sha256, receipt.contract, receipt.outcome, receipt.loaded_at, text)
    with ledger.transaction(connection):
        ledger.record_load(connection, load, landings, slices)


def receipts(partnership: Partnership, feed: str | None = None) -> list[Receipt]:
    """List every receipt, newest first, or those of one feed."""
    if not partnership.data.ledger.exists():
        return []
    with ledger.open_ledger(partnership.data) as connection:
        found = [Receipt.from_json(load.json) for load in ledger.list_loads(connection, feed)]
    return [_located(receipt, partnership.data) for receipt in found]


def _located(receipt: Receipt, data: DataFolder) -> Receipt:
    """Say where the rejected rows lie now: the data folder may have been moved or restored elsewhere."""
    if not receipt.rejected_file:
        return receipt
    kept = data.receipts / Path(receipt.rejected_file).name
    return replace(receipt, rejected_file=str(kept) if kept.is_file() else None)


def withdraw(partnership: Partnership, receipt_id: str, *, at: datetime, reason: str) -> None:
    """Take back what one load brought: its rows and its raw file go; the receipt stays and says why.

    What it had superseded counts again. The next build lacks the rows. Raises `UnknownReceipt`.
    """
    data = partnership.data
    with _loading(data) as connection:
        load = ledger.find_load(connection, receipt_id)
        if load is None or load.outcome not in ("landed", "withdrawn"):
            raise UnknownReceipt(
                f"There is no landed receipt “{receipt_id}”.", do="`upstream feeds` and the feeds page list them."
            )
        if load.outcome == "withdrawn":
            return
        said = f"{reason} (withdrawn {at:%Y-%m-%d %H:%M})"
        receipt = replace(Receipt.from_json(load.json), outcome="withdrawn", reason=said)
        with ledger.transaction(connection):
            ledger.rewrite_load(connection, receipt_id, outcome="withdrawn", json=receipt.to_json())
        write_text(data.receipts / f"{receipt_id}.json", receipt.to_json())
        remove(data.receipts / f"{receipt_id}.rejected.csv")
        sweep_after_dead_load(data, connection)


def load_open_data(partnership: Partnership, *, at: datetime, progress: Progress | None = None) -> list[Receipt]:
    """Load the open data that the partnership’s folder names, and the national files that come with the software.

    Files already held are passed over, and so are those whose receipt was withdrawn. Returns the new receipts.
    """
    from upstream.geography import open_data_files  # brings shapely and polars, which loading a file does not need

    made = []
    files = open_data_files(partnership)
    with _loading(partnership.data) as connection:
        for number, (feed, path, _) in enumerate(files, start=1):
            source = get_source(partnership, feed)
            if not _is_new(connection, source, path):
                continue
            if progress:
                progress(f"{number} of {len(files)}: {source.title} ({path.name})")
            made.append(_load(partnership, source, path, connection, at))
    return made


def _is_new(connection: sqlite3.Connection, source: Source, path: Path) -> bool:
    content = hash_file(path)
    if ledger.find_same(connection, feed=source.name, sha256=content, outcome="withdrawn"):
        return False
    before = [
        *ledger.find_same(connection, feed=source.name, sha256=content, outcome="landed"),
        *ledger.find_same(connection, feed=source.name, sha256=content, outcome="refused"),
    ]
    return all(load.contract != source.version for load in before)
