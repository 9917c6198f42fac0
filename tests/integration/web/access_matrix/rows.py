"""What a row of the access matrix is, the groups of people that rows name, and where all rows are collected.

Each app keeps its rows in a file of its own beside this one, as a dictionary `ROWS` from the name of an address to
its row:

    ROWS = {
        "risk-list": Row(but("outsider", "panel")),
        "risk": Row(only("manager", "board"), {"risk_id": 1}),
        "risk-escalate": posted(only("manager"), {"risk_id": 1}),
    }

The keys in `parts` need not exist: an answer of 404 shows that the person came through the guard. A list of people is
written down by hand, never worked out from the roles, or the matrix would agree with any mistake in them.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROLES = (
    "analyst",
    "steward",
    "navigator",
    "service_manager",
    "manager",
    "lead",
    "board",
    "panel",
    "administrator",
)
OUTSIDER = "outsider"  # signs in, but was given no access
CAST = (*ROLES, OUTSIDER)
SIGNED_OUT = "signed out"

EVERYONE = frozenset({*CAST, SIGNED_OUT})
SIGNED_IN = frozenset(CAST)
STAFF = frozenset(ROLES)
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """One address: who may come through its guard, what its parts stand for, and how it is asked."""

    may: frozenset[str]
    parts: dict[str, Any] = field(default_factory=dict)
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)


def only(*who: str) -> frozenset[str]:
    """Name the people who may; raises ValueError for somebody who is not in the cast."""
    if strangers := set(who) - EVERYONE:
        raise ValueError(f"{sorted(strangers)} are not in the cast: {sorted(EVERYONE)}")
    return frozenset(who)


def but(*who: str) -> frozenset[str]:
    """Name the people with a role who may not; all the others with a role may."""
    return STAFF - only(*who)


def posted(may: frozenset[str], parts: dict[str, Any] | None = None, data: dict[str, Any] | None = None) -> Row:
    """Write a row for an address that answers nothing but a form that was sent; `data` is what the form holds."""
    return Row(may, parts or {}, "post", data or {})


def all_rows() -> dict[str, Row]:
    """Collect the rows of every app; raises ValueError when two files have a row for one address."""
    found: dict[str, Row] = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem != "rows":
            rows = importlib.import_module(f"integration.web.access_matrix.{path.stem}").ROWS
            if twice := found.keys() & rows.keys():
                raise ValueError(f"{path.name}: {sorted(twice)} have rows elsewhere too")
            found |= rows
    return found
