"""The reference manual, written from what the software itself declares; `make docs` writes it again."""

from __future__ import annotations

from collections.abc import Callable

from upstream.partnership import Partnership
from upstream_cli.reference import clocks, command, measures, settings, sources, tables

PAGES: dict[str, Callable[[Partnership], str]] = {
    "clocks.md": clocks.page,
    "command.md": command.page,
    "measures.md": measures.page,
    "settings.md": settings.page,
    "sources.md": sources.page,
    "tables.md": tables.page,
}


def write_pages(partnership: Partnership) -> dict[str, str]:
    """Give every page of the manual by its file name; `partnership` adds its own feeds and measures, if any."""
    return {name: page(partnership) for name, page in PAGES.items()}
