"""Figures of the worked example worked out earlier by other means, with numpy and the published formulas.

They were drawn on the pages that the site was designed after, before any of this was written.
"""

from __future__ import annotations

import pytest

from upstream.measures import State, compare_forces, compare_previous, summarise
from upstream.partnership import Partnership


def test_violence_in_brief(example: Partnership) -> None:
    summary = summarise(example, "violence_rate")
    assert summary.latest is not None
    assert (round(summary.latest.lower or 0, 1), round(summary.latest.upper or 0, 1)) == (35.8, 36.5)
    assert summary.sentences == (
        "36.1 per 1,000 residents in 2025, 41,429 offences, with no sign of change from month to month.",
        "Stoke-on-Trent’s rate is twice that of South Staffordshire.",
        "A tenth of neighbourhoods carry 28% of the total.",
    )
    assert summary.highest is not None
    top = summary.highest.frame.row(0, named=True)
    assert (round(top["value"]), round(top["lower"]), round(top["upper"])) == (376, 351, 403)
    assert summary.highest.frame["numerator"][:5].to_list() == [817, 271, 250, 256, 406]


@pytest.mark.parametrize(
    ("measure", "per_day", "limits", "state"),
    [
        ("violence_rate", 120, (89, 113, 138), State.ORDINARY),
        ("robbery_rate", 3.2, (1.3, 2.7, 4.2), State.WATCH),
        ("weapons_rate", 3.3, (1.8, 3.2, 4.7), State.ORDINARY),
        ("drugs_rate", 8.4, (4.0, 7.7, 11.5), State.CHANGED),
        ("asb_rate", 32, (29, 40, 51), State.BACK),
    ],
)
def test_headline_numbers(
    example: Partnership, measure: str, per_day: float, limits: tuple[float, float, float], state: State
) -> None:
    summary = summarise(example, measure, places=False)
    assert summary.newest is not None
    assert summary.per_day is not None
    digits = 0 if per_day > 20 else 1
    assert summary.newest.when == "December 2025"
    assert round(summary.newest.per_day or 0, digits) == per_day
    chart = summary.per_day.limits
    assert (round(chart.lower, digits), round(chart.centre, digits), round(chart.upper, digits)) == limits
    assert summary.said.state is state


def test_rate_for_thirty_days(example: Partnership) -> None:
    series = summarise(example, "violence_rate", places=False).per_30_days
    assert series is not None
    assert (round(series.limits.lower, 2), round(series.limits.centre, 2), round(series.limits.upper, 2)) == (
        2.32,
        2.96,
        3.60,
    )
    assert series.limits.points_used == 16


def test_change_of_districts_from_the_year_before(example: Partnership) -> None:
    frame = compare_previous(example, "violence_rate", level="district").frame
    found = {r["area_name"]: tuple(round(r[c]) for c in ("change", "lower", "upper")) for r in frame.to_dicts()}
    assert found["East Staffordshire"] == (-17, -28, -5)
    assert found["South Staffordshire"] == (11, -12, 40)
    assert found["Cannock Chase"] == (4, -13, 24)
    assert frame.filter(surely=-1)["area_name"].to_list() == ["East Staffordshire"]


def test_place_among_forces(example: Partnership) -> None:
    comparison = compare_forces(example, "violence_rate")
    values = {row["area_name"]: round(row["value"], 1) for row in comparison.frame.to_dicts()}
    assert comparison.frame.height == 36
    assert (values["Staffordshire"], values["Dorset"], values["Cleveland"]) == (26.9, 18.5, 37.2)
    assert (values["Warwickshire"], values["Derbyshire"]) == (21.4, 29.5)
    assert round(comparison.middle or 0, 1) == 25.7
