"""The command as a person or a script meets it: help, answers, failures and exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from upstream.partnership import Partnership
from upstream_cli.commands import COMMANDS
from upstream_cli.main import build_parser, main
from upstream_cli.output import told

ROOT = Path(__file__).resolve().parents[3]
HEADER = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
HEADER += "Last outcome category,Context"
GOOD = ",2031-01,{force},{force},-2.1,52.8,On or near High Street,E01029709,Stafford 001A,Anti-social behaviour,,"


@pytest.fixture
def places(own_example: Partnership) -> list[str]:
    """Options that name a copy of the worked example that the test may change."""
    return ["--partnership", str(own_example.folder), "--data", str(own_example.data.root.parent)]


@pytest.fixture
def shared(example: Partnership) -> list[str]:
    """Options that name the shared worked example, for reading."""
    return ["--partnership", str(example.folder), "--data", str(example.data.root.parent)]


def street_file(folder: Path, *rows: str) -> Path:
    """Write a street file with the rows given."""
    path = folder / "2025-01-staffordshire-street.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def answer_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> object:
    """Run the command with --json and read its answer."""
    main([*arguments, "--json"])
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", [command.NAME for command in COMMANDS])
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args([name, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"usage: upstream {name}")
    assert "--json" in shown


def test_command_installed_answers_its_version() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("upstream"), "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("upstream 0.")


def test_unknown_option_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["build", "--quickly"])
    assert ended.value.code == 2


def test_missing_partnership_is_wrong_use_without_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feeds", "--partnership", str(tmp_path), "--data", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert "upstream new NAME" in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_failure_is_json_too_when_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feeds", "--json", "--partnership", str(tmp_path), "--data", str(tmp_path)]) == 2
    assert json.loads(capsys.readouterr().out)["failure"] == "PartnershipNotFound"


def test_unknown_feed_is_wrong_use(shared: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "police_streat", str(street_file(tmp_path)), *shared]) == 2
    assert "police_street" in capsys.readouterr().err


def test_good_file_is_checked_without_landing(
    places: list[str], own_example: Partnership, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path for path in own_example.data.tables.rglob("*"))
    row = GOOD.format(force=own_example.config.force_name).replace("2031", "2025")
    assert main(["check", "police_street", str(street_file(tmp_path, row)), *places]) == 0
    assert "checked" in capsys.readouterr().out
    assert sorted(path for path in own_example.data.tables.rglob("*")) == before


def test_broken_row_is_refused_with_exit_code_three(
    places: list[str], own_example: Partnership, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = GOOD.format(force=own_example.config.force_name).replace("2031", "2025")
    path = street_file(tmp_path, good, good.replace("2025-01", "2025-13"))
    assert main(["load", "police_street", str(path), *places]) == 3
    said = capsys.readouterr().out
    assert "row 3" in said
    assert "2025-13" in said


def test_load_build_and_withdraw_change_the_figures(
    places: list[str], own_example: Partnership, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two rows in a month not held before: counted after a build, unknown again after withdrawing."""
    row = GOOD.format(force=own_example.config.force_name).replace("2031-01", "2012-05")
    path = street_file(tmp_path, row, row)
    main(["load", "police_street", str(path), *places, "--json"])
    receipt = json.loads(capsys.readouterr().out)[0]
    assert receipt["rows_taken"] == 2

    def asb_in_may() -> object:
        call = ["measures", "asb_count", "--by", "partnership,month", "--start", "2012-05-01", "--end", "2012-05-31"]
        answer = answer_of(capsys, *call, *places)
        assert isinstance(answer, dict)
        return [(row["value"], row["status"]) for row in answer["rows"]]

    assert main(["build", *places]) == 0
    capsys.readouterr()
    assert asb_in_may() == [(2.0, "known")]
    assert main(["withdraw", receipt["id"], "--reason", "sent by mistake", *places]) == 0
    assert main(["build", *places]) == 0
    capsys.readouterr()
    assert asb_in_may() in ([], [(None, "not held")])


def test_feeds_are_listed(shared: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feeds", *shared]) == 0
    assert "police_street" in capsys.readouterr().out


def test_receipts_of_one_feed_are_listed(shared: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    receipts = answer_of(capsys, "feeds", "police_street", *shared)
    assert isinstance(receipts, list)
    assert {receipt["outcome"] for receipt in receipts} == {"landed"}


def test_measures_are_listed(shared: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    listed = answer_of(capsys, "measures", *shared)
    assert isinstance(listed, list)
    assert len(listed) >= 40


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_measure_is_written_to_a_file(
    ending: str, shared: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"violence.{ending}"
    assert main(["measures", "violence_rate", "--by", "district,year", "--to", str(path), *shared]) == 0
    assert path.stat().st_size > 500
    assert "build" in capsys.readouterr().out


def test_measure_is_not_written_in_an_unknown_form(
    shared: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["measures", "violence_rate", "--to", str(tmp_path / "violence.doc"), *shared]) == 2
    assert ".parquet" in capsys.readouterr().err


def test_unknown_measure_names_the_nearest(shared: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measures", "violence_rat", *shared]) == 2
    assert "violence_rate" in capsys.readouterr().err


def test_backup_restores_to_the_same_figures(
    places: list[str], own_example: Partnership, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "backup.tar"
    call = ["measures", "violence_count", "--by", "district,year"]
    before = answer_of(capsys, *call, *places)
    assert main(["backup", str(archive), *places]) == 0
    shutil.rmtree(own_example.data.root)
    assert main(["restore", str(archive), *places]) == 0
    capsys.readouterr()
    after = answer_of(capsys, *call, *places)
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert before["rows"] == after["rows"]


def test_builds_are_listed_newest_first(places: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", *places]) == 0
    made = capsys.readouterr().out.strip().splitlines()[-1]
    listed = answer_of(capsys, "build", "--list", *places)
    assert isinstance(listed, list)
    assert listed[0]["id"] == made
    assert len(listed) == 2


def test_new_partnership_is_started(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "cleveland"
    assert main(["new", "cleveland", "--to", str(folder)]) == 0
    assert (folder / "partnership.toml").is_file()
    assert str(folder) in capsys.readouterr().out


def test_new_partnership_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "cleveland"
    main(["new", "cleveland", "--to", str(folder)])
    (folder / "partnership.toml").write_text("mine", encoding="utf-8")
    assert main(["new", "cleveland", "--to", str(folder)]) != 0
    assert (folder / "partnership.toml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("news", "text"),
    [
        (("reading",), "reading"),
        (("reading", 0.25), "reading (25 %)"),
        (("reading", 3, 12), "reading (3 of 12)"),
        ((3, 12, "reading"), "reading (3 of 12)"),
        (("reading", None), "reading"),
    ],
)
def test_news_of_progress_is_told(news: tuple[object, ...], text: str) -> None:
    assert told(news) == text
