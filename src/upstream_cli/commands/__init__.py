"""One module a command; `COMMANDS` lists them in the order in which help shows them."""

from __future__ import annotations

from types import ModuleType

from upstream_cli.commands import (
    assess,
    audit,
    backup,
    bench,
    build,
    check,
    clocks,
    feeds,
    fetch,
    load,
    measures,
    new,
    restore,
    run,
    users,
    withdraw,
    work,
)

COMMANDS: tuple[ModuleType, ...] = (
    run,
    new,
    feeds,
    fetch,
    check,
    load,
    withdraw,
    build,
    measures,
    assess,
    clocks,
    users,
    audit,
    backup,
    restore,
    work,
    bench,
)
