"""Examples in the documents are commands that exist and code that runs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
import shutil
from pathlib import Path

import pytest
from docs.documents import ROOT, blocks, documents, name_of

import upstream
from upstream.ingestion import check_file
from upstream.measures import load_definitions
from upstream.partnership import Partnership
from upstream.sources import load_sources
from upstream_cli.main import build_parser, main

CALL = re.compile(r"^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\.venv/bin/|/srv/upstream/\.venv/bin/)?upstream (.+)$")
HARMLESS = {"clocks", "measures", "feeds"}  # commands whose examples are run as they stand
MAKE_TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def calls() -> list[tuple[str, list[str]]]:
    """Give every call of the command in a hand-written page, with the page it stands in."""
    pages = [path for path in documents() if "reference" not in path.parts]
    lines = [(name_of(path), line) for path in pages for block in blocks(path) for line in block.splitlines()]
    found = [(page, match.group(1)) for page, line in lines if (match := CALL.match(line.strip()))]
    return [(page, shlex.split(call, comments=True)) for page, call in found]


@pytest.mark.parametrize(
    ("page", "arguments"), calls(), ids=lambda part: part if isinstance(part, str) else " ".join(part)
)
def test_command_in_document_is_understood(page: str, arguments: list[str], example: Partnership) -> None:
    if "--help" in arguments or "--version" in arguments:
        return
    given = build_parser().parse_args(arguments)
    feed = getattr(given, "feed", None)
    described_there = f"sources/{feed}.toml" in (ROOT / page).read_text(encoding="utf-8")
    if feed and feed.isidentifier() and feed.islower() and not described_there:
        assert feed in load_sources(example)


@pytest.mark.parametrize(
    "arguments", [call for _, call in calls() if call[0] in HARMLESS and "--to" not in call], ids=" ".join
)
def test_harmless_command_in_document_runs(
    arguments: list[str], example: Partnership, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("UPSTREAM_DATA", str(example.data.root.parent))
    named = [part for part in arguments[1:2] if part.isidentifier() and part.islower()]
    if arguments[0] == "measures" and named:
        assert named[0] in load_definitions(example)
    assert main(arguments) == 0
    assert capsys.readouterr().out.strip()


def test_contract_in_document_reads_a_file(own_example: Partnership, tmp_path: Path) -> None:
    """The feed described in the how-to is a contract that takes good rows and refuses others."""
    (contract,) = blocks(ROOT / "docs" / "how-to" / "load-your-own-data.md", "toml")
    folder = tmp_path / "ours"
    (folder / "sources").mkdir(parents=True)
    shutil.copyfile(own_example.folder / "partnership.toml", folder / "partnership.toml")
    (folder / "sources" / "council_residents.toml").write_text(contract, encoding="utf-8")
    file = tmp_path / "residents-2025.csv"
    file.write_text("LSOA,Year,Residents\nE01029709,2025,1500\nnowhere,2025,1500\n", encoding="utf-8")
    ours = upstream.open_partnership(folder, data=tmp_path / "data")
    receipt = check_file(ours, "council_residents", file)
    assert (receipt.rows_taken, receipt.rows_refused) == (1, 1), receipt.faults


@pytest.mark.parametrize("path", [path for path in documents() if blocks(path, "python")], ids=name_of)
def test_python_in_document_runs(path: Path, example: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("UPSTREAM_DATA", str(example.data.root.parent))
    names: dict[str, object] = {}
    for block in blocks(path, "python"):
        exec(compile(block, str(path), "exec"), names)  # One page is read from top to bottom, and so it is run.
    assert names


def test_make_targets_named_in_documents_exist() -> None:
    named = {
        (name_of(path), target)
        for path in documents()
        for target in re.findall(r"\bmake ([a-z]+)\b(?=`|$|\s+#|\s*\n)", "\n".join(blocks(path)))
    }
    assert {target for _, target in named} <= MAKE_TARGETS
    assert {"setup", "run", "test"} <= MAKE_TARGETS


@pytest.mark.parametrize("name", [found.name for found in pkgutil.walk_packages(upstream.__path__, "upstream.")])
def test_examples_in_docstrings_hold(name: str) -> None:
    outcome = doctest.testmod(
        importlib.import_module(name), optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    )
    assert outcome.failed == 0
