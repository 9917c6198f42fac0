"""`upstream withdraw`: take a load back out."""

from __future__ import annotations

import argparse

from upstream.exceptions import ExitCode
from upstream_cli.clock import now
from upstream_cli.output import Output
from upstream_cli.partnership import chosen_partnership

NAME = "withdraw"
SUMMARY = "take the rows of one load back out"
DESCRIPTION = """\
Take the rows of one receipt out of the data, with the reason kept on the receipt. The next build lacks them.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("receipt", metavar="RECEIPT", help="the receipt, as `upstream feeds FEED` lists it")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why; kept with the receipt")


def execute(arguments: argparse.Namespace, output: Output) -> ExitCode:
    """Withdraw the receipt and say so."""
    from upstream import ingestion

    ingestion.withdraw(chosen_partnership(arguments), arguments.receipt, at=now(), reason=arguments.reason)
    output.line(f"{arguments.receipt} is withdrawn. Run `upstream build` to make figures without it.")
    output.document({"receipt": arguments.receipt, "outcome": "withdrawn"})
    return ExitCode.DONE
