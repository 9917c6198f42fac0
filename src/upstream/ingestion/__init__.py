"""Reads files under their contracts, lands what is sound and keeps what is not, with a receipt either way."""

from upstream.ingestion.loading import (
    UnknownReceipt,
    check_file,
    load_file,
    load_open_data,
    receipts,
    withdraw,
)
from upstream.ingestion.receipt import Fault, HeldPeriod, Receipt

__all__ = [
    "Fault",
    "HeldPeriod",
    "Receipt",
    "UnknownReceipt",
    "check_file",
    "load_file",
    "load_open_data",
    "receipts",
    "withdraw",
]
