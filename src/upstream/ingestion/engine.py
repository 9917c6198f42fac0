"""Reads any file under any contract: types, validates, and writes Parquet for the published tables.

The fast way is one pass of DuckDB over the text, writing only sound rows. When it yields fewer rows than the file
has lines, something is wrong with the rest, and the careful way (`mending`) finds out what and where.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from upstream.ingestion import outputs
from upstream.ingestion.arrival import Arrival, FileUnreadable
from upstream.ingestion.header import HeaderMatch, match_header
from upstream.ingestion.mending import mend, split_cells
from upstream.ingestion.plan import Plan, make_plan, raw_name, settle
from upstream.ingestion.rejects import Rejects, collect
from upstream.ingestion.shapes import LINE, lay_out_outlines, lay_out_workbook
from upstream.sources import Source

LONGEST_LINE = 32 * 1024 * 1024
# DuckDB reads in pieces of sixteen longest lines, a piece a processor: with a longer line a whole file is one piece.
LONGEST_LINE_READ_FAST = 2 * 1024 * 1024
MEMORY = "700MB"
OTHER_DELIMITERS = (",", ";", "\t", "|")

Progress = Callable[[str], None]


@dataclass
class Reading:
    """What became of the rows of one file. `parquet` holds one file a published table, still in staging."""

    match: HeaderMatch
    rows_read: int = 0
    rows_taken: int = 0
    parquet: dict[str, Path] = field(default_factory=dict)
    rejects: Rejects | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def rows_refused(self) -> int:
        """Rows of the file that went to the rejected file."""
        return self.rejects.rows if self.rejects else 0


def open_engine(staging: Path) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB of its own for one file, with bounded memory, spilling into `staging`."""
    engine = duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "temp_directory": str(staging / "spill"),
            "preserve_insertion_order": "false",
        }
    )
    engine.execute("SET TimeZone = 'UTC'")
    engine.execute("SET enable_progress_bar = false")  # it would end up in what a command prints
    return engine


def read_file(
    engine: duckdb.DuckDBPyConnection, source: Source, arrival: Arrival, staging: Path, *, receipt: str, at: datetime
) -> Reading:
    """Read one file that has been taken in. Raises `FileUnreadable` or returns what was read and refused."""
    if source.format == "csv":
        return _read_delimited(engine, source, arrival, staging, receipt=receipt, at=at)
    laid_out = staging / "laid_out.csv"
    if source.format == "xlsx":
        headers, rows = lay_out_workbook(arrival.raw, source, laid_out)
    else:
        headers, rows = lay_out_outlines(arrival.text, laid_out)
    match = match_header(source, headers)
    reading = Reading(match, warnings=list(match.warnings))
    if match.faults:
        return reading
    plan = make_plan(engine, source, match, arrival.file_name, at)
    with Rejects(staging / "rejected.csv", match.headers) as rejects:
        reading.rejects = rejects
        reading.rows_read = rows
        _take_sound_rows(engine, source, plan, reading, laid_out, staging, receipt)
    return reading


def _read_delimited(
    engine: duckdb.DuckDBPyConnection, source: Source, arrival: Arrival, staging: Path, *, receipt: str, at: datetime
) -> Reading:
    headers, delimiter = _read_header(source, arrival)
    match = match_header(source, headers)
    reading = Reading(match, warnings=list(match.warnings))
    if match.faults:
        return reading
    if delimiter != source.delimiter:
        reading.warnings.append(f"The cells are parted by “{delimiter}”, not by “{source.delimiter}”; it was read so.")
    _check_whole(arrival, len(headers), delimiter)
    if not arrival.ends_with_line_break:
        reading.warnings.append(
            "The last line has no line end; it holds all its cells, but check that the file is whole."
        )
    plan = make_plan(engine, source, match, arrival.file_name, at)
    if not _read_fast(engine, source, plan, reading, arrival, delimiter, staging, receipt):
        _read_carefully(engine, source, plan, reading, arrival, delimiter, staging, receipt)
    return reading


def _read_header(source: Source, arrival: Arrival) -> tuple[tuple[str, ...], str]:
    with arrival.text.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        line = stream.readline(1024 * 1024).rstrip("\r\n")
    wanted = [item for item in source.fields if not item.in_file_name]
    best: tuple[int, tuple[str, ...], str] = (-1, (), source.delimiter)
    for delimiter in dict.fromkeys((source.delimiter, *OTHER_DELIMITERS)):
        try:
            headers = tuple(split_cells(line, delimiter))
        except Exception:  # a header that no delimiter can split is reported by the match below
            continue
        found = len(wanted) - len(match_header(source, headers).faults)
        if found > best[0]:
            best = (found, headers, delimiter)
    return best[1], best[2]


def _check_whole(arrival: Arrival, width: int, delimiter: str) -> None:
    """Refuse a file whose last line stops half-way: what else it lacks nobody can know."""
    if arrival.ends_with_line_break:
        return
    with arrival.text.open("rb") as stream:
        stream.seek(max(-65536, -arrival.text.stat().st_size), 2)
        last = stream.read().decode("utf-8", errors="replace").rsplit("\n", 1)[-1]
    try:
        cells = len(split_cells(last, delimiter))
    except Exception:  # an open quote at the very end is a cut too
        cells = 0
    if cells < width:
        raise FileUnreadable(
            f"The file stops in the middle of its last row (row {arrival.line_breaks + 1:,}).",
            expected=f"A row has {width} cells.",
            do="Fetch or send it again; nothing of it was loaded, because what else it lacks cannot be known.",
        )


def _read_fast(
    engine: duckdb.DuckDBPyConnection,
    source: Source,
    plan: Plan,
    reading: Reading,
    arrival: Arrival,
    delimiter: str,
    staging: Path,
    receipt: str,
) -> bool:
    """Write the sound rows in one pass; returns whether they are all the rows there are."""
    if arrival.has_nul or not outputs.is_direct(source):
        return False
    rows = _open_text(engine, arrival.text, len(reading.match.headers), delimiter, numbered=False)
    try:
        written = outputs.write_direct(rows, source, plan, staging, receipt)
    except duckdb.Error:
        return False
    lines = arrival.line_breaks + (0 if arrival.ends_with_line_break else 1) - 1
    taken = outputs.count_rows(engine, written)
    if taken != lines:
        return False
    reading.rows_read = reading.rows_taken = taken
    reading.parquet = written
    return True


def _read_carefully(
    engine: duckdb.DuckDBPyConnection,
    source: Source,
    plan: Plan,
    reading: Reading,
    arrival: Arrival,
    delimiter: str,
    staging: Path,
    receipt: str,
) -> None:
    headers = reading.match.headers
    with Rejects(staging / "rejected.csv", headers) as rejects:
        reading.rejects = rejects
        mended = mend(arrival.text, staging / "mended.csv", headers, delimiter, rejects)
        reading.rows_read = mended.rows + rejects.rows
        if mended.blank_lines:
            reading.warnings.append(f"Blank lines were passed over: {mended.blank_lines:,}.")
        _take_sound_rows(engine, source, plan, reading, mended.table, staging, receipt)


def _take_sound_rows(
    engine: duckdb.DuckDBPyConnection,
    source: Source,
    plan: Plan,
    reading: Reading,
    table: Path,
    staging: Path,
    receipt: str,
) -> None:
    assert reading.rejects is not None
    width = len(reading.match.headers)
    rows = _open_text(engine, table, width, ",", numbered=True)
    if not outputs.is_direct(source):
        rows, plan = settle(engine, rows, plan)
    collect(rows, plan, width, reading.rejects)
    reading.rows_taken = reading.rows_read - reading.rejects.rows
    if reading.rows_taken:
        reading.parquet = _write_sound(rows, source, plan, reading, staging, receipt)


def _write_sound(
    rows: duckdb.DuckDBPyRelation, source: Source, plan: Plan, reading: Reading, staging: Path, receipt: str
) -> dict[str, Path]:
    if outputs.is_direct(source):
        return outputs.write_sound(rows, source, plan, staging, receipt)
    return outputs.write(rows.filter(~plan.faulty), source, plan, reading.match.wide, staging, receipt)


def _open_text(
    engine: duckdb.DuckDBPyConnection, path: Path, width: int, delimiter: str, *, numbered: bool
) -> duckdb.DuckDBPyRelation:
    columns = {raw_name(place): "VARCHAR" for place in range(width)}
    return engine.read_csv(
        str(path),
        columns=({LINE: "BIGINT"} if numbered else {}) | columns,
        header=True,
        auto_detect=False,
        sep=delimiter,
        quotechar='"',
        escapechar='"',
        ignore_errors=not numbered,
        max_line_size=LONGEST_LINE if numbered else LONGEST_LINE_READ_FAST,
    )
