"""Who lives in an area: residents by age and ethnic group, and the households they form."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from upstream.measures.calculations.register import Counted, Cut, Tables, calculation, either

SMALL = ("lsoa21", "msoa21", "ward", "district", "csp", "upper_tier")
LEVELS = (*SMALL, "partnership")


@calculation(levels=(*LEVELS, "force"), monthly=False)
def resident_count(tables: Tables, cut: Cut) -> Counted:
    """Count residents of all ages at mid-year."""
    rows = tables("area_population")
    rows = rows.filter(rows.level == cut.level)
    return Counted(
        rows.select(area="area_code", moment="year", numerator="persons"), absent_is_zero=False, method="Estimate"
    )


def _place(tables: Tables, cut: Cut, smallest: str) -> ir.Table:
    """Say in which area of the level asked for each of the smallest areas lies."""
    place = tables("place").filter(ibis._.in_partnership)
    area = ibis.literal(cut.scope.slug) if cut.level == "partnership" else place[cut.level]
    if smallest == "district":
        return place.select(small=place.district, area=area).distinct()
    return place.select(small=place.lsoa21, area=area)


def _ages(tables: Tables, cut: Cut) -> ir.Table:
    """Take the older series by single year of age for whole districts, kept apart from the newer all-age series."""
    rows = tables("population")
    rows = rows.filter(rows.level == "district", rows.basis == "mid-year estimate", rows.sex == "all")
    rows = rows.filter(rows.age_to.notnull() | (rows.age_from > 0))
    place = _place(tables, cut, "district")
    return rows.join(place, rows.area_code == place.small).mutate(moment=rows.year)


def _within(rows: ir.Table, cut: Cut) -> ir.BooleanValue:
    return (rows.age_from >= cut.parameters["age_from"]) & (rows.age_to <= cut.parameters["age_to"])


@calculation(levels=("district", "csp", "upper_tier", "partnership"), monthly=False)
def age_group_count(tables: Tables, cut: Cut) -> Counted:
    """Count residents from parameter `age_from` to `age_to`, both inclusive."""
    rows = _ages(tables, cut)
    rows = rows.filter(_within(rows, cut))
    counted = rows.group_by(["area", "moment"]).agg(numerator=rows.persons.sum())
    return Counted(counted, absent_is_zero=False, method="Estimate")


@calculation(levels=("district", "csp", "upper_tier", "partnership"), monthly=False)
def age_group_share(tables: Tables, cut: Cut) -> Counted:
    """Count residents from `age_from` to `age_to` among residents of all ages in the same series."""
    rows = _ages(tables, cut)
    counted = rows.group_by(["area", "moment"]).agg(
        numerator=ibis.ifelse(_within(rows, cut), rows.persons, 0.0).sum(), denominator=rows.persons.sum()
    )
    return Counted(counted, divide_by="rows", absent_is_zero=False, method="Share of residents")


@calculation(levels=LEVELS, breakdowns=("ethnic_group",), monthly=False)
def ethnic_group_share(tables: Tables, cut: Cut) -> Counted:
    """Count residents of the groups named by parameter `ethnic_groups` (none: each apart) among all residents."""
    rows = tables("population")
    rows = rows.filter(rows.level == "lsoa21", rows.ethnicity_scheme == "5+1", rows.age_from == 0)
    place = _place(tables, cut, "lsoa21")
    rows = rows.join(place, rows.area_code == place.small).mutate(moment=rows.year)
    whole = rows.group_by(["area", "moment"]).agg(denominator=rows.persons.sum())
    wanted = rows.filter(either(rows.ethnic_group, cut.parameters.get("ethnic_groups", ())))
    part = wanted.group_by(["area", "moment", *cut.breakdown]).agg(numerator=wanted.persons.sum())
    return Counted(
        part.join(whole, ["area", "moment"]), divide_by="rows", absent_is_zero=False, method="Share of residents"
    )


@calculation(levels=LEVELS, breakdowns=("category",), monthly=False)
def household_share(tables: Tables, cut: Cut) -> Counted:
    """Count households of the kinds named by parameter `categories` among all households of `topic`."""
    rows = tables("household")
    rows = rows.filter(rows.level == "lsoa21", rows.topic == cut.parameters["topic"])
    place = _place(tables, cut, "lsoa21")
    rows = rows.join(place, rows.area_code == place.small).mutate(moment=rows.year)
    whole = rows.group_by(["area", "moment"]).agg(denominator=rows.households.sum())
    wanted = rows.filter(either(rows.category, cut.parameters["categories"]))
    part = wanted.group_by(["area", "moment", *cut.breakdown]).agg(numerator=wanted.households.sum())
    return Counted(
        part.join(whole, ["area", "moment"]), divide_by="rows", absent_is_zero=False, method="Share of households"
    )
