"""How fast street crime is loaded, beside DuckDB's bare reading of the same files into Parquet."""

from __future__ import annotations

from pathlib import Path

from upstream.ingestion.benchmark import load_benchmark
from upstream.partnership import Partnership
from upstream_cli.benchmarks.figure import Figure
from upstream_cli.output import Progress

NAME = "load"
SUMMARY = "loading police.uk street files, beside DuckDB's bare read_csv"
ROWS = 5_000_000
LEAST_SHARE_OF_BARE_SPEED = 0.5
MOST_GIBIBYTES = 1.5


def measure(partnership: Partnership, scratch: Path, progress: Progress) -> list[Figure]:
    """Load five million rows both ways, each in a process of its own, and give speed and memory."""
    progress(f"writing, reading barely and loading {ROWS:,} rows")
    found = load_benchmark(ROWS, scratch)
    rows = found["rows"]
    return [
        Figure(NAME, "rows loaded", rows, "rows"),
        Figure(NAME, "size of the files", found["bytes"] / 1e9, "GB"),
        Figure(NAME, "DuckDB's bare read_csv into Parquet", rows / found["bare_seconds"], "rows a second"),
        Figure(NAME, "with validation, supersession and receipts", rows / found["load_seconds"], "rows a second"),
        Figure(NAME, "share of the bare speed", found["ratio"], "", LEAST_SHARE_OF_BARE_SPEED, at_least=True),
        Figure(NAME, "most memory used", found["load_peak_mib"] / 1024, "GiB", MOST_GIBIBYTES),
    ]
