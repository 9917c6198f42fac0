"""Stops and searches: by the year as the Race Disparity Unit publishes them, and one by one from a force’s own file.

Self-defined and officer-defined ethnicity are different facts; no calculation puts one in the place of the other.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from upstream.measures.calculations.register import Counted, Cut, Tables, calculation

FIVE_GROUPS = "ONS 2001 5+1"


@calculation(levels=("force",), breakdowns=("ethnic_group",), monthly=False)
def search_year_rate(tables: Tables, cut: Cut) -> Counted:
    """Count searches in a financial year, to be divided by the residents of the same group at the census of 2011."""
    rows = _year_rows(tables, "ethnic_group" in cut.breakdown)
    chosen = rows.select(
        *("area", "moment", *cut.breakdown),
        numerator=rows.searches.cast("float64"),
        denominator=rows.population.cast("float64"),
        withheld=ibis.ifelse(rows.searches.isnull(), 1, 0),
    )
    return Counted(chosen, divide_by="rows", area_is="name", absent_is_zero=False, method="Crude rate")


def _year_rows(tables: Tables, by_group: bool) -> ir.Table:
    rows = tables("stop_search_year")
    scheme = FIVE_GROUPS if by_group else "All"
    rows = rows.filter(rows.ethnicity_scheme == scheme, rows.ethnic_group != "Unreported")
    return rows.mutate(area=rows.force, moment=rows.year_ending)


@calculation(levels=("force",), breakdowns=("ethnic_group",), monthly=False)
def search_year_ratio(tables: Tables, cut: Cut) -> Counted:
    """Compare the rate of a group with that of White people: numerator and denominator of both go along.

    Without the breakdown the group is the one that parameter `group` names.
    """
    rows = _year_rows(tables, by_group=True).filter(ibis._.searches.notnull(), ibis._.population > 0)
    base = rows.filter(rows.ethnic_group == "White")
    base = base.select("area", "moment", base_count=base.searches, base_persons=base.population)
    group = rows.filter(rows.ethnic_group != "White")
    if "ethnic_group" not in cut.breakdown:
        group = group.filter(group.ethnic_group == cut.parameters["group"])
    both = group.join(base, ["area", "moment"])
    chosen = both.select(
        *("area", "moment", *cut.breakdown),
        numerator=both.searches.cast("float64"),
        persons=both.population.cast("float64"),
        base_count=both.base_count.cast("float64"),
        base_persons=both.base_persons.cast("float64"),
        denominator=(both.base_count / both.base_persons * both.population).cast("float64"),
    )
    return Counted(chosen, divide_by="rows", area_is="name", absent_is_zero=False, method="Ratio of two crude rates")


@calculation(levels=("force",), monthly=False)
def search_year_unreported_share(tables: Tables, cut: Cut) -> Counted:
    """Count searches in which the person's ethnic group was not reported, among all searches of the year."""
    rows = tables("stop_search_year")
    rows = rows.mutate(area=rows.force, moment=rows.year_ending, n=rows.searches.cast("float64"))
    missing = rows.filter(rows.ethnicity_scheme == FIVE_GROUPS, rows.ethnic_group == "Unreported")
    whole = rows.filter(rows.ethnicity_scheme == "All")
    both = missing.select("area", "moment", numerator="n").join(
        whole.select("area", "moment", denominator="n"), ["area", "moment"]
    )
    return Counted(both, divide_by="rows", area_is="name", absent_is_zero=False, method="Share of searches")


def _own(tables: Tables, cut: Cut) -> ir.Table:
    """Take the searches of the partnership's own force."""
    rows = tables("stop_search")
    rows = rows.filter(rows.force == cut.scope.force_slug)
    code = cut.scope.slug if cut.level == "partnership" else cut.scope.force_code
    return rows.mutate(area=ibis.literal(code), moment=rows.month)


RECORD_BREAKDOWNS = (
    "search_type",
    "gender",
    "age_range",
    "self_defined_ethnicity",
    "officer_defined_ethnicity",
    "legislation",
    "object_of_search",
    "outcome",
)


def _held(cut: Cut) -> tuple[str, str]:
    return ("stop_search", cut.scope.force_slug)


@calculation(levels=("force", "partnership"), breakdowns=RECORD_BREAKDOWNS, monthly=True)
def search_count(tables: Tables, cut: Cut) -> Counted:
    """Count searches of people and vehicles."""
    rows = _own(tables, cut)
    counted = rows.group_by(["area", "moment", *cut.breakdown]).agg(numerator=rows.count().cast("float64"))
    return Counted(counted, held_by=_held(cut), method="Count")


@calculation(levels=("force", "partnership"), breakdowns=RECORD_BREAKDOWNS, monthly=True)
def search_share(tables: Tables, cut: Cut) -> Counted:
    """Count searches whose `column` holds one of `values` among those in which it is filled in.

    With `empty_counts` a search whose column is empty counts among all, and among those wanted.
    """
    rows = _own(tables, cut)
    column = rows[cut.parameters["column"]]
    wanted = column.isin(list(cut.parameters["values"])).fill_null(False)
    if cut.parameters.get("empty_counts", False):
        wanted = wanted | column.isnull()
    else:
        rows = rows.filter(column.notnull())
    if cut.parameters.get("people_only", False):
        rows = rows.filter(rows.search_type != "Vehicle search")
    counted = rows.group_by(["area", "moment", *cut.breakdown]).agg(
        numerator=ibis.ifelse(wanted, 1.0, 0.0).sum(), denominator=rows.count().cast("float64")
    )
    return Counted(counted, divide_by="rows", held_by=_held(cut), method="Share of searches")
