"""Admissions to hospital for assault with a sharp object."""

from __future__ import annotations

import ibis

from upstream.measures.calculations.register import Counted, Cut, Tables, calculation


@calculation(levels=("region", "country"), breakdowns=("sex", "age_group", "ethnic_group"), monthly=True)
def sharp_object_admissions(tables: Tables, cut: Cut) -> Counted:
    """Count admissions. A breakdown is published by itself, never with another, so one may be asked for at a time."""
    rows = tables("sharp_object_admission")
    for name in ("sex", "age_group", "ethnic_group"):
        whole = rows[name] == "all"
        rows = rows.filter(~whole if name in cut.breakdown else whole)
    rows = rows.mutate(area=rows.region, moment=rows.month)
    counted = rows.group_by(["area", "moment", *cut.breakdown]).agg(
        numerator=rows.admissions.sum().cast("float64"),
        withheld=ibis.ifelse(rows.admissions.isnull(), 1, 0).sum(),
    )
    return Counted(counted, area_is="name", absent_is_zero=False, method="Count, rounded by the publisher to five")
