"""Crime recorded by each force over twelve months, as the Home Office publishes it."""

from __future__ import annotations

import ibis

from upstream.measures.calculations.register import Counted, Cut, Tables, calculation, either, group_by


def _counted(tables: Tables, cut: Cut, divide_by: str) -> Counted:
    """Take windows as they are published. They overlap, so they are never added up over time."""
    rows = tables("recorded_crime")
    rows = rows.filter(either(rows.offence, cut.parameters.get("offences", ())))
    rows = rows.mutate(area=rows.force, moment=rows.year_ending)
    counted = group_by(rows, ["area", "moment", *cut.breakdown], numerator=rows.offences.sum().cast("float64"))
    method = "Crude rate" if divide_by == "population" else "Count"
    return Counted(counted, divide_by=divide_by, area_is="name", absent_is_zero=False, method=method)


@calculation(levels=("force",), breakdowns=("offence",), monthly=False)
def recorded_crime_count(tables: Tables, cut: Cut) -> Counted:
    """Count offences of the groups named by parameter `offences` in the twelve months to a day."""
    return _counted(tables, cut, "nothing")


@calculation(levels=("force",), breakdowns=("offence",), monthly=False)
def recorded_crime_rate(tables: Tables, cut: Cut) -> Counted:
    """Count offences in the twelve months to a day, to be divided by all residents."""
    return _counted(tables, cut, "population")


@calculation(levels=("force",), monthly=False)
def recorded_crime_share(tables: Tables, cut: Cut) -> Counted:
    """Count offences of the groups named by `offences` among those named by `among`."""
    rows = tables("recorded_crime")
    rows = rows.filter(either(rows.offence, cut.parameters["among"]))
    wanted = rows.offence.isin(list(cut.parameters["offences"]))
    rows = rows.mutate(area=rows.force, moment=rows.year_ending)
    counted = group_by(
        rows,
        ["area", "moment", *cut.breakdown],
        numerator=ibis.ifelse(wanted, rows.offences, 0).sum().cast("float64"),
        denominator=rows.offences.sum().cast("float64"),
    )
    return Counted(counted, divide_by="rows", area_is="name", absent_is_zero=False, method="Share of offences")
