"""The documents as their tests see them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    """Give every Markdown page of the project."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "partnerships").rglob("*.md")])


def blocks(path: Path, language: str | None = None) -> list[str]:
    """Give the fenced blocks of a page, all or those marked with a language."""
    found = FENCE.findall(path.read_text(encoding="utf-8"))
    return [text for marked, text in found if language is None or marked == language]


def name_of(path: Path) -> str:
    """Name a page for a test's identifier."""
    return path.relative_to(ROOT).as_posix()
