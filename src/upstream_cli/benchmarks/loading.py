"""How fast street crime is loaded, beside DuckDB's bare reading of the same files into Parquet."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl

from upstream.exceptions import UpstreamFailure
from upstream.partnership import Partnership
from upstream_cli.benchmarks.figure import Figure
from upstream_cli.output import Progress

NAME = "load"
SUMMARY = "loading police.uk street files, beside DuckDB's bare read_csv"
ROWS = 5_000_000
ROWS_A_FILE = 50_000
LEAST_SHARE_OF_BARE_SPEED = 0.5
MOST_GIBIBYTES = 1.5
FIRST_YEAR = 2011

BARE = """
import sys, time, duckdb
start = time.perf_counter()
duckdb.connect().execute(
    f"COPY (SELECT * FROM read_csv('{sys.argv[1]}/*.csv', all_varchar=true)) TO '{sys.argv[2]}' (FORMAT parquet)"
)
print(time.perf_counter() - start)
"""
OURS = """
import json, resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
from upstream import ingestion, open_partnership
start = time.perf_counter()
partnership = open_partnership(sys.argv[3], data=sys.argv[2])
partnership.data.prepare()
taken = refused = 0
for path in sorted(Path(sys.argv[1]).glob("*.csv")):
    receipt = ingestion.load_file(partnership, "police_street", path, at=datetime.now(UTC))
    taken += receipt.rows_taken
    refused += receipt.rows_refused
seconds = time.perf_counter() - start
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": seconds, "bytes": most, "taken": taken, "refused": refused}))
"""


class BenchmarkFailed(UpstreamFailure):
    """What was to be measured did not work."""


def measure(partnership: Partnership, scratch: Path, progress: Progress) -> list[Figure]:
    """Write five million rows as monthly files, load them both ways, and give speed and memory."""
    files = scratch / "files"
    progress("writing files")
    rows = write_files(partnership, files)
    progress(f"reading {rows:,} rows with DuckDB alone")
    bare = float(run(BARE, files, scratch / "bare.parquet"))
    progress(f"loading {rows:,} rows")
    ours = json.loads(run(OURS, files, scratch / "var", partnership.folder.resolve()))
    if ours["taken"] != rows:
        raise BenchmarkFailed(f"{ours['taken']:,} of {rows:,} rows were taken.", expected="all of them")
    return [
        Figure(NAME, "rows loaded", rows, "rows"),
        Figure(NAME, "DuckDB's bare read_csv into Parquet", rows / bare, "rows a second"),
        Figure(NAME, "with validation, supersession and receipts", rows / ours["seconds"], "rows a second"),
        Figure(NAME, "share of the bare speed", bare / ours["seconds"], "", LEAST_SHARE_OF_BARE_SPEED, at_least=True),
        Figure(NAME, "most memory used", ours["bytes"] / 1024**3, "GiB", MOST_GIBIBYTES),
    ]


def run(program: str, *arguments: Path) -> str:
    """Run a program in a process of its own, so that its memory is its own, and give what it prints."""
    call = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["nothing was said"]
        raise BenchmarkFailed(f"A benchmark's process failed: {said[-1]}")
    return done.stdout


def write_files(partnership: Partnership, folder: Path) -> int:
    """Write monthly files of one force, made from the example's real rows with identifiers of their own."""
    folder.mkdir(parents=True)
    real = real_rows(partnership)
    months = [date(FIRST_YEAR + n // 12, n % 12 + 1, 1) for n in range(ROWS // ROWS_A_FILE)]
    for number, month in enumerate(months):
        frame = real.sample(ROWS_A_FILE, with_replacement=True, seed=number).with_columns(
            pl.lit(f"{month:%Y-%m}").alias("Month"),
            pl.when(pl.col("Crime ID") == "")
            .then(pl.lit(""))
            .otherwise(pl.format("{}{}", pl.lit(f"{number:04x}"), pl.int_range(pl.len()).cast(pl.String)))
            .alias("Crime ID"),
        )
        frame.write_csv(folder / f"{month:%Y-%m}-{partnership.config.force_slug}-street.csv")
    return len(months) * ROWS_A_FILE


def real_rows(partnership: Partnership) -> pl.DataFrame:
    """Read the force's own rows from the street files that come with the partnership."""
    sets = [item.files for item in partnership.config.open_data if item.feed == "police_street"]
    paths = sorted(path for pattern in sets for path in partnership.folder.glob(pattern))
    if not paths:
        raise BenchmarkFailed(
            "This partnership comes without street files.",
            expected="[[open_data]] of the feed police_street",
            do="Run the benchmark on the worked example.",
        )
    frames = [pl.read_csv(path, infer_schema=False, empty_string_is_null=False) for path in paths]
    rows = pl.concat(frames, how="diagonal")
    return rows.filter(pl.col("Reported by") == partnership.config.force_name)
