"""Charts of commissioning: how funds divide, and what one cost where the unit is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from upstream.charts import Figure, bars, share_bars
from upstream_web.commissioning.models import Fund
from upstream_web.commissioning.money import Standing
from upstream_web.commissioning.queries import Compared
from upstream_web.core.money import NOTHING

PARTS = ("Paid", "Still to pay", "Unallocated")


def funds(standings: Mapping[int, Standing], found: Sequence[Fund]) -> Figure | None:
    """Draw how each fund divides; None where no fund has any money."""
    kept = [(str(fund), standings[fund.pk]) for fund in found if standings[fund.pk].amount]
    if not kept:
        return None
    frame = pl.DataFrame(
        {
            "label": [label for label, _ in kept],
            "Paid": [float(each.paid) for _, each in kept],
            "Still to pay": [float(each.committed - each.paid) for _, each in kept],
            "Unallocated": [float(max(each.unallocated, NOTHING)) for _, each in kept],
        }
    )
    return share_bars(
        frame, name="funds-divided", title="How each fund divides",
        subtitle="Per cent of what each fund has, or of what is promised where that is more", parts=PARTS,
        notes=("Still to pay is what signed agreements are worth beyond what was paid.",),
    )  # fmt: skip


def costs(compared: Compared) -> Figure:
    """Draw what one cost with each provider; a cost that is not known is hatched."""
    rows = [
        (f"{each.target.grant.provider.said_shortly}: {each.target.grant}", each.unit_cost) for each in compared.lines
    ]
    frame = pl.DataFrame(
        {
            "label": [label for label, _ in rows],
            "value": [None if cost.amount is None else float(cost.amount) for _, cost in rows],
        },
        schema={"label": pl.String, "value": pl.Float64},
    )
    return bars(
        frame, name=f"cost-{compared.unit.replace(' ', '-')}", title=f"Cost of one: {compared.unit}",
        subtitle=f"{compared.sort}, in pounds, to two figures", unit="£",
        notes=tuple(f"{label}: {cost.why_not}." for label, cost in rows if cost.why_not),
    )  # fmt: skip
