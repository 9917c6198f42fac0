"""Code lists are data beside their module: this reads them once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from upstream.exceptions import InputRefused

FOLDER = Path(__file__).parent


class UnknownCode(InputRefused):
    """A value is not in its code list; the message says which list."""


@cache
def read_toml(name: str) -> dict[str, Any]:
    """Read the code list in `name` (a file of this package)."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Strip a label of what suppliers vary without meaning it: capitals, blanks at the ends and doubled blanks."""
    return " ".join(text.split()).casefold()
