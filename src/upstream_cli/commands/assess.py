"""`upstream assess`: write the needs assessment in all its forms."""

from __future__ import annotations

import argparse
from pathlib import Path

from upstream.exceptions import ExitCode
from upstream_cli.clock import now
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

NAME = "assess"
SUMMARY = "write the Strategic Needs Assessment: HTML, PDF, Word and its figures as JSON"
DESCRIPTION = """\
Write needs-assessment.html, needs-assessment.pdf, needs-assessment.docx and figures.json into a folder. Every
figure in the documents stands in figures.json with its measure, filters, period, interval, method, build and feeds.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--to", metavar="FOLDER", type=Path, required=True, help="where to put the four files")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Prepare the data if needed, write the documents and list them."""
    from upstream import assessments, store

    partnership = chosen_partnership(arguments)
    with output.progress("Preparing") as progress:
        store.prepare(partnership, at=now(), progress=progress)
    with output.progress("Assessing") as progress:
        document = assessments.needs_assessment(partnership, at=now(), progress=progress)
        written = assessments.write(document, arguments.to, cache=partnership.data.cache, progress=progress)
    for path in written.values():
        output.line(str(path))
    output.document({"build": document.build, "files": written})
    return ExitCode.DONE
