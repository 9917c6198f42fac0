"""What holds for every load, whatever the rows and whatever the order."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from factories.saltmarsh import open_saltmarsh
from factories.street_files import row, text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from upstream.ingestion import load_file, receipts
from upstream.partnership import Partnership
from upstream.store import ledger
from upstream.store.assembly import fill_tables, find_in_force

AT = datetime(2026, 3, 15, tzinfo=UTC)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))

words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12).map(
    lambda said: '"' + said.replace('"', '""') + '"'
)
months = st.sampled_from(["2025-09", "2025-10", "2025-11", "2027-01", "soon", ""])
crime_types = st.sampled_from(["Burglary", "Robbery", "Anti-social behaviour", "Piracy", ""])
any_rows = st.builds(
    lambda number, month, crime_type, location: row(number, month=month, crime_type=crime_type, location=location),
    st.integers(1, 99),
    months,
    crime_types,
    words,
)
spoilt_lines = st.sampled_from(['"never closed,', "a,b", "", "x" * 50, ",,,,,,,,,,,,,,", 'a"b,c'])
lines = st.lists(st.one_of(any_rows, any_rows, any_rows, spoilt_lines), min_size=1, max_size=25)


def open_new(folder: Path) -> Partnership:
    return open_saltmarsh(folder, data=folder / "data")


def load(partnership: Partnership, given_lines: list[str], name: str = "x-street.csv"):
    path = partnership.folder / name
    path.write_text(text(given_lines), encoding="utf-8")
    return load_file(partnership, "police_street", path, at=AT)


def in_force(partnership: Partnership) -> list[tuple[object, ...]]:
    with ledger.open_ledger(partnership.data) as connection, duckdb.connect() as build:
        fill_tables(build, partnership.data.tables, find_in_force(connection))
        rows = build.execute("SELECT * EXCLUDE receipt FROM street_crime").fetchall()
    return sorted(rows, key=repr)


@FEW
@given(lines)
def test_every_row_is_taken_or_refused_and_none_is_lost(given_lines: list[str]):
    with tempfile.TemporaryDirectory() as folder:
        partnership = open_new(Path(folder))
        receipt = load(partnership, given_lines)

        written = sum(1 for line in given_lines if line.strip())
        # A cell may hold a line separator that is no line end to a CSV; every other line is a row.
        assert receipt.rows_read == written
        assert receipt.rows_taken + receipt.rows_refused == receipt.rows_read
        assert len(in_force(partnership)) == receipt.rows_taken
        assert sum(period.rows for period in receipt.periods) == receipt.rows_taken


@FEW
@given(lines)
def test_loading_twice_changes_nothing(given_lines: list[str]):
    with tempfile.TemporaryDirectory() as folder:
        partnership = open_new(Path(folder))
        first = load(partnership, given_lines)
        before = in_force(partnership)
        second = load(partnership, given_lines)

        assert in_force(partnership) == before
        if first.outcome == "landed":
            assert second.outcome == "already held"
            assert len(receipts(partnership)) == 1
        else:
            assert second.outcome == first.outcome == "refused"


@FEW
@given(st.permutations(["2025-08", "2025-09", "2025-10"]), st.data())
def test_order_of_months_does_not_matter(order: list[str], data: st.DataObject):
    files = {
        month: [row(number, month=month) for number in data.draw(st.lists(st.integers(1, 20), min_size=1, max_size=8))]
        for month in sorted(order)
    }
    held = []
    for months_in_order in (sorted(order), order):
        with tempfile.TemporaryDirectory() as folder:
            partnership = open_new(Path(folder))
            for month in months_in_order:
                assert load(partnership, files[month], f"{month}-saltmarsh-street.csv").outcome == "landed"
            held.append(in_force(partnership))
    assert held[0] == held[1]
