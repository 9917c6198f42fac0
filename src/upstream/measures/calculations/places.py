"""Deprivation of places: the national index, its domains and the indicators beneath."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from upstream.measures.calculations.register import Counted, Cut, Tables, calculation

PARENTS = ("msoa21", "ward", "district", "csp", "upper_tier", "partnership")
BASE = {2019: "lsoa11", 2025: "lsoa21"}


def _select(tables: Tables, cut: Cut, level: str) -> ir.Table:
    """Take one domain of one edition; several domains come apart under the breakdown `domain`."""
    rows = tables("deprivation")
    rows = rows.filter(rows.edition == cut.parameters["edition"], rows.level == level)
    if "domain" not in cut.breakdown:
        rows = rows.filter(rows.domain == cut.parameters["domain"])
    return rows.mutate(area=rows.area_code, moment=rows.edition)


@calculation(levels=("lsoa21", "district"), breakdowns=("domain",), monthly=False)
def deprivation_score(tables: Tables, cut: Cut) -> Counted:
    """Give the published score of each area."""
    rows = _select(tables, cut, cut.level)
    chosen = rows.select("area", "moment", *cut.breakdown, value=rows.score.cast("float64"))
    return Counted(chosen, absent_is_zero=False, method="Score as published")


@calculation(levels=("lsoa21",), breakdowns=("domain",), monthly=False)
def deprivation_decile(tables: Tables, cut: Cut) -> Counted:
    """Give the national tenth of each area, 1 being the most deprived."""
    rows = _select(tables, cut, cut.level)
    chosen = rows.select("area", "moment", *cut.breakdown, value=rows.decile.cast("float64"))
    return Counted(chosen, absent_is_zero=False, method="National tenth as published")


@calculation(levels=PARENTS, breakdowns=("domain",), monthly=False)
def most_deprived_share(tables: Tables, cut: Cut) -> Counted:
    """Count the small areas that are among the most deprived tenth of England, among all small areas.

    The 2019 edition speaks of the small areas of 2011; each is put where its 2021 successor lies, and one that was
    split counts once where all its parts lie together.
    """
    edition = cut.parameters["edition"]
    rows = _select(tables, cut, BASE[edition]).drop("area")
    place = _place_of(tables, cut, edition)
    rows = rows.join(place, rows.area_code == place.small)
    worst = rows.decile == 1
    counted = rows.group_by(["area", "moment", *cut.breakdown]).agg(
        numerator=ibis.ifelse(worst, 1.0, 0.0).sum(), denominator=rows.count().cast("float64")
    )
    return Counted(counted, divide_by="rows", absent_is_zero=False, method="Share of small areas")


def _place_of(tables: Tables, cut: Cut, edition: int) -> ir.Table:
    """Say in which area of the level each small area of the edition's census lies."""
    place = tables("place").filter(ibis._.in_partnership)
    area = ibis.literal(cut.scope.slug) if cut.level == "partnership" else place[cut.level]
    place = place.select(small=place.lsoa21, area=area)
    if BASE[edition] == "lsoa21":
        return place
    change = tables("area_change").select(was="from_code", small="to_code")
    joined = change.join(place, "small")
    return joined.group_by(small=joined.was).agg(area=joined.area.min())


@calculation(levels=("lsoa21",), monthly=False)
def deprivation_indicator(tables: Tables, cut: Cut) -> Counted:
    """Give the published value of one indicator of the index, named by parameter `indicator`."""
    rows = tables("deprivation_indicator")
    rows = rows.filter(
        rows.edition == cut.parameters["edition"],
        rows.level == cut.level,
        rows.indicator == cut.parameters["indicator"],
    )
    chosen = rows.select(area="area_code", moment="edition", value=rows.value.cast("float64"))
    return Counted(chosen, absent_is_zero=False, method="Indicator as published")
