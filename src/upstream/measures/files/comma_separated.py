"""A result as CSV: lines that begin with # say what it is, then a plain table.

Such lines are skipped by `polars.read_csv(…, comment_prefix="#")`, by pandas and R with `comment`, and stand above
the table in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from upstream.measures.files.metadata import column_meanings, describe
from upstream.measures.result import MeasureResult

# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@")


def to_csv(result: MeasureResult, attribution: Sequence[str] = ()) -> bytes:
    """Write the result as CSV in UTF-8 with a byte order mark, so that Excel reads accents as they are."""
    lines = [f"# {fact.about}: {_one_line(fact.text)}" for fact in describe(result, attribution)]
    lines += [f"# Column {name}: {_one_line(text)}" for name, text in column_meanings(result).items()]
    table = disarm(result.frame).write_csv(line_terminator="\r\n")
    return ("\ufeff" + "\r\n".join(lines) + "\r\n" + table).encode("utf-8")


def disarm(frame: pl.DataFrame) -> pl.DataFrame:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.col(name).str.slice(0, 1).is_in(FORMULA_SIGNS))
        .then(pl.concat_str(pl.lit("'"), pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
