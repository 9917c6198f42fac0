"""Reads files under their contracts, lands what is sound and keeps what is not, with a receipt either way."""

from typing import TYPE_CHECKING

from upstream.ingestion.receipt import Fault, HeldPeriod, Receipt

if TYPE_CHECKING:
    from upstream.ingestion.loading import (
        UnknownReceipt,
        check_file,
        load_file,
        load_open_data,
        receipts,
        withdraw,
    )

_LATER = ("UnknownReceipt", "check_file", "load_file", "load_open_data", "receipts", "withdraw")


def __getattr__(name: str) -> object:
    # A build names its receipts; whoever reads one should not have to wait for all that loading a file needs.
    if name in _LATER:
        from upstream.ingestion import loading

        return getattr(loading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


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
