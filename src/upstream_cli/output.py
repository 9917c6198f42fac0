"""What the command says: tables and progress for a person, JSON for a program, plain lines for a log."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from upstream.exceptions import UpstreamFailure

Progress = Callable[..., None]  # called with a text, and with how much is done where that is known


def plain(value: Any) -> Any:
    """Turn results into what JSON can hold: dataclasses into objects, dates into ISO text, paths into text."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


class Output:
    """Prints what a command answers.

    Results go to standard output, progress and failures to standard error, so that a pipe carries results only.
    With `as_json` exactly one JSON document is printed.
    """

    def __init__(self, *, as_json: bool = False, results: TextIO | None = None, notes: TextIO | None = None) -> None:
        self.as_json = as_json
        self._results = Console(file=results or sys.stdout, highlight=False, soft_wrap=True)
        self._notes = Console(file=notes or sys.stderr, highlight=False, soft_wrap=True)

    def line(self, text: str = "") -> None:
        """Print one line for a person; silent when JSON was asked for."""
        if not self.as_json:
            self._results.print(text, markup=False)

    def note(self, text: str) -> None:
        """Print one line beside the results, such as a step that was done."""
        if not self.as_json:
            self._notes.print(text, markup=False)

    def document(self, value: Any) -> None:
        """Print the whole answer as JSON; silent unless JSON was asked for."""
        if self.as_json:
            self._results.file.write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")

    def flush(self) -> None:
        """Let a reader at the other end of a pipe see what has been printed."""
        self._results.file.flush()

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, right: Sequence[str] = ()) -> None:
        """Print a table for a person: ruled on a terminal, tab-separated elsewhere; `right` aligns numbers."""
        if self.as_json:
            return
        if not self._results.is_terminal:
            for row in (columns, *rows):
                self._results.file.write("\t".join("" if cell is None else str(cell) for cell in row) + "\n")
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(column, justify="right" if column in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        self._results.print(table)

    def failure(self, failure: UpstreamFailure) -> None:
        """Say what was found, what was expected and what to do; as JSON too when that was asked for."""
        if self.as_json:
            said = {"failure": type(failure).__name__, "found": failure.found}
            self.document({**said, "expected": failure.expected, "do": failure.do})
        self._notes.print(str(failure), markup=False, style="red")

    @contextmanager
    def progress(self, title: str) -> Iterator[Progress]:
        """Show that long work goes on; what is given is called by the library with news of it."""
        if self.as_json:
            yield lambda *news: None
        elif self._notes.is_terminal:
            with self._notes.status(title) as status:
                yield lambda *news: status.update(f"{title}: {told(news)}")
        else:
            yield lambda *news: self.note(f"{title}: {told(news)}")


def told(news: Sequence[object]) -> str:
    """Write news of progress: a text, and how much is done as a share, or as a number out of a number."""
    text = " ".join(part for part in news if isinstance(part, str) and part)
    numbers = [part for part in news if isinstance(part, (int, float))]
    if len(numbers) == 2 and numbers[1]:
        return f"{text} ({numbers[0]:,.0f} of {numbers[1]:,.0f})".strip()
    if numbers and 0 <= numbers[0] <= 1:
        return f"{text} ({numbers[0] * 100:.0f} %)".strip()
    return text
