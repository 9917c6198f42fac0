"""`upstream clocks` as a person or a script meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from upstream_cli.main import main

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def where(tmp_path: Path) -> list[str]:
    """Options that name the worked example and an empty data folder: clocks need no data."""
    return ["--partnership", str(ROOT / "partnerships" / "staffordshire"), "--data", str(tmp_path)]


def test_rules_are_listed_with_their_source(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clocks", *where]) == 0
    said = capsys.readouterr().out
    assert "inspection_response\tResponse to an inspection report\t56 days\tlaw\tPolice Act 1996" in said


def test_rules_are_listed_for_a_program(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clocks", *where, "--json"]) == 0
    rules = {rule["name"]: rule for rule in json.loads(capsys.readouterr().out)}
    assert rules["inspection_response"]["inclusive"] is True
    assert rules["subject_access"]["pauses"]


def test_one_rule_says_how_it_counts(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clocks", "subject_access", *where]) == 0
    said = capsys.readouterr().out
    assert "Within 1 month of receipt of the request" in said
    assert "May be paused: identity asked for" in said


def test_last_day_is_shown_as_it_was_counted(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Published 20 November 2025: the 56th day, that one included, is 14 January 2026."""
    assert main(["clocks", "inspection_response", "--start", "2025-11-20", *where]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Response to an inspection report: last day ")
    assert lines[0].endswith(" 14 January 2026.")
    assert "Thu 20 Nov 2025\t1\tthe day of publication of the report" in lines
    assert "Wed 14 Jan 2026\t56\t" in lines
    assert len(lines) == 10


def test_holidays_left_out_are_named(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clocks", "draft_minutes", "--start", "2026-03-30", *where]) == 0
    said = capsys.readouterr().out
    assert "Fri 03 Apr 2026\t\tGood Friday" in said
    assert "gov.uk/bank-holidays" in said


def test_moment_without_a_zone_is_taken_as_local(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Noon on Friday 27 March 2026, two days before the clocks go forward: 72 hours end at one."""
    assert main(["clocks", "return_home_interview", "--start", "2026-03-27T12:00", *where, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["due_at"] == "2026-03-30T12:00:00+00:00"
    assert answer["calendar"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["draft_minuts"], "Nearest names: draft_minutes"),
        (["breach_notification", "--start", "2026-01-01"], "a day, not a moment"),
        (["--kept", "draft_minuts"], "Nearest names: draft_minutes"),
        (["--since", "2026-01-01"], "Add --kept."),
        (["--kept", "--since", "2026-07-01", "--until", "2026-06-30"], "begins on 2026-07-01 and ends on 2026-06-30"),
    ],
)
def test_wrong_use_is_explained(
    arguments: list[str], said: str, where: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["clocks", *arguments, *where]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--since", "--until"])
def test_period_that_is_no_day(option: str, where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["clocks", "--kept", option, "yesterday", *where])
    assert ended.value.code == 2
    assert "'yesterday' is not a day; write it as 2025-03-31" in capsys.readouterr().err


def test_kept_needs_the_records_of_a_site(where: list[str]) -> None:
    """Where no site was ever run there is nothing to count; asked in a process of its own, as Django opens one site."""
    call = [sys.executable, "-m", "upstream_cli", "clocks", "--kept", *where]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTREAM_", "DJANGO_"))}
    ended = subprocess.run(
        call, env=kept | {"PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "Run `upstream run` once." in ended.stderr


def test_start_that_is_no_day(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["clocks", "draft_minutes", "--start", "yesterday", *where])
    assert ended.value.code == 2
    assert "neither 2025-11-20 nor 2025-11-20T14:30" in capsys.readouterr().err
