"""Pieces of Markdown that the pages of the manual are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def opening(title: str, text: str) -> str:
    """Begin a page: its title, where it comes from, and what it is."""
    return f"# {title}\n\n<!-- Written by `make docs` from the code. Edits here are lost. -->\n\n{text.strip()}\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Make a table; a bar inside a cell is escaped and a line break becomes a space."""
    lines = [_row(columns), _row(["---"] * len(columns)), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def anchor(heading: str) -> str:
    """Give the link target that a Markdown reader makes of a heading of plain words."""
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return kept.strip().replace(" ", "-")


def code(text: object) -> str:
    """Set text as code; nothing stays nothing."""
    return f"`{text}`" if str(text) else ""


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
