"""The same file again, corrections, parts of months, withdrawals: what counts afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from factories.street_files import row, rows, text

from upstream.ingestion import Receipt, UnknownReceipt, load_file, receipts, withdraw
from upstream.partnership import Partnership
from upstream.store import feed_health, make_build


@pytest.fixture
def load(partnership: Partnership, at: datetime, tmp_path: Path):
    made = 0

    def load_lines(
        lines: list[str], feed: str = "police_street", name: str = "2025-11-saltmarsh-street.csv"
    ) -> Receipt:
        nonlocal made
        made += 1
        path = tmp_path / name
        path.write_text(text(lines), encoding="utf-8")
        return load_file(partnership, feed, path, at=at + timedelta(minutes=made))

    return load_lines


@pytest.fixture
def counted(partnership: Partnership, at: datetime):
    """Rows of each force and month in a build made now."""

    def count() -> dict[tuple[str, str], int]:
        build = make_build(partnership, at=at)
        found = build.connect().execute(
            "SELECT reported_by, strftime(month, '%Y-%m'), count(*) FROM street_crime GROUP BY ALL"
        )
        return {(force, month): number for force, month, number in found.fetchall()}

    return count


OWN, OTHER = "Saltmarsh Police", "Fenland Police"


def test_same_file_again_changes_nothing(load, counted, partnership: Partnership):
    first = load(rows(10))
    again = load(rows(10), name="another-name.csv")

    assert again == replace(first, outcome="already held")
    assert len(receipts(partnership)) == 1
    assert counted() == {(OWN, "2025-11"): 10}


def test_correction_supersedes_the_month_and_no_other(load, counted):
    october, november = load(rows(8, month="2025-10")), load(rows(10))
    corrected = load(rows(12, first=5))

    assert corrected.superseded == (november.id,)
    assert october.id not in corrected.superseded
    assert counted() == {(OWN, "2025-10"): 8, (OWN, "2025-11"): 12}


def test_file_of_several_months_supersedes_month_by_month(load, counted):
    load(rows(8, month="2025-10") + rows(10))
    load(rows(3, month="2025-10", first=50))

    assert counted() == {(OWN, "2025-10"): 3, (OWN, "2025-11"): 10}


def test_month_that_shrinks_by_half_lands_with_a_loud_warning(load, counted):
    load(rows(20))
    receipt = load(rows(9))

    assert any("LOOK" in warning and "20 to 9" in warning for warning in receipt.warnings)
    assert counted() == {(OWN, "2025-11"): 9}


def test_row_decides_whose_it_is_and_a_few_rows_do_not_replace_a_month(load, counted):
    load(rows(10, force=OTHER), name="2025-11-fenland-street.csv")
    receipt = load(rows(10) + rows(2, force=OTHER, first=900))

    held = {(period.supplier, period.whole) for period in receipt.periods}
    assert held == {(OWN, True), (OTHER, False)}
    assert counted() == {(OWN, "2025-11"): 10, (OTHER, "2025-11"): 10}


def test_part_of_a_month_counts_until_the_whole_comes(load, counted):
    load(rows(10) + rows(2, force=OTHER, first=900))
    assert counted()[OTHER, "2025-11"] == 2

    load(rows(6, force=OTHER))
    assert counted()[OTHER, "2025-11"] == 6


def test_parts_are_united_without_counting_a_row_twice(load, counted):
    # Two anti-social rows are alike word for word and both real; the same two in another part are the same two.
    alike = [row(3, force=OTHER)] * 2
    load([*rows(10), *alike])
    load([*rows(10, month="2025-10"), *rows(30), *alike, row(4, force=OTHER)])

    assert counted()[OTHER, "2025-11"] == 3


def test_rows_picked_out_by_place_never_supersede_a_force(load, counted):
    load(rows(10, force=OTHER))
    receipt = load(rows(4, force=OTHER), feed="police_street_other_forces")

    assert [period.whole for period in receipt.periods] == [False]
    assert counted() == {(OTHER, "2025-11"): 10}


def test_withdrawn_rows_go_and_what_they_superseded_counts_again(load, counted, partnership: Partnership, at: datetime):
    first, second = load(rows(10)), load(rows(12))
    withdraw(partnership, second.id, at=at, reason="sent by mistake")

    assert counted() == {(OWN, "2025-11"): 10}
    newest = receipts(partnership)[0]
    assert (newest.id, newest.outcome) == (second.id, "withdrawn")
    assert "sent by mistake" in newest.reason
    assert not list(partnership.data.raw.glob(f"*/{second.sha256}*"))
    assert list(partnership.data.raw.glob(f"*/{first.sha256}*"))
    assert not list(partnership.data.tables.glob(f"*/{second.id}*"))


def test_withdraw_unknown_receipt(partnership: Partnership, at: datetime):
    with pytest.raises(UnknownReceipt, match="nothing-like-it"):
        withdraw(partnership, "nothing-like-it", at=at, reason="")


def test_raw_file_is_kept_read_only_as_received(load, partnership: Partnership, tmp_path: Path):
    receipt = load(rows(10))
    (kept,) = partnership.data.raw.glob(f"*/{receipt.sha256}*")

    assert kept.read_bytes() == (tmp_path / receipt.file_name).read_bytes()
    assert not kept.stat().st_mode & 0o222


def test_missing_month_is_absent_from_coverage_and_named_as_missing(load, partnership: Partnership, at: datetime):
    load(rows(5, month="2025-08"))
    load(rows(5, month="2025-11"))
    build = make_build(partnership, at=at)
    held = build.connect().execute("SELECT period_start, rows FROM coverage WHERE feed = 'police_street' ORDER BY 1")

    assert held.fetchall() == [(date(2025, 8, 1), 5), (date(2025, 11, 1), 5)]
    (health,) = [item for item in feed_health(partnership, today=at.date()) if item.feed == "police_street"]
    assert health.missing == ((OWN, date(2025, 9, 1)), (OWN, date(2025, 10, 1)))
    # Frequency monthly and 60 days of lag: December should be here by 30 November + 31 + 60 days = 1 March.
    assert (health.state, health.due_on) == ("late", date(2026, 3, 1))


def test_feed_health_after_a_refusal_and_without_any_file(load, partnership: Partnership):
    load(rows(5))
    load(["broken"])
    states = {item.feed: item.state for item in feed_health(partnership, today=date(2026, 1, 1))}

    assert states["police_street"] == "refused"
    assert states["police_outcomes"] == "never received"


def test_receipt_survives_the_ledger_word_for_word(load, partnership: Partnership):
    receipt = load([*rows(10), row(11, month="?")])

    assert receipts(partnership) == [receipt]
    assert Receipt.from_json(receipt.to_json()) == receipt
    on_disk = (partnership.data.receipts / f"{receipt.id}.json").read_text(encoding="utf-8")
    assert Receipt.from_json(on_disk) == receipt


def test_load_time_may_be_in_any_zone(partnership: Partnership, tmp_path: Path):
    path = tmp_path / "2025-11-saltmarsh-street.csv"
    path.write_text(text(rows(3)), encoding="utf-8")
    receipt = load_file(partnership, "police_street", path, at=datetime(2026, 1, 1, tzinfo=UTC))

    assert receipts(partnership)[0].loaded_at == receipt.loaded_at
