"""`upstream audit`: prove that the audit trail is whole, keep a copy elsewhere, erase what is due."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from upstream.exceptions import ExitCode, WrongUse
from upstream_cli.clock import now
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership
from upstream_cli.records import open_records

NAME = "audit"
SUMMARY = "prove that the audit trail is whole; export it; erase what is due"
DESCRIPTION = """\
`verify` checks every line of the trail, its place and its end, and answers 1 when anything was changed, removed or
put out of order. With --against FILE it also proves that the trail still holds what was exported.

`export` writes the trail to a file, one JSON object a line below its sealed head. With --head-only it writes the head
alone, which is enough to prove later that nothing before it was touched. Keep the file where nobody who runs the
site can change it.

`erase` removes lines whose time is up, from the beginning; the rest still proves whole, and says what was erased.

  upstream audit verify
  upstream audit export --to trail.jsonl
  upstream audit verify --against trail.jsonl
  upstream audit erase --before 2020-04-01 --reason "Retention schedule, item 12"
"""
ACTS = ("verify", "export", "erase")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("act", metavar="ACT", choices=ACTS, help="verify, export or erase")
    parser.add_argument("--against", metavar="FILE", type=Path, help="verify: an export that the trail must agree with")
    parser.add_argument("--to", metavar="FILE", type=Path, help="export: the file to write; never an existing one")
    parser.add_argument("--head-only", action="store_true", help="export: write the sealed head and no lines")
    parser.add_argument("--before", metavar="DATE", help="erase: the day from which lines are kept, as 2020-04-01")
    parser.add_argument("--reason", metavar="TEXT", help="erase: why, such as the rule of retention")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Do what was asked for on the records of the partnership."""
    open_records(chosen_partnership(arguments))
    acts = {"verify": verify, "export": export, "erase": erase}
    return acts[arguments.act](arguments, output)


def verify(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Prove that the trail is whole, and that it agrees with an export where one is named."""
    from upstream_web.audit import checkpoint, verification

    file = arguments.against
    if file is not None and not file.is_file():
        raise WrongUse(f"There is no file {file}.", do="Name an export that `upstream audit export` wrote.")
    with output.progress("Verifying") as progress:
        verdict = verification.verify(progress)
    compared = None
    with file.open(encoding="utf-8") if file else nullcontext() as stream:
        if stream is not None:
            with output.progress("Comparing") as progress:
                compared = checkpoint.compare(stream, progress)
    faults = [*verdict.faults, *(compared.faults if compared else ())]
    for fault in faults:
        output.line(fault.words)
    output.line(verdict.sentence)
    if compared:
        agrees = f"holds all that was exported up to line {compared.number:,}"
        output.line(f"It {agrees if not compared.fault_count else 'does not agree with the export'}.")
    whole = verdict.is_whole and not (compared and compared.fault_count)
    output.document(as_document(verdict, compared, whole=whole))
    return ExitCode.DONE if whole else ExitCode.FAILED


def as_document(verdict: Any, compared: Any, *, whole: bool) -> dict[str, Any]:
    """Give the answer for a program."""
    faults = [*verdict.faults, *(compared.faults if compared else ())]
    return {
        "whole": whole,
        "lines": verdict.lines,
        "first": verdict.first,
        "last": verdict.last,
        "erased_to": verdict.erased_to,
        "compared_to": compared.number if compared else None,
        "fault_count": verdict.fault_count + (compared.fault_count if compared else 0),
        "faults": [{"wrong": f.wrong, "first": f.first, "last": f.last, "words": f.words} for f in faults],
    }


def export(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Write the trail to a file that must not exist, and say so in the trail."""
    from upstream_web.audit.operations import exporting

    if arguments.to is None:
        raise WrongUse("No file was named.", expected="upstream audit export --to FILE")
    if arguments.to.exists():
        raise WrongUse(f"{arguments.to} exists already.", do="Choose another name; an export is never overwritten.")
    with output.progress("Exporting") as progress:
        made = exporting.export_to(
            path=arguments.to, head_only=arguments.head_only, by=command_line_name(), at=now(), progress=progress
        )
    output.line(f"Wrote {arguments.to}: {made.lines:,} lines; the trail stands at line {made.number:,}.")
    output.line(f"Its hash is {made.hash}")
    output.document(made)
    return ExitCode.DONE


def erase(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Erase the lines that are older than a day."""
    from django.utils import timezone

    from upstream_web.audit.operations import erasure

    given = arguments.before or "No day"
    try:
        day = date.fromisoformat(given)
    except ValueError as failure:
        raise WrongUse(f"{given} was given.", expected="--before with a day, such as 2020-04-01") from failure
    before = timezone.make_aware(datetime.combine(day, time.min))
    count = erasure.erase(before=before, reason=arguments.reason or "", by=command_line_name(), at=now())
    output.line(f"Erased {count:,} lines; the rest of the trail is kept.")
    output.document({"erased": count})
    return ExitCode.DONE


def command_line_name() -> str:
    """Name whoever runs the command, as the trail has them."""
    import getpass

    return f"command line ({getpass.getuser()})"
