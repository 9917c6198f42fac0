"""How receipts are printed; shared by every command that takes files in."""

from __future__ import annotations

from collections.abc import Sequence

from upstream.exceptions import ExitCode
from upstream.ingestion import Receipt
from upstream_cli.output import Output

FAULTS_SHOWN = 20
COLUMNS = ("receipt", "file", "outcome", "taken", "refused", "periods")


def print_receipts(receipts: Sequence[Receipt], output: Output) -> ExitCode:
    """Print one line a file, then its faults and warnings; answer 3 when anything was refused."""
    output.table(COLUMNS, [summary(receipt) for receipt in receipts], right=("taken", "refused"))
    for receipt in receipts:
        print_faults(receipt, output)
    output.document(list(receipts))
    refused = any(receipt.rows_refused or receipt.outcome == "refused" for receipt in receipts)
    return ExitCode.INPUT_REFUSED if refused else ExitCode.DONE


def summary(receipt: Receipt) -> tuple[str, ...]:
    """Give a receipt's line of the table."""
    return (
        receipt.id,
        receipt.file_name,
        receipt.outcome,
        f"{receipt.rows_taken:,}",
        f"{receipt.rows_refused:,}",
        spans(receipt),
    )


def spans(receipt: Receipt) -> str:
    """Write the first and last day that a receipt covers; nothing for a feed without periods."""
    if receipt.first_period is None or receipt.last_period is None:
        return ""
    return f"{receipt.first_period} to {receipt.last_period}"


def print_faults(receipt: Receipt, output: Output) -> None:
    """Print the first faults of a file, how many more there are, and where the refused rows lie."""
    for warning in receipt.warnings:
        output.line(f"{receipt.file_name}: warning: {warning}")
    for fault in receipt.faults[:FAULTS_SHOWN]:
        output.line(f"{receipt.file_name}: {fault}")
    more = sum(receipt.fault_counts.values()) - len(receipt.faults[:FAULTS_SHOWN])
    if more > 0:
        output.line(f"{receipt.file_name}: and {more:,} more.")
    if receipt.rejected_file:
        output.line(f"{receipt.file_name}: refused rows are kept in {receipt.rejected_file}")
