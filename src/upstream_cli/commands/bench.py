"""`upstream bench`: measure speed, as ratios and against targets, in one run."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from upstream.exceptions import ExitCode
from upstream.partnership import Partnership
from upstream_cli.clock import today
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

if TYPE_CHECKING:
    from upstream_cli.benchmarks.figure import Figure

NAME = "bench"
SUMMARY = "performance figures, against their targets, in one run"
DESCRIPTION = """\
Measure loading, building, measures, the assessment, pages and the audit trail on this machine. Answers 1 when a
target is missed.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    choices = "load, build, measures, assessment, pages, audit or lists"
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"{choices}; leave out for all")
    parser.add_argument("--write", metavar="FILE", type=Path, help="write the figures as a page of the manual too")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Run the benchmarks asked for and print their figures."""
    from upstream_cli.benchmarks import report

    partnership = chosen_partnership(arguments)
    figures = [figure for name in chosen(arguments.names) for figure in run(name, partnership, output)]
    rows = [(f.benchmark, f.what, report.shown(f), f.target, report.verdict(f)) for f in figures]
    output.table(("benchmark", "what", "measured", "target", ""), rows, right=("measured",))
    output.document([{**vars(f), "target": f.target, "met": f.is_met} for f in figures])
    if arguments.write:
        arguments.write.write_text(report.page(figures, on=today()), encoding="utf-8")
    return ExitCode.FAILED if any(f.is_met is False for f in figures) else ExitCode.DONE


def chosen(names: list[str]) -> list[str]:
    """Give the benchmarks asked for, all when none is named."""
    from upstream.exceptions import WrongUse
    from upstream_cli.benchmarks import BENCHMARKS

    for name in names:
        if name not in BENCHMARKS:
            raise WrongUse(f"There is no benchmark called {name}.", expected=f"one of {', '.join(BENCHMARKS)}")
    return names or list(BENCHMARKS)


def run(name: str, partnership: Partnership, output: Output) -> list[Figure]:
    """Run one benchmark in a scratch folder that is removed afterwards."""
    from upstream_cli.benchmarks import BENCHMARKS

    with tempfile.TemporaryDirectory(prefix="upstream-bench-") as scratch, output.progress(name) as progress:
        return list(BENCHMARKS[name].measure(partnership, Path(scratch), progress))
