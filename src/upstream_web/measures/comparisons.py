"""Our place among others, as figures of the library."""

from __future__ import annotations

import polars as pl

from upstream.charts import force_strip
from upstream.measures.comparisons import Comparison
from upstream.measures.sentences import say_position
from upstream_web.core.drawing import numbers
from upstream_web.core.drawing.figures import ShownFigure, show
from upstream_web.measures import queries, words
from upstream_web.measures.choices import Choice, period_words

NAMED_MISSING = 4


def figures(choice: Choice) -> list[ShownFigure]:
    """The comparison with other forces and with similar districts, where others are held."""
    return [figure for figure in (forces(choice), districts(choice)) if figure is not None]


def forces(choice: Choice) -> ShownFigure | None:
    """Our force among all that are held for the same time."""
    comparison = queries.find_comparison(choice.definition.name, "forces")
    if comparison is None or comparison.frame["value"].drop_nulls().len() < 3:
        return None
    own = comparison.frame.filter("is_own")
    if own.height != 1 or own["value"][0] is None:
        return None
    near = comparison.frame.filter("is_neighbour")["area_name"].to_list()
    line = own.row(0, named=True)
    others = comparison.frame.filter(~pl.col("is_own"))["value"].drop_nulls().to_list()
    position = say_position(line["value"], line["lower"], line["upper"], others)
    dark = f"; the {len(near)} neighbours we hold are dark" if near else ""
    figure = force_strip(
        comparison.frame,
        name=f"{choice.definition.name}-forces",
        title=f"{position} of the forces we can compare",
        subtitle=f"{words.value_heading(choice.definition)}, {when(comparison)}{dark}",
        ours=line["area_name"],
        neighbours=near,
        unit=choice.definition.unit,
        label="area_name",
        decimals=choice.definition.decimals,
        measure=choice.definition.name,
        provenance=comparison.provenance,
        notes=notes(comparison, "forces"),
    )
    return show(figure, identifier="among-forces")


def districts(choice: Choice) -> ShownFigure | None:
    """Our districts among those most like them elsewhere."""
    comparison = queries.find_comparison(choice.definition.name, "similar")
    if comparison is None or not comparison.frame["is_similar"].any():
        return None
    ours = comparison.frame.filter("is_own")["area_name"].to_list()
    figure = force_strip(
        comparison.frame,
        name=f"{choice.definition.name}-districts",
        title="Our districts among those most like them",
        subtitle=f"{words.value_heading(choice.definition)}, {when(comparison)}; ours are dark",
        ours="",
        neighbours=ours,
        unit=choice.definition.unit,
        label="area_name",
        decimals=choice.definition.decimals,
        middle_words="middle district",
        noun="districts",
        measure=choice.definition.name,
        provenance=comparison.provenance,
        notes=notes(comparison, "districts"),
    )
    return show(figure, identifier="among-districts")


def when(comparison: Comparison) -> str:
    """The time of the comparison in words."""
    period = comparison.period
    kind = "span" if " to " in period.label and not period.label.startswith("year") else "year"
    kind = "rolling year" if period.label.startswith("year to") else kind
    return period_words(kind, period.label, period.start, period.end)


def notes(comparison: Comparison, noun: str) -> tuple[str, ...]:
    """Say how many are compared, who is not held, and what small distances mean."""
    count = comparison.frame["value"].drop_nulls().len()
    said = f"{count} {noun} with the whole time held."
    if comparison.missing:
        more = len(comparison.missing) - NAMED_MISSING
        named = [*comparison.missing[:NAMED_MISSING], *([f"{more} others"] if more > 0 else [])]
        said += f" Not held: {numbers.listed(named)}."
    return (f"{said} Recording practice differs between forces, so small distances mean little.",)
