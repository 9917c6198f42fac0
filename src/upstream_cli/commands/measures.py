"""`upstream measures`: list the measures, or calculate one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from upstream.exceptions import ExitCode, WrongUse
from upstream.partnership import Partnership
from upstream_cli.clock import now
from upstream_cli.days import a_day
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

if TYPE_CHECKING:
    import polars as pl

NAME = "measures"
SUMMARY = "list the measures, or calculate one"
DESCRIPTION = """\
Without a name: list every measure. With one: calculate it, cut as asked, and print or write the table.

  upstream measures violence_rate --by district,year
  upstream measures violence_count --by lsoa21,month --area E01014370 --to violence.csv
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="measure to calculate; leave out to list all")
    parser.add_argument(
        "--by",
        metavar="LEVEL,PERIOD,…",
        default="",
        help="area level, period and breakdowns, such as ward,month (default: what the definition names first)",
    )
    parser.add_argument("--area", metavar="CODE", action="append", default=[], help="only this area; may be repeated")
    parser.add_argument("--start", metavar="DAY", type=a_day, help="first day to count, such as 2025-01-01")
    parser.add_argument("--end", metavar="DAY", type=a_day, help="last day to count, such as 2025-12-31")
    parser.add_argument("--overdue", action="store_true", help="list only measures whose review is overdue")
    parser.add_argument("--to", metavar="FILE", type=Path, help="write the table as .csv, .parquet or .xlsx")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """List the measures or calculate one."""
    partnership = chosen_partnership(arguments)
    if arguments.overdue:
        return list_overdue(partnership, now().date(), output)
    return calculate(partnership, arguments, output) if arguments.name else list_all(partnership, output)


def list_all(partnership: Partnership, output: Output) -> ExitCode:
    """Print one line a measure."""
    from upstream.measures import load_definitions

    definitions = load_definitions(partnership)
    rows = [(d.name, d.title, d.unit, ", ".join(d.periods)) for d in definitions.values()]
    output.table(("measure", "title", "unit", "periods"), rows)
    output.document(list(definitions.values()))
    return ExitCode.DONE


def list_overdue(partnership: Partnership, day: date, output: Output) -> ExitCode:
    """Print the measures that should have been looked at again before `day`, the longest overdue first."""
    from upstream.measures import load_definitions, overdue

    late = overdue(load_definitions(partnership), on=day)
    output.table(
        ("measure", "title", "due", "author"), [(d.name, d.title, str(d.review_due_on), d.author) for d in late]
    )
    output.document(late)
    if not late:
        output.line("No review is overdue.")
    return ExitCode.DONE


def calculate(partnership: Partnership, arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Prepare the data if needed, calculate, and print or write the table."""
    from upstream import store

    with output.progress("Preparing") as progress:
        store.prepare(partnership, at=now(), progress=progress)
    by = tuple(part.strip() for part in arguments.by.split(",") if part.strip())
    result = partnership.measure(
        arguments.name, by=by, start=arguments.start, end=arguments.end, areas=tuple(arguments.area)
    )
    if arguments.to:
        write_frame(result.frame, arguments.to)
        output.line(f"Wrote {result.frame.height:,} rows to {arguments.to} (build {result.provenance.build}).")
    else:
        output.line(f"{result.definition.title}; {result.definition.unit}; build {result.provenance.build}")
        output.table(result.frame.columns, [tuple(map(as_text, row)) for row in result.frame.rows()])
    output.document({"query": result.query, "provenance": result.provenance, "rows": result.frame.to_dicts()})
    return ExitCode.DONE


def as_text(value: object) -> str:
    """Write a cell: numbers with at most four decimals, an unknown value as nothing."""
    if value is None:
        return ""
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def write_frame(frame: pl.DataFrame, path: Path) -> None:
    """Write a table in the form that the file's name asks for."""
    writers: dict[str, Callable[[Path], object]] = {
        ".csv": frame.write_csv,
        ".parquet": frame.write_parquet,
        ".xlsx": frame.write_excel,
    }
    if path.suffix not in writers:
        raise WrongUse(
            f"{path.name} ends in {path.suffix or 'nothing'}.",
            expected=f"one of {', '.join(writers)}",
            do="Give the file another ending.",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    writers[path.suffix](path)
