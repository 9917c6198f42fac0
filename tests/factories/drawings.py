"""Small figures of every kind, drawn from made-up numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from upstream import charts
from upstream.charts.figure import Figure
from upstream.methods import concentration, deprivation_slope, funnel_limits, xmr
from upstream.partnership import Inset

CALM = [10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0]


def monthly(values: list[float | None], first: date = date(2024, 1, 1)) -> pl.DataFrame:
    """A monthly series that starts in January 2024."""
    starts = [
        date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1) for i in range(len(values))
    ]
    return pl.DataFrame({"period_start": starts, "value": values}, schema_overrides={"value": pl.Float64})


def control(values: list[float | None], *, small: bool = False, **limits: Any) -> Figure:
    """A control chart of a monthly series."""
    frame = monthly(values)
    chart = charts.small_control_chart if small else charts.control_chart
    result = xmr(frame["value"].to_numpy(), **limits)
    return chart(frame, name="c", title="T", subtitle="Offences a day", limits=result, unit="offences a day")


def squares(rows: int = 3, columns: int = 4) -> dict[str, Any]:
    """A map of square areas of a tenth of a degree near Stafford; code A00 is at the south-west."""
    features = []
    for i in range(rows):
        for j in range(columns):
            west, south = -2.4 + j / 10, 52.6 + i / 10
            ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1], [west, south]]
            properties = {"LSOA21CD": f"A{i}{j}", "LSOA21NM": f"Area {i}{j}"}
            features.append(
                {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}
            )
    return {"type": "FeatureCollection", "features": features}


def areas(rows: int = 3, columns: int = 4, unknown: tuple[str, ...] = ()) -> pl.DataFrame:
    """Values for the squares: 0, 10, 20 …; two districts side by side."""
    codes = [f"A{i}{j}" for i in range(rows) for j in range(columns)]
    return pl.DataFrame(
        {
            "area_code": codes,
            "area_name": [f"Area {code[1:]}" for code in codes],
            "value": [None if code in unknown else 10.0 * index for index, code in enumerate(codes)],
            "district": ["West" if code[2] in "01" else "East" for code in codes],
        }
    )


INSET = Inset("North and South", -2.3, 52.7, -2.1, 52.8, (("Middle", -2.2, 52.75),))
PLACES = (("Stafford", -2.117, 52.806), ("Stone", -2.15, 52.88))


def all_figures() -> dict[str, Figure]:
    """One figure of each kind, most with something unknown in it."""
    generator = np.random.default_rng(1)
    say: dict[str, Any] = {"name": "n", "title": "T", "subtitle": "Offences by something"}
    dots = pl.DataFrame(
        {"label": ["a", "b", "c"], "value": [3.0, None, 1.0], "lower": [2.0, None, 0.5], "upper": [4.0, None, 2.0]}
    )
    series = pl.concat([monthly([1.0, 2.0, None, 4.0]).with_columns(series=pl.lit(s)) for s in ("one", "two", "other")])
    ages = pl.DataFrame({"age_band": ["0 to 9", "10 to 19"], "male": [5, 6], "female": [4, 7]})
    ages = ages.with_columns(male_compared=pl.Series([50, 60]), female_compared=pl.Series([60, 50]))
    shares = pl.DataFrame({"label": ["x", "y"], "yes": [1, None], "no": [3, 2]})
    forces = pl.DataFrame({"label": [f"Force {i}" for i in range(9)], "value": [*map(float, range(20, 28)), None]})
    slope = deprivation_slope([80, 60, 22, 18], [1_000] * 4, [1, 1, 2, 2], generator=generator)
    spread = concentration([50, 20, 10, 10, 10], generator=generator, share_of_places=[0.2, 0.4])
    funnel = funnel_limits([5, 40, 90, 60], [100, 1_000, 1_000, 900], multiplier=100)
    return {
        "control_chart": control([*CALM, None, None, None, 30.0, 11.0], polarity="lower is better"),
        "small_control_chart": control([*CALM, None, None, None, 30.0, 11.0], small=True),
        "interval_dots": charts.interval_dots(dots, **say, reference=charts.Reference("all", 2.0)),
        "interval_columns": charts.interval_dots(dots, **say, vertical=True, reference=charts.Reference("all", 2.0)),
        "deprivation_gradient": charts.deprivation_gradient(slope, **say),
        "concentration_bars": charts.concentration_bars(spread, **say),
        "bars": charts.bars(dots.with_columns(before=pl.lit(2.5)), **say, compared="2024"),
        "force_strip": charts.force_strip(forces, **say, ours="Force 3", neighbours=["Force 1", "Force 6"]),
        "lines": charts.lines(series, **say, quiet=["other"]),
        "funnel": charts.funnel(["a", "b", "c", "d"], funnel, **say),
        "age_pyramid": charts.age_pyramid(ages, **say, compared="England", marked=("10 to 19",)),
        "share_bars": charts.share_bars(shares, **say, parts=["yes", "no"]),
        "month_heat": charts.month_heat(monthly([*CALM, None, 3.0]), **say),
        "grid_heat": charts.grid_heat(
            shares.with_columns(value=pl.Series([1.0, None])), **say, row="label", column="no"
        ),
        "area_map": charts.area_map(
            squares(), areas(unknown=("A11",)), **say, chosen="A12", inset=INSET, places=PLACES
        ),
        "comparison_map": charts.area_map(squares(), areas(), **say, average=50.0),
        "marked_map": charts.marked_map(squares(), areas(), **say, marked=["A23"], places=PLACES),
    }
