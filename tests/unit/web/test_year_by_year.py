"""Years side by side are years that do not overlap."""

from __future__ import annotations

from datetime import date

import polars as pl

from upstream_web.measures.series import without_overlap


def test_years_published_each_quarter_are_drawn_once_a_year():
    # As the Home Office publishes: years to March throughout, the other quarters only of late.
    ends = [date(2016, 3, 31), date(2017, 3, 31), date(2018, 3, 31), date(2018, 6, 30), date(2018, 9, 30)]
    kept = without_overlap(pl.DataFrame({"period_end": ends, "value": [1.0, 2.0, 3.0, 4.0, 5.0]}))
    assert kept["value"].to_list() == [1.0, 2.0, 3.0]


def test_years_published_once_a_year_are_all_drawn():
    ends = [date(2016, 8, 31), date(2017, 8, 31)]
    assert without_overlap(pl.DataFrame({"period_end": ends, "value": [1.0, 2.0]})).height == 2
