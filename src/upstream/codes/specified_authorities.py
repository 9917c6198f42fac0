"""Bodies of the Serious Violence Duty: those that must act, and those that must be consulted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from upstream.codes.reading import UnknownCode, read_toml


@dataclass(frozen=True)
class Authority:
    """One kind of body; `kind` is specified (has the duty) or relevant (must be consulted)."""

    code: str
    name: str
    who: str
    kind: str
    law: str


@cache
def authorities() -> tuple[Authority, ...]:
    """List every kind of body that the duty names."""
    return tuple(Authority(**item) for item in read_toml("specified_authorities.toml")["authority"])


def specified_authorities() -> tuple[Authority, ...]:
    """List the kinds of body that have the duty."""
    return tuple(item for item in authorities() if item.kind == "specified")


def relevant_authorities() -> tuple[Authority, ...]:
    """List the kinds of body that must be consulted and may be asked to take part."""
    return tuple(item for item in authorities() if item.kind == "relevant")


def authority(code: str) -> Authority:
    """Find a kind of body by its code; raises `UnknownCode`."""
    for item in authorities():
        if item.code == code:
            return item
    raise UnknownCode(
        f"“{code}” is not a kind of authority.", expected="one of " + ", ".join(item.code for item in authorities())
    )
