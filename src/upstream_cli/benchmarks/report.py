"""The page of the manual that says how fast things are."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version

from upstream_cli.benchmarks.figure import Figure
from upstream_cli.reference.markdown import opening, table

INTRODUCTION = """\
Measured in one run with `upstream bench --write docs/reference/performance.md`. Run it on your own machine: what
matters is whether the targets hold there, and the ratios, which depend little on the machine.
"""
HOW = """\
## How it is measured

- **load** writes 5 million rows as ten monthly police.uk street files, made from the example's real rows, and loads
  each file once with DuckDB's `read_csv` into Parquet, nothing checked, and once with `load_file`: every value typed
  and checked, the raw file kept with its hash, earlier deliveries superseded, a receipt written. Each side runs in a
  process of its own.
- **build** times `make_build` on a copy of the example's data folder.
- **measures** calculates every measure for all its smallest areas and periods, five times after one call that warms
  it, and takes the median of each.
- **assessment** calculates and writes the needs assessment as HTML, PDF, Word and figures.
- **pages** serves the workbench and lets 20 people, each with a session, click 30 times, looking at each page for
  half a second to a second and a half; then again without any pause. The people run on the same machine as the server.
- **audit** writes an audit trail of 2 million lines on SQLite, past the models but with a chain that holds, reads every
  line once with a bare `SELECT`, and once with `upstream audit verify`, which seals each line again.
- **lists** grows the worked example into ten years of a large partnership: 50,000 actions, 5,000 meetings, 2 million
  lines of the trail, 500 people, and all that hangs on them. It serves it as `upstream run` does and lets 20 people of
  nine roles click 30 times, reading each page for two to six seconds, then again without any pause, through every list
  (plain, sorted, narrowed, searched, at its last page) and every page beside the lists that their role opens. Every
  page is as likely as another, and so is every way of asking for it; a page asked for five times or more is also
  judged by its own median. When
  `UPSTREAM_DATABASE_URL` names an empty PostgreSQL database the same is done there with 50 people;
  `scripts/with_postgres.sh --for-site .venv/bin/upstream bench` gives it one that is thrown away. Growing takes a few
  minutes; `UPSTREAM_BENCH_KEPT` names a folder where the result stays for the next run.
  The board pack is a draft of the last quarter in all its forms, from the same records.
"""


def machine() -> str:
    """Describe this machine and the engines, without its name."""
    engines = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "polars", "django", "granian"))
    kind = f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}"
    return f"{kind}, Python {platform.python_version()}, {engines}"


def page(figures: Sequence[Figure], *, on: date) -> str:
    """Write the page from one run's figures."""
    rows = [(f.benchmark, f.what, shown(f), f.target, verdict(f)) for f in figures]
    return "\n".join(
        [
            opening("Performance", INTRODUCTION).replace("`make docs` from the code", "`upstream bench`"),
            f"{on:%-d %B %Y}; {machine()}.\n",
            table(("benchmark", "what", "measured", "target", ""), rows),
            HOW,
        ]
    )


def shown(figure: Figure) -> str:
    """Write a value with about three digits."""
    value = figure.value
    text = f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    return f"{text} {figure.unit}".strip()


def verdict(figure: Figure) -> str:
    """Say whether the target is met."""
    return {True: "met", False: "missed", None: ""}[figure.is_met]
