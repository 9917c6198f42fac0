"""What really happens to files, and what becomes of each: nothing lost, nothing half loaded.

Each case is a file made on the spot from ten sound rows, the outcome, how many rows are taken and refused, and a
word that the receipt must say. The counts are by hand: ten rows are made, and the case says what it spoils.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from factories.street_files import HEADER, row, rows, text

from upstream.ingestion import check_file, load_file, receipts
from upstream.partnership import Partnership
from upstream.store import ledger

TEN = rows(10)


def spoil(number: int, **cells: str) -> list[str]:
    """Ten rows of which row `number` (from 0) has other cells."""
    return [row(place + 1, **(cells if place == number else {})) for place in range(10)]


def reordered() -> str:
    records = list(csv.reader(io.StringIO(text(TEN))))
    return "".join(",".join(reversed(record)) + "\n" for record in records)


def with_extra_column() -> str:
    return "".join(f"{line},{'Ward' if place == 0 else 'X'}\n" for place, line in enumerate([HEADER, *TEN]))


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("2025-11/2025-11-saltmarsh-street.csv", text(TEN))
    return buffer.getvalue()


def one_line_inserted(line: str, place: int = 5) -> str:
    return text([*TEN[:place], line, *TEN[place:]])


OUTCOMES_HEADER = HEADER.replace("Crime type,Last outcome category,Context", "Outcome type")
OUTCOME_ROWS = [",".join([*line.split(",")[:9], "Local resolution"]) for line in TEN]


@dataclass(frozen=True)
class Case:
    make: Callable[[], str | bytes]
    outcome: str
    taken: int
    refused: int
    says: str
    name: str = "2025-11-saltmarsh-street.csv"


LANDED, REFUSED = "landed", "refused"

CASES: dict[str, Case] = {
    "sound": Case(lambda: text(TEN), LANDED, 10, 0, ""),
    "gzip": Case(lambda: gzip.compress(text(TEN).encode()), LANDED, 10, 0, "", "2025-11-saltmarsh-street.csv.gz"),
    "byte-order mark": Case(lambda: "\ufeff" + text(TEN), LANDED, 10, 0, ""),
    "Windows line ends": Case(lambda: text(TEN, newline="\r\n"), LANDED, 10, 0, ""),
    "old Macintosh line ends": Case(lambda: text(TEN, newline="\r"), LANDED, 10, 0, ""),
    "UTF-16": Case(lambda: text(TEN).encode("utf-16"), LANDED, 10, 0, "utf-16"),
    "UTF-16 without a mark": Case(lambda: text(TEN).encode("utf-16-le"), LANDED, 10, 0, "utf-16-le"),
    "Windows-1252": Case(
        lambda: text(spoil(3, location="On or near Café “Ty’r”")).encode("windows-1252"), LANDED, 10, 0, "windows-1252"
    ),
    "Latin-1": Case(lambda: text(spoil(3, location="Caf\xe9 \x81")).encode("latin-1"), LANDED, 10, 0, "latin-1"),
    "semicolons": Case(lambda: text(TEN).replace(",", ";"), LANDED, 10, 0, "“;”"),
    "columns in another order": Case(reordered, LANDED, 10, 0, "another order"),
    "a column more": Case(with_extra_column, LANDED, 10, 0, "“Ward”"),
    "headers in capitals with blanks": Case(
        lambda: text(TEN, header=HEADER.upper().replace(",", " , ")), LANDED, 10, 0, ""
    ),
    "quoted cells": Case(lambda: text(spoil(2, location='"Mill Lane, ""The Row"""')), LANDED, 10, 0, ""),
    "a quoted line break": Case(lambda: text(spoil(2, location='"Mill\nLane"')), LANDED, 10, 0, ""),
    "blank lines": Case(lambda: one_line_inserted(""), LANDED, 10, 0, "Blank lines"),
    "no line end at the end": Case(lambda: text(TEN).rstrip("\n"), LANDED, 10, 0, "no line end"),
    "another force's rows": Case(lambda: text([*TEN, *rows(3, force="Fenland Police")]), LANDED, 13, 0, ""),
    "rows without place": Case(
        lambda: text(spoil(1, longitude="", latitude="", location="No Location", lsoa_code="", lsoa_name="")),
        LANDED, 10, 0, "",
    ),
    "the same identifier twice": Case(lambda: text([*TEN, TEN[0]]), LANDED, 11, 0, "repeat an identifier"),
    "an unknown outcome": Case(lambda: text(spoil(0, last_outcome="Sent to the moon")), LANDED, 10, 0, "moon"),
    "a ragged row": Case(lambda: one_line_inserted("only,three,cells"), LANDED, 10, 1, "3 cells"),
    "a row too long": Case(lambda: text([*TEN[:9], TEN[9] + ",more"]), LANDED, 9, 1, "13 cells"),
    "a quote never closed": Case(lambda: text([*TEN[:4], '"' + TEN[4], *TEN[5:]]), LANDED, 9, 1, "quote"),
    "a NUL byte": Case(lambda: text([*TEN[:9], TEN[9].replace("Mill", "Mi\0ll")]), LANDED, 9, 1, "NUL"),
    "a wrong month": Case(lambda: text(spoil(6, month="2025-13")), LANDED, 9, 1, "2025-13"),
    "a month in words": Case(lambda: text(spoil(6, month="Nov 2025")), LANDED, 9, 1, "Nov 2025"),
    "a month to come": Case(lambda: text(spoil(6, month="2026-04")), LANDED, 9, 1, "2026-04"),
    "a month before the archive": Case(lambda: text(spoil(6, month="1925-11")), LANDED, 9, 1, "1925-11"),
    "coordinates out of range": Case(lambda: text(spoil(6, longitude="202.5")), LANDED, 9, 1, "202.5"),
    "coordinates that are no numbers": Case(lambda: text(spoil(6, latitude="53.1o1")), LANDED, 9, 1, "53.1o1"),
    "coordinates that have no end": Case(lambda: text(spoil(6, latitude="nan")), LANDED, 9, 1, "nan"),
    "an unknown crime type": Case(lambda: text(spoil(6, crime_type="Piracy")), LANDED, 9, 1, "Piracy"),
    "no force": Case(lambda: text(spoil(6, reported_by="")), LANDED, 9, 1, "empty"),
    "a malformed area code": Case(lambda: text(spoil(6, lsoa_code="Saltmarsh")), LANDED, 9, 1, "form expected"),
    "two faults in a row": Case(lambda: text(spoil(6, month="x", crime_type="y")), LANDED, 9, 1, "“y”"),
    "most rows faulty": Case(
        lambda: text([*TEN[:3], *(row(number, month="?") for number in range(7))]), REFUSED, 0, 10, "7 of 10"
    ),
    "a column renamed": Case(
        lambda: text(TEN, header=HEADER.replace("Crime type", "Type of crime")), REFUSED, 0, 0, "“Type of crime”"
    ),
    "a column missing": Case(
        lambda: text([line.rsplit(",", 3)[0] for line in TEN], header=HEADER.rsplit(",", 3)[0]),
        REFUSED, 0, 0, "“Crime type” is not in the file",
    ),
    "a column twice": Case(
        lambda: text([f"{line},2025-11" for line in TEN], header=HEADER + ",Month"), REFUSED, 0, 0, "2 times"
    ),
    "no header": Case(lambda: "\n".join(TEN) + "\n", REFUSED, 0, 0, "not in the file"),
    "cut off in a row": Case(lambda: text(TEN)[:-40], REFUSED, 0, 0, "middle of its last row"),
    "cut off in its packing": Case(
        lambda: gzip.compress(text(rows(5000)).encode())[:-500], REFUSED, 0, 0, "cut off", "x-street.csv.gz"
    ),
    "damaged in its packing": Case(
        lambda: gzip.compress(text(rows(5000)).encode())[:300] + b"x" * 99, REFUSED, 0, 0, "damaged", "x-street.csv.gz"
    ),
    "empty": Case(lambda: b"", REFUSED, 0, 0, "empty"),
    "empty once unpacked": Case(lambda: gzip.compress(b""), REFUSED, 0, 0, "holds nothing"),
    "a header only": Case(lambda: HEADER + "\n", REFUSED, 0, 0, "no rows"),
    "a web page": Case(lambda: "<!DOCTYPE html><html><body>404</body></html>", REFUSED, 0, 0, "web page"),
    "a ZIP": Case(zipped, REFUSED, 0, 0, "ZIP archive holding 1 file"),
    "a PDF": Case(lambda: b"%PDF-1.7 ...", REFUSED, 0, 0, "a PDF"),
    "an old workbook": Case(lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 100, REFUSED, 0, 0, "Save it as"),
    "another feed's file": Case(
        lambda: text(OUTCOME_ROWS, header=OUTCOMES_HEADER), REFUSED, 0, 0, "Load it as police_outcomes"
    ),
    "noise": Case(lambda: bytes(range(256)) * 40, REFUSED, 0, 0, ""),
}  # fmt: skip


def write(folder: Path, case: Case) -> Path:
    made = case.make()
    path = folder / case.name
    path.write_bytes(made if isinstance(made, bytes) else made.encode())
    return path


def rows_in_tables(partnership: Partnership) -> int:
    files = [str(path) for path in partnership.data.tables.glob("*/*.parquet")]
    if not files:
        return 0
    with duckdb.connect() as engine:
        return int(engine.read_parquet(files).count("*").fetchall()[0][0])


@pytest.mark.parametrize("name", CASES)
def test_broken_file_has_a_clear_outcome(name: str, partnership: Partnership, at: datetime, tmp_path: Path):
    case = CASES[name]
    receipt = load_file(partnership, "police_street", write(tmp_path, case), at=at)

    assert (receipt.outcome, receipt.rows_taken) == (case.outcome, case.taken)
    if case.outcome == LANDED:
        assert receipt.rows_refused == case.refused
        assert receipt.rows_read == receipt.rows_taken + receipt.rows_refused
    else:
        assert receipt.faults
        assert receipt.faults[0].do or receipt.faults[0].expected
    said = " ".join([*map(str, receipt.faults), *receipt.warnings])
    assert case.says in said

    # Nothing half loaded: the tables hold the rows taken, or nothing at all, and nothing is left in staging.
    assert rows_in_tables(partnership) == case.taken
    with ledger.open_ledger(partnership.data) as connection:
        assert sum(item.rows for item in ledger.list_landings(connection)) == case.taken
    assert not list(partnership.data.staging.glob("*"))
    assert receipts(partnership) == [receipt]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.refused and case.outcome == LANDED])
def test_refused_rows_can_be_sent_back(name: str, partnership: Partnership, at: datetime, tmp_path: Path):
    case = CASES[name]
    path = write(tmp_path, case)
    receipt = load_file(partnership, "police_street", path, at=at)

    assert receipt.rejected_file is not None
    with Path(receipt.rejected_file).open(encoding="utf-8", newline="") as stream:
        header, *rejected = csv.reader(stream)
    assert header == ["row", "reason", *HEADER.split(",")]
    assert len(rejected) == case.refused
    line = int(rejected[0][0])
    original = path.read_text(encoding="utf-8").splitlines()[line - 1]
    assert original.replace("\0", "\\0").startswith(rejected[0][2]) or original.startswith('"')
    assert rejected[0][1]


@pytest.mark.parametrize("name", CASES)
def test_check_tells_the_same_and_lands_nothing(name: str, partnership: Partnership, at: datetime, tmp_path: Path):
    case = CASES[name]
    receipt = check_file(partnership, "police_street", write(tmp_path, case), at=at)

    assert receipt.outcome == ("checked" if case.outcome == LANDED else REFUSED)
    assert receipt.rows_taken == case.taken
    assert rows_in_tables(partnership) == 0
    assert receipts(partnership) == []


def test_missing_file_is_refused(partnership: Partnership, at: datetime, tmp_path: Path):
    receipt = load_file(partnership, "police_street", tmp_path / "nowhere.csv", at=at)

    assert receipt.outcome == REFUSED
    assert "no file" in str(receipt.faults[0])
