"""Outcomes counted by hand: what is open, what is closed, and what is too young to judge."""

from __future__ import annotations

from typing import Any

import pytest
from factories.tiny_build import ask, cells, crime, held, tiny_build

CHARGED, RESOLVED = "Awaiting court outcome", "Local resolution"
UNSOLVED, OPEN = "Investigation complete; no suspect identified", "Under investigation"
NO_UPDATE = "Status update unavailable"


def months(count: int) -> list[str]:
    return [f"2024-{number:02d}" for number in range(1, count + 1)]


def build(rows: list[dict[str, Any]], count: int = 6) -> Any:
    return tiny_build({"crime_month": rows, "coverage": held(months(count))})


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("positive_outcome_share", 100 * 3 / 9),
        ("charged_share", 100 * 1 / 9),
        ("out_of_court_share", 100 * 2 / 9),
        ("no_suspect_share", 100 * 6 / 9),
        ("under_investigation_share", 100 * 1 / 10),
        ("unable_to_prosecute_share", 0),
    ],
)
def test_shares_of_ten_cases(measure: str, expected: float) -> None:
    rows = [
        crime("2024-01", "A1", offences=1, outcome=CHARGED),
        crime("2024-01", "A1", offences=2, outcome=RESOLVED),
        crime("2024-01", "B1", offences=6, outcome=UNSOLVED),
        crime("2024-01", None, offences=1, outcome=NO_UPDATE),
        crime("2024-01", "A1", "Anti-social behaviour", offences=5),
        *(crime(m, "A1", outcome=CHARGED) for m in months(6)[1:]),
    ]
    assert cells(ask(build(rows), measure, "partnership", "month"))["tiny", "2024-01"] == pytest.approx(expected)


def test_wilson_interval_of_three_in_nine() -> None:
    rows = [crime("2024-01", "A1", offences=3, outcome=CHARGED), crime("2024-01", "A1", offences=6, outcome=UNSOLVED)]
    rows += [crime(m, "A1", outcome=CHARGED) for m in months(6)[1:]]
    row = ask(build(rows), "positive_outcome_share", "partnership", "month").frame.row(0, named=True)
    # Wilson's formula worked by hand for 3 of 9: 0.1206 to 0.6458.
    assert (row["lower"], row["upper"]) == (pytest.approx(12.06, abs=0.01), pytest.approx(64.58, abs=0.01))


def test_last_three_months_of_a_delivery_are_too_young() -> None:
    rows = [crime(m, "A1", outcome=CHARGED) for m in months(6)]
    result = ask(build(rows), "positive_outcome_share", "partnership", "month")
    assert result.frame["status"].to_list() == ["known"] * 3 + ["too young to judge"] * 3
    assert result.frame["value"].null_count() == 0
    assert any("Too young to judge" in note for note in result.provenance.notes)


def test_month_with_more_than_a_fifth_open_is_too_young() -> None:
    rows = [crime(m, "A1", outcome=CHARGED, offences=7) for m in months(6)]
    rows += [crime("2024-01", "A1", outcome=OPEN, offences=2), crime("2024-02", "A1", outcome=OPEN, offences=1)]
    statuses = cells(ask(build(rows), "charged_share", "partnership", "month"), "status")
    assert statuses["tiny", "2024-01"] == "too young to judge"  # two of nine open
    assert statuses["tiny", "2024-02"] == "known"  # one of eight


def test_area_without_a_closed_case_has_no_denominator() -> None:
    rows = [crime(m, "A1", outcome=CHARGED) for m in months(6)]
    statuses = cells(ask(build(rows), "positive_outcome_share", "district", "month"), "status")
    assert statuses["DB", "2024-01"] == "no denominator"


def test_shares_without_place_and_outside() -> None:
    rows = [crime("2024-01", "A1", offences=6), crime("2024-01", None), crime("2024-01", "elsewhere", offences=3)]
    reader = build(rows, 1)
    assert cells(ask(reader, "no_place_share", "partnership", "month"))["tiny", "2024-01"] == 10
    assert cells(ask(reader, "outside_area_share", "partnership", "month"))["tiny", "2024-01"] == 30
