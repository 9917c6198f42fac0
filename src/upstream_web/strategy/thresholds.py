"""The thresholds in force: those that come with the software, with what the partnership's folder changes."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from upstream_web.core.workbench import get_partnership
from upstream_web.strategy.rag import RagRules

DEFAULTS = Path(__file__).with_name("rag_rules.toml")
OWN_FILE = Path("records", "strategy", "rag_rules.toml")


def rag_rules() -> RagRules:
    """Give the thresholds; raises ValueError naming the file when the partnership's own cannot be read."""
    return _read(get_partnership().folder / OWN_FILE)


@lru_cache(maxsize=4)
def _read(own: Path) -> RagRules:
    table = _table(DEFAULTS) | (_table(own) if own.is_file() else {})
    try:
        return RagRules.from_table(table)
    except ValueError as fault:
        raise ValueError(f"{own}: {fault}") from fault


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
