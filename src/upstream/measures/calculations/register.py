"""What every calculation is given and gives back, and the register that finds one by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import ibis
import ibis.expr.types as ir

from upstream.exceptions import MeasureCannotBeCutThatWay


@dataclass(frozen=True)
class Scope:
    """Which partnership is meant: what calculations need to know of it, and no more."""

    slug: str
    name: str
    force_name: str
    force_code: str
    force_slug: str
    region: str
    neighbour_forces: tuple[str, ...] = ()
    similar_districts: tuple[str, ...] = ()


class Tables(Protocol):
    """Gives the tables of a build by name."""

    def __call__(self, name: str) -> ir.Table:
        """Find one table of the build."""
        ...


@dataclass(frozen=True)
class Cut:
    """How rows are to be counted: for which area level, which breakdowns, and the definition's parameters."""

    level: str
    breakdown: tuple[str, ...]
    parameters: Mapping[str, Any]
    scope: Scope


@dataclass(frozen=True)
class Counted:
    """Rows counted, before periods, gaps, denominators and intervals.

    `rows` has columns `area` (a code, or a name when `area_is` is name), `moment` (first day of the month, or the
    year or last day as published), one column a breakdown, `numerator`, and as far as they apply `denominator`,
    `value` (a score that is not a division), `withheld` (rows that the publisher held back) and `open` (cases that
    may still change). `held_by` names the table and supplier whose coverage says which months are known; it is
    empty where a row that is absent is simply not published. `divide_by` is rows, population or nothing.
    """

    rows: ir.Table
    divide_by: str = "nothing"
    held_by: tuple[str, str] | None = None
    area_is: str = "code"
    absent_is_zero: bool = True
    method: str = ""
    notes: tuple[str, ...] = field(default=())


Calculate = Callable[[Tables, Cut], Counted]


@dataclass(frozen=True)
class Calculation:
    """One way to count, with the levels and breakdowns that its tables carry."""

    name: str
    calculate: Calculate
    levels: tuple[str, ...]
    breakdowns: tuple[str, ...]
    monthly: bool


CALCULATIONS: dict[str, Calculation] = {}


def calculation(
    *, levels: tuple[str, ...], breakdowns: tuple[str, ...] = (), monthly: bool
) -> Callable[[Calculate], Calculate]:
    """Register a function under its own name, so that definitions can call it."""

    def register(function: Calculate) -> Calculate:
        name = getattr(function, "__name__", "")
        CALCULATIONS[name] = Calculation(name, function, levels, breakdowns, monthly)
        return function

    return register


def either(column: ir.Value, values: tuple[str, ...] | list[str]) -> ir.BooleanValue:
    """Whether `column` is one of `values`; no values at all means any."""
    if not values:
        return ibis.literal(True)
    return column.isin(list(values))


def group_by(rows: ir.Table, keys: list[str], **sums: ir.Value) -> ir.Table:
    """Add up `sums` for each of `keys`."""
    return rows.group_by(keys).agg(**sums)


def refuse_level(cut: Cut, carried: str) -> MeasureCannotBeCutThatWay:
    """Say that the feed does not carry the level asked for."""
    return MeasureCannotBeCutThatWay(f"The feed has no {cut.level}.", expected=f"It carries {carried}.")
