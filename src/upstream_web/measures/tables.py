"""The tables of a measure's page: districts, the highest areas, every area by pages, and breakdowns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from upstream.measures.comparisons import ChangeFromBefore
from upstream.measures.sentences import say_changes
from upstream_web.core.drawing import glyphs, numbers
from upstream_web.core.words import capital
from upstream_web.geography import levels
from upstream_web.measures import choices, queries, rows, words
from upstream_web.measures.choices import Choice


@dataclass(frozen=True)
class Heading:
    """A heading that sorts; `sorted` is ascending, descending or empty."""

    words: str
    query: str
    sorted: str
    is_number: bool


@dataclass(frozen=True)
class AreaTable:
    """A table of areas of one level: its rows on this page, and where the page stands among the others."""

    level: str
    rows: Sequence[rows.Row]
    scale_words: str
    has_count: bool
    has_interval: bool
    total: int = 0
    page: int = 1
    pages: int = 1
    headings: Sequence[Heading] = ()
    page_links: Sequence[tuple[int, str, bool]] = ()
    change_heading: str = ""
    has_shapes: bool = False
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class BreakdownTable:
    """The whole area cut by one thing, such as age or reason."""

    name: str
    title: str
    lines: Sequence[tuple[str, str, str, str, str]]
    none: str = ""
    has_count: bool = True
    why_none_known: str = ""


def reference_value(choice: Choice) -> float | None:
    """The value of the whole area, where the measure has one row for it: the dotted line of the tables."""
    result = queries.in_period(choice, choices.widest_level(choice.definition))
    return result.frame["value"][0] if result is not None and result.frame.height == 1 else None


def _table(choice: Choice, level: str, lines: Sequence[rows.Line], scale: glyphs.Scale) -> AreaTable:
    made = rows.make_rows(choice.definition, level, lines, scale, reference_value(choice))
    return AreaTable(
        level=level,
        rows=made,
        scale_words=rows.scale_words(choice.definition, scale),
        has_count=rows.has_count(choice.definition),
        has_interval=any(row.interval for row in made),
        total=len(made),
    )


def small_table(choice: Choice, frame: pl.DataFrame) -> AreaTable:
    """The chosen level, searched, in order and by pages."""
    found = rows.searched(frame, choice.level, choice.find)
    found = rows.ordered(found, choice.level, choice.sort, descending=choice.descending)
    size = choices.ROWS_ON_A_PAGE
    pages = max(1, -(-found.height // size))
    page = min(choice.page, pages)
    shown = found.slice((page - 1) * size, size).to_dicts()
    made = _table(choice, choice.level, shown, rows.scale_of(frame))
    return replace(
        made,
        total=found.height,
        page=page,
        pages=pages,
        headings=_headings(choice),
        page_links=_links(choice, page, pages),
    )


def _headings(choice: Choice) -> list[Heading]:
    named = [("area", "Area", False)]
    if rows.has_count(choice.definition):
        named.append(("count", words.count_heading(choice.definition), True))
    named.append(("value", words.value_heading(choice.definition), True))
    return [_heading(choice, key, text, is_number) for key, text, is_number in named]


def _heading(choice: Choice, key: str, text: str, is_number: bool) -> Heading:
    """A second click turns the order round; numbers begin with the highest, names with A."""
    is_now = choice.sort == key
    descending = not choice.descending if is_now else is_number and not choices.best_is_high(choice.definition)
    query = choice.address(sort=f"{'-' if descending else ''}{key}", page="")
    order = ("descending" if choice.descending else "ascending") if is_now else ""
    return Heading(text, query, order, is_number)


def _links(choice: Choice, page: int, pages: int) -> list[tuple[int, str, bool]]:
    """The first, the last and those around this page; 0 stands for a gap."""
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    links: list[tuple[int, str, bool]] = []
    for before, number in zip([0, *near], near, strict=False):
        if number > before + 1:
            links.append((0, "", False))
        links.append((number, choice.address(page=number if number > 1 else ""), number == page))
    return links


def first_table(choice: Choice, frame: pl.DataFrame, count: int = 5) -> AreaTable | None:
    """The areas to look at first, worst first; none where the next one is no better, as that would be a false rank."""
    low_first = choices.best_is_high(choice.definition)
    ordered = rows.ordered(frame.drop_nulls("value"), choice.level, "value", descending=not low_first)
    found = ordered.head(count)
    if ordered.height <= 2 * count or found["value"][-1] == ordered["value"][count]:
        return None
    return _table(choice, choice.level, found.to_dicts(), rows.scale_of(found))


def whole_table(choice: Choice) -> AreaTable | None:
    """The areas of the only level there is, for measures that do not go down to places."""
    level = choices.widest_level(choice.definition)
    result = queries.in_period(choice, level)
    if result is None or result.frame.is_empty():
        return None
    ordered = rows.ordered(result.frame, level, "value", descending=True)
    return _table(choice, level, ordered.to_dicts(), rows.scale_of(ordered))


def districts_table(choice: Choice) -> AreaTable | None:
    """The districts with the whole area above them; none where the measure does not go down to districts."""
    level = "district"
    result = queries.in_period(choice, level) if level in choice.definition.levels else None
    if result is None or result.frame.height < 2:
        return None
    ordered = rows.ordered(result.frame, level, "value", descending=not choices.best_is_high(choice.definition))
    scale = rows.scale_of(ordered)
    table = _table(choice, level, ordered.to_dicts(), scale)
    total = _total_row(choice, scale)
    return _with_time(choice, replace(table, rows=[*total, *table.rows]))


def _total_row(choice: Choice, scale: glyphs.Scale) -> list[rows.Row]:
    whole = queries.in_period(choice, choices.widest_level(choice.definition))
    if whole is None or whole.frame.height != 1:
        return []
    line = whole.frame.to_dicts()[0]
    return [rows.make_row(choice.definition, "partnership", line, None, scale, line["value"], name="Whole area")]


def _with_time(choice: Choice, table: AreaTable) -> AreaTable:
    """Add the change from the year before and the shape by month, where the measure comes by month."""
    definition = choice.definition
    changes = {level: queries.find_change(choice, level) for level in (table.level, "partnership")}
    shapes = {**_shapes(choice, table.level), **_shapes(choice, "partnership")}
    lines = {line["area_code"]: line for change in changes.values() if change for line in change.frame.to_dicts()}
    made = [
        replace(
            row,
            change=rows.change_cell(definition, lines[row.code]) if row.code in lines else None,
            shape=glyphs.spark(shapes[row.code]) if row.code in shapes else None,
        )
        for row in table.rows
    ]
    change = changes[table.level]
    return replace(
        table,
        rows=made,
        change_heading=_change_heading(change) if any(row.change for row in made) else "",
        has_shapes=any(row.shape for row in made),
        notes=_change_notes(change),
    )


def _change_heading(change: ChangeFromBefore | None) -> str:
    """Head the column of changes: "Jan to Apr, 2024 to 2025", or "Change on the year" for other months."""
    if change is None or not change.months:
        return ""
    first, last = change.months[0], change.months[-1]
    if first.year != last.year or len(change.months) != last.month - first.month + 1:
        return "Change on the year"
    months = f"{first:%b}" if first == last else f"{first:%b} to {last:%b}"
    return f"{months}, {change.earlier_months[0].year} to {first.year}"


def _change_notes(change: ChangeFromBefore | None) -> list[str]:
    """Say which months are compared, which areas changed, and how often one such comes by chance."""
    if change is None or not change.months:
        return []
    known = change.frame.drop_nulls("lower")
    said = say_changes(known["area_name"].to_list(), known["surely"].to_list(), "district") if known.height else ""
    return [" ".join(part for part in (*change.provenance.notes, said) if part)]


def _shapes(choice: Choice, level: str) -> Mapping[str, list[float | None]]:
    """The months of the chosen period by area, or the last twelve where the period is shorter than three."""
    result = queries.by_month(choice, level)
    if result is None:
        return {}
    grouped = result.frame.sort("period_start").group_by("area_code", maintain_order=True).agg("value")
    return dict(grouped.iter_rows())


def breakdown_tables(choice: Choice) -> list[BreakdownTable]:
    """The whole area by each breakdown that the measure carries, largest first."""
    found = [_breakdown(choice, name) for name in choice.definition.breakdowns]
    return [table for table in found if table is not None and (len(table.lines) > 1 or table.why_none_known)]


def _breakdown(choice: Choice, name: str) -> BreakdownTable | None:
    definition = choice.definition
    result = queries.in_period(choice, choices.widest_level(definition), breakdown=(name,))
    if result is None or result.frame["area_code"].n_unique() != 1:
        return None
    ordered = result.frame.sort("value", descending=True, nulls_last=True)
    none = ordered.filter(pl.col("numerator") == 0)[name].drop_nulls().to_list()
    ordered = ordered.filter((pl.col("numerator") != 0) | pl.col("numerator").is_null())
    title = f"By {name.replace('_', ' ')}"
    if ordered["value"].drop_nulls().is_empty() and not none:
        why = numbers.listed(sorted({words.status_words(status) for status in ordered["status"]}))
        return BreakdownTable(name, title, [], why_none_known=why)
    lines = [_breakdown_line(choice, line[name], line) for line in ordered.iter_rows(named=True)]
    return BreakdownTable(
        name, title, lines, numbers.listed([str(one) for one in none]), has_count=rows.has_count(definition)
    )


def _breakdown_line(choice: Choice, label: Any, line: rows.Line) -> tuple[str, str, str, str, str]:
    definition = choice.definition
    return (
        str(label) if label is not None else "Not recorded",
        numbers.number(line["numerator"]),
        words.value_words(definition, line["value"]),
        words.interval_words(definition, line["lower"], line["upper"]),
        words.status_words(line["status"]) if line["value"] is None else "",
    )


def level_title(key: str) -> str:
    """Head a table of every area of a level: "All 697 neighbourhoods" without the number."""
    return capital(levels.level_named(key).plural)
