"""Levels of closure: reviewed data, the partnership's own where it has some."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from upstream.exceptions import InputRefused
from upstream_web.core.workbench import get_partnership

OURS = Path(__file__).with_name("closure_levels.toml")
THEIRS = Path("records", "inspections", "closure_levels.toml")
TEXTS = ("code", "title", "meaning", "given_by")


class LevelsIncomplete(InputRefused):
    """The file of levels lacks something; every fault is named."""


@dataclass(frozen=True)
class Level:
    """One level: what it means, who gives it, and whether the audit committee must have been satisfied before."""

    code: str
    title: str
    meaning: str
    given_by: str
    needs_audit_view: bool

    @property
    def is_the_inspectorates(self) -> bool:
        """Whether the inspectorate gives it itself."""
        return "inspectorate" in self.given_by


def levels() -> tuple[Level, ...]:
    """Give the levels in force here, lowest first."""
    own = get_partnership().folder / THEIRS
    path = own if own.is_file() else OURS
    return _read(path, path.stat().st_mtime_ns)


def find_level(code: str) -> Level | None:
    """Give the level of that code, or None when it is no longer one."""
    return next((level for level in levels() if level.code == code), None)


def title_of(code: str) -> str:
    """Say a level; one that is no longer offered keeps its code."""
    level = find_level(code)
    return level.title if level else f"Level {code}"


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> tuple[Level, ...]:
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("level", [])
    faults = [
        f"level {place}: {name} is missing"
        for place, row in enumerate(rows, start=1)
        for name in TEXTS
        if not isinstance(row.get(name), str) or not row[name].strip()
    ]
    codes = [row.get("code") for row in rows]
    faults += [f"{code!r} is given twice" for code in {code for code in codes if codes.count(code) > 1}]
    if faults or not rows:
        raise LevelsIncomplete(
            f"{path.name}: {'; '.join(sorted(faults)) or 'no level'}.",
            expected=f"[[level]] tables with {', '.join(TEXTS)}",
            do="Put the file right.",
        )
    return tuple(
        Level(row["code"], row["title"], row["meaning"], row["given_by"], bool(row.get("needs_audit_view")))
        for row in rows
    )
