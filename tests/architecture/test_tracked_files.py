"""Nothing of one machine, and nothing unfinished, gets into the repository."""

from __future__ import annotations

import re

import pytest
from architecture.source_tree import ROOT, SOURCE, modules, tracked_files

BINARY = {
    ".png",
    ".jpg",
    ".gz",
    ".parquet",
    ".woff2",
    ".xlsx",
    ".ods",
    ".pdf",
    ".docx",
    ".zip",
    ".duckdb",
    ".gpkg",
    ".fgb",
}
LARGEST_TRACKED_BYTES = 8_000_000

# Written in pieces so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+|Us" + r"ers/\w+)/")
REGISTRY_ADDRESSES = re.compile(
    "|".join(
        [
            r"pypi\." + "org",
            r"files\.python" + "hosted",
            r"registry\.npm" + "js",
            r"deb\.deb" + "ian",
            r"reg" + r"istry\.yarn",
        ]
    )
)
INDEX_OPTIONS = re.compile(r"^\s*--(?:index-url|extra-index-url|find-links|trusted-host)", re.MULTILINE)
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")


def texts() -> list[tuple[str, str]]:
    """Give every tracked text file with its content."""
    return [
        (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8", errors="replace"))
        for path in tracked_files()
        if path.suffix not in BINARY
    ]


@pytest.fixture(scope="module")
def tracked() -> list[tuple[str, str]]:
    return texts()


@pytest.mark.parametrize(
    "pattern", [MACHINE_PATHS, REGISTRY_ADDRESSES, INDEX_OPTIONS], ids=["path", "registry", "index"]
)
def test_tracked_files_name_no_machine(tracked: list[tuple[str, str]], pattern: re.Pattern[str]) -> None:
    found = {name: match.group() for name, text in tracked if (match := pattern.search(text))}
    assert not found


def test_locks_hold_no_addresses() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in (ROOT / "scripts" / "uv.txt").read_text(encoding="utf-8")
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_every_locked_package_has_its_hash() -> None:
    for name in ("requirements.lock", "scripts/uv.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[A-Za-z0-9])", text)
        unhashed = [
            entry.split()[0] for entry in entries if "==" in entry.split("\n")[0] and "--hash=sha256:" not in entry
        ]
        assert not unhashed


def test_source_is_finished() -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {match.group()}"
        for path in modules()
        if (match := UNFINISHED.search(path.read_text(encoding="utf-8")))
    ]
    assert not found


def test_tracked_files_are_of_modest_size() -> None:
    large = {
        str(path.relative_to(ROOT)): path.stat().st_size
        for path in tracked_files()
        if path.stat().st_size > LARGEST_TRACKED_BYTES
    }
    assert not large


def test_nothing_accumulated_is_tracked() -> None:
    kept_out = ("var/", "node_modules/", ".venv/")
    assert not [name for path in tracked_files() if (name := path.relative_to(ROOT).as_posix()).startswith(kept_out)]
