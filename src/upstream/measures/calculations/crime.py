"""Police recorded crime at street level, from the months that the build has already placed and counted."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from upstream.measures.calculations.outcomes import GROUPS
from upstream.measures.calculations.register import Counted, Cut, Tables, calculation, either, group_by

WHOLE = ("partnership", "force")
SMALL = ("lsoa21", "msoa21", "ward", "district", "csp", "upper_tier")
BREAKDOWNS = ("crime_type", "last_outcome")


def _select(tables: Tables, cut: Cut) -> ir.Table:
    """Take the own force's rows of the crime types asked for. Other forces' rows in the area are not counted."""
    rows = tables("crime_month")
    types = cut.parameters.get("crime_types", ())
    left_out = cut.parameters.get("crime_types_left_out", ())
    rows = rows.filter(rows.reported_by == cut.scope.force_name, either(rows.crime_type, types))
    return rows.filter(~rows.crime_type.isin(list(left_out))) if left_out else rows


def _by_area(tables: Tables, rows: ir.Table, cut: Cut) -> ir.Table:
    """Add the column `area`. The whole takes every row of the force, with a place or not; a small area its own."""
    if cut.level == "partnership":
        return rows.mutate(area=ibis.literal(cut.scope.slug))
    if cut.level == "force":
        return rows.mutate(area=ibis.literal(cut.scope.force_code))
    inside = rows.filter(rows.placed == "inside", rows.in_partnership)
    if cut.level in ("lsoa21", "district"):
        return inside.mutate(area=inside[cut.level])
    place = tables("place").select("lsoa21", area=cut.level)
    return inside.join(place, "lsoa21")


def _count(rows: ir.Table, cut: Cut, **sums: ir.Value) -> ir.Table:
    rows = rows.mutate(moment=rows.month)
    return group_by(rows, ["area", "moment", *cut.breakdown], **sums)


def _held(cut: Cut) -> tuple[str, str]:
    return ("street_crime", cut.scope.force_name)


@calculation(levels=WHOLE + SMALL, breakdowns=BREAKDOWNS, monthly=True)
def crime_count(tables: Tables, cut: Cut) -> Counted:
    """Count crimes in the month in which they were recorded."""
    rows = _by_area(tables, _select(tables, cut), cut)
    return Counted(_count(rows, cut, numerator=rows.offences.sum()), held_by=_held(cut), method="Count")


@calculation(levels=WHOLE + SMALL, breakdowns=BREAKDOWNS, monthly=True)
def crime_rate(tables: Tables, cut: Cut) -> Counted:
    """Count crimes, to be divided by all residents."""
    rows = _by_area(tables, _select(tables, cut), cut)
    counted = _count(rows, cut, numerator=rows.offences.sum())
    return Counted(counted, divide_by="population", held_by=_held(cut), method="Crude rate")


@calculation(levels=WHOLE + SMALL, breakdowns=("crime_type",), monthly=True)
def outcome_share(tables: Tables, cut: Cut) -> Counted:
    """Count crimes whose last outcome is of one group among those that have one.

    Parameter `outcome` names the group of `outcomes.GROUPS`; `among` is closed (the open ones left out) or all.
    """
    rows = _by_area(tables, _select(tables, cut), cut)
    rows = rows.filter(rows.last_outcome.notnull())
    still_open = rows.last_outcome.isin(list(GROUPS["open"]))
    among = rows.filter(~still_open) if cut.parameters["among"] == "closed" else rows
    wanted = among.last_outcome.isin(list(GROUPS[cut.parameters["outcome"]]))
    counted = _count(
        among, cut, numerator=ibis.ifelse(wanted, among.offences, 0.0).sum(), denominator=among.offences.sum()
    )
    return Counted(counted, divide_by="rows", held_by=_held(cut), method="Share of crimes")


@calculation(levels=WHOLE, breakdowns=("crime_type",), monthly=True)
def crime_placed_share(tables: Tables, cut: Cut) -> Counted:
    """Count crimes that were placed in the way that parameter `placed` says (no place, or outside), among all."""
    rows = _by_area(tables, _select(tables, cut), cut)
    wanted = rows.placed == cut.parameters["placed"]
    counted = _count(
        rows, cut, numerator=ibis.ifelse(wanted, rows.offences, 0.0).sum(), denominator=rows.offences.sum()
    )
    return Counted(counted, divide_by="rows", held_by=_held(cut), method="Share of crimes")
