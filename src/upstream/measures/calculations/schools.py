"""Exclusions from school, by the authority that is answerable for the school."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from upstream.measures.calculations.register import Counted, Cut, Tables, calculation, either

LEVELS = ("upper_tier", "region", "country")


def _select(tables: Tables, cut: Cut) -> ir.Table:
    rows = tables("exclusion")
    kinds = cut.parameters.get("kinds", ())
    rows = rows.filter(rows.school_type == cut.parameters.get("school_type", "Total"), either(rows.kind, kinds))
    return rows.mutate(area=rows.authority, moment=rows.school_year)


def _add_up(rows: ir.Table, cut: Cut) -> ir.Table:
    """Add up, keeping count of the numbers that were withheld or do not apply: a sum with one of those is unknown."""
    counted = rows.group_by(["area", "moment", *cut.breakdown]).agg(
        numerator=rows.exclusions.sum().cast("float64"),
        denominator=rows.headcount.max().cast("float64"),
        withheld=ibis.ifelse(rows.exclusions.isnull(), 1, 0).sum(),
    )
    return counted


@calculation(levels=LEVELS, breakdowns=("kind",), monthly=False)
def exclusion_rate(tables: Tables, cut: Cut) -> Counted:
    """Count exclusions of all reasons, to be divided by the pupils on roll that the same file gives."""
    rows = _select(tables, cut)
    rows = rows.filter(rows.reason == "all", rows.headcount.notnull())
    return Counted(
        _add_up(rows, cut),
        divide_by="rows",
        area_is="name",
        absent_is_zero=False,
        method="Exclusions per pupil on roll",
    )


@calculation(levels=LEVELS, breakdowns=("reason", "kind"), monthly=False)
def exclusion_count(tables: Tables, cut: Cut) -> Counted:
    """Count exclusions for the reasons named by parameter `reasons`; none named means all together, as published."""
    rows = _select(tables, cut)
    reasons = cut.parameters.get("reasons", ())
    together = not reasons and "reason" not in cut.breakdown
    rows = rows.filter(rows.reason == "all" if together else (rows.reason != "all") & either(rows.reason, reasons))
    counted = _add_up(rows, cut).drop("denominator")
    return Counted(counted, area_is="name", absent_is_zero=False, method="Count")
