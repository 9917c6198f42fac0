"""Measures loading against DuckDB’s bare reader on the same files: the ratio is what counts, not the seconds.

Each side runs in a process of its own, so that its peak memory can be told.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from upstream.partnership import open_partnership

FILES = 10
KIB = 1024


def load_benchmark(rows: int = 5_000_000, folder: Path | None = None) -> dict[str, float]:
    """Load `rows` rows made from the worked example’s own street files, and read the same files barely.

    `folder` (default: a new folder under the system’s temporary one) takes about 250 bytes a row three times over.
    Returns rows, seconds and peak MiB of both sides, and `ratio`, the speed of loading over that of bare reading.
    """
    import tempfile

    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        work = Path(temporary)
        files = make_street_files(rows, work / "files")
        bare = _measure("bare", files, work / "bare")
        loaded = _measure("load", files, work / "data")
    return {
        "rows": float(rows),
        "bytes": float(bare["bytes"]),
        "bare_seconds": bare["seconds"],
        "bare_peak_mib": bare["peak_mib"],
        "load_seconds": loaded["seconds"],
        "load_peak_mib": loaded["peak_mib"],
        "ratio": bare["seconds"] / loaded["seconds"],
    }


def make_street_files(rows: int, folder: Path) -> list[Path]:
    """Write `rows` rows in the form of street files, a month a file, by repeating the worked example’s rows.

    Identifiers are made anew, so that no row repeats another’s.
    """
    folder.mkdir(parents=True, exist_ok=True)
    example = open_partnership().folder / "open_data" / "police_street"
    sources = [str(path) for path in sorted(example.glob("2025-*.csv.gz"))]
    paths = []
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        engine.execute("CREATE TABLE row AS SELECT * FROM read_csv($files, all_varchar = true)", {"files": sources})
        held = engine.execute("SELECT count(*) FROM row").fetchall()[0][0]
        for number in range(FILES):
            month = f"{2015 + number // 12}-{number % 12 + 1:02}"
            path = folder / f"{month}-staffordshire-street.csv"
            share = rows // FILES + (rows % FILES if number == 0 else 0)
            engine.execute(
                """
                COPY (
                    SELECT row.* REPLACE (
                        CASE WHEN "Crime ID" IS NOT NULL THEN sha256("Crime ID" || copy || $month) END AS "Crime ID",
                        $month AS "Month"
                    )
                    FROM range($copies) r(copy), row LIMIT $share
                ) TO $path (FORMAT csv, HEADER)
                """,
                {"month": month, "copies": share // held + 1, "share": share, "path": str(path)},
            )
            paths.append(path)
    return paths


def _measure(side: str, files: list[Path], work: Path) -> dict[str, float]:
    """Run one side in a process of its own."""
    work.mkdir(parents=True, exist_ok=True)
    partnership = str(open_partnership().folder.resolve())
    command = [sys.executable, "-m", "upstream.ingestion.benchmark", side, partnership, str(work), *map(str, files)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    shutil.rmtree(work)
    measured: dict[str, float] = json.loads(answer.stdout)
    return measured


def _read_barely(files: list[Path], work: Path) -> None:
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        for number, path in enumerate(files):
            engine.read_csv(str(path)).write_parquet(str(work / f"{number}.parquet"), compression="zstd")


def _load(partnership: str, files: list[Path], work: Path) -> None:
    from upstream.ingestion import load_file

    opened = open_partnership(partnership, data=work)
    for path in files:
        receipt = load_file(opened, "police_street", path, at=datetime.now(UTC))
        if receipt.outcome != "landed" or receipt.rows_refused:
            raise SystemExit(f"{path.name} was not loaded whole: {receipt.faults[:3]}")


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _peak_kib() -> float:
    """Peak memory of this process. Linux counts it anew after a program is started; `getrusage` does not."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return float(line.split()[1])
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def main(side: str, partnership: str, work: str, *files: str) -> None:
    """Run one side and print what it took, as JSON."""
    paths = [Path(file) for file in files]
    if side == "bare":
        seconds = _timed(lambda: _read_barely(paths, Path(work)))
    else:
        seconds = _timed(lambda: _load(partnership, paths, Path(work)))
    peak = _peak_kib() / KIB
    size = sum(path.stat().st_size for path in paths)
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_mib": peak, "bytes": float(size)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
