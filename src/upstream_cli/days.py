"""Days as people write them on the command line."""

from __future__ import annotations

import argparse
from datetime import date


def a_day(text: str) -> date:
    """Read a day such as 2025-03-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2025-03-31") from None
