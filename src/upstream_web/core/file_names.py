"""Names of files that people send, made safe for any system."""

from __future__ import annotations

import re

UNSAFE = re.compile(r"[^\w.()+ -]+")
LONGEST_NAME = 150


def safe_name(given: str) -> str:
    """Give a file name without folders, odd signs or leading dots; never empty."""
    last = re.split(r"[/\\]", given)[-1]
    return UNSAFE.sub("_", last).lstrip(". ")[-LONGEST_NAME:] or "file"
