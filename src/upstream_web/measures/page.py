"""The page of one measure, put together from results of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from upstream.measures import MeasureDefinition, MeasureResult
from upstream.measures.files import Fact, citation, describe
from upstream_web.core.workbench import get_partnership
from upstream_web.geography import levels
from upstream_web.measures import choices, mapping, queries, rows, words
from upstream_web.measures.choices import Choice

FACTS_ABOUT = ("Counts", "Divided by", "Is not", "Direction", "Feed", "Method", "Written by", "Build")


@dataclass(frozen=True)
class AreaTable:
    """A table of areas of one level: its rows on this page, and where the page stands among the others."""

    level: str
    title: str
    rows: Sequence[rows.Row]
    scale_words: str
    total: int
    page: int
    pages: int
    has_count: bool
    has_interval: bool


def whole_result(choice: Choice) -> MeasureResult | None:
    """The measure for all of us in the chosen period."""
    return _in_period(choice, choices.widest_level(choice.definition))


def level_result(choice: Choice, level: str) -> MeasureResult | None:
    """The measure for every area of a level in the chosen period."""
    return _in_period(choice, level)


def _in_period(choice: Choice, level: str) -> MeasureResult | None:
    if choice.period is None or not level:
        return None
    when = choice.period
    return queries.find_result(
        choice.definition.name, level=level, period=when.kind, start=when.start, end=when.end
    )


def reference_value(choice: Choice) -> float | None:
    """The value of the whole area, where the measure has one row for it: the dotted line of the tables."""
    result = whole_result(choice)
    return result.frame["value"][0] if result is not None and result.frame.height == 1 else None


def small_table(choice: Choice, frame: pl.DataFrame) -> AreaTable:
    """The chosen level, searched, in order and by pages."""
    found = rows.searched(frame, choice.level, choice.find)
    found = rows.ordered(found, choice.level, choice.sort, descending=choice.descending)
    size = choices.ROWS_ON_A_PAGE
    pages = max(1, -(-found.height // size))
    page = min(choice.page, pages)
    scale = rows.scale_of(frame)
    shown = found.slice((page - 1) * size, size).to_dicts()
    return _table(choice, choice.level, shown, scale, found.height, page, pages)


def top_table(choice: Choice, frame: pl.DataFrame, count: int = 5) -> AreaTable:
    """The areas with the highest values."""
    found = rows.ordered(frame.drop_nulls("value"), choice.level, "value", descending=True).head(count)
    return _table(choice, choice.level, found.to_dicts(), rows.scale_of(frame), found.height, 1, 1)


def _table(
    choice: Choice, level: str, lines: Sequence[rows.Line], scale: Any, total: int, page: int, pages: int
) -> AreaTable:
    definition = choice.definition
    made = rows.make_rows(definition, level, lines, scale, reference_value(choice))
    plural = levels.level_named(level).plural
    return AreaTable(
        level=level,
        title=plural[:1].upper() + plural[1:],
        rows=made,
        scale_words=rows.scale_words(definition, scale),
        total=total,
        page=page,
        pages=pages,
        has_count=rows.has_count(definition),
        has_interval=any(row.interval for row in made),
    )


def districts_table(choice: Choice) -> AreaTable | None:
    """The districts with the whole area above them; none where the measure does not go down to districts."""
    level = "district" if "district" in choice.definition.levels else ""
    result = level_result(choice, level)
    if result is None or result.frame.height < 2:
        return None
    ordered = rows.ordered(result.frame, level, "value", descending=True)
    whole = whole_result(choice)
    scale = rows.scale_of(ordered)
    table = _table(choice, level, ordered.to_dicts(), scale, ordered.height, 1, 1)
    if whole is None or whole.frame.height != 1:
        return table
    line = whole.frame.to_dicts()[0]
    total = rows.make_row(choice.definition, level, line, None, scale, line["value"], name="Whole area")
    return AreaTable(**{**vars(table), "rows": [total, *table.rows]})


def facts(result: MeasureResult | None, definition: MeasureDefinition) -> list[Fact]:
    """What the number is, for the side panel."""
    if result is None:
        return [Fact("Counts", definition.numerator), Fact("Is not", definition.is_not)]
    found = [fact for fact in describe(result) if fact.about in FACTS_ABOUT]
    version = f"{result.provenance.build} · definition version {result.provenance.definition_version}"
    return [fact if fact.about != "Build" else Fact("Build", version) for fact in found]


def cite(result: MeasureResult) -> str:
    """The line to cite the figure by."""
    return citation(result, get_partnership().config.name)


def snippet(choice: Choice, level: str) -> str:
    """The lines that give the same frame in a notebook."""
    lines = ["import upstream", "", f'partnership = upstream.open_partnership("{get_partnership().folder}")']
    arguments = [f'"{choice.definition.name}"']
    if choice.period:
        arguments.append(f'by=("{level}", "{choice.period.kind}")')
        arguments.append(f'start="{choice.period.start}"')
        arguments.append(f'end="{choice.period.end}"')
    return "\n".join([*lines, f"result = partnership.measure({', '.join(arguments)})", "result.frame"])


def chosen_area(choice: Choice, frame: pl.DataFrame) -> str:
    """The area asked for by code or name; else the highest."""
    codes = frame["area_code"].to_list()
    if choice.area in codes:
        return choice.area
    found = rows.searched(frame, choice.level, choice.area) if choice.area else frame.clear()
    if found.height:
        return str(found["area_code"][0])
    known = frame.drop_nulls("value").sort("value", descending=True)
    return str(known["area_code"][0]) if known.height else (codes[0] if codes else "")


def map_of(choice: Choice, frame: pl.DataFrame) -> mapping.MeasureMap | None:
    """The map of the chosen level."""
    return mapping.make_map(choice, frame, chosen_area(choice, frame))


def lede(choice: Choice) -> str:
    """The sentence that opens the page."""
    result = whole_result(choice)
    if result is None or choice.period is None or result.frame.height != 1:
        return choice.definition.why
    value = result.frame["value"][0]
    unit = "" if words.is_percent(choice.definition) else f" {choice.definition.unit}"
    return f"{words.value_words(choice.definition, value)}{unit} in {choice.period.words}"
