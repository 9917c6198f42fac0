"""A figure of the library made ready for a page: drawn wide and narrow, with its specification and its table."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl
from django.utils.safestring import SafeString, mark_safe

from upstream.charts import render
from upstream.charts.figure import Figure
from upstream_web.core.drawing import numbers
from upstream_web.core.workbench import get_partnership

# A map's specification holds its outlines. Sent a second time it would weigh more than what pointing at it is worth.
LARGEST_SPECIFICATION = 60_000
LONGEST_TABLE = 400
KEPT_DRAWINGS = 128  # a process; one is some 50 kB
# Hundredths of a pixel cannot be seen; in a map even tenths are enough, and make up half of its size.
_LONG_DECIMAL = re.compile(r"(-?\d+\.\d\d)\d+")
_LONGER_THAN_TENTHS = re.compile(r"(-?\d+\.\d)\d+")
_NAMES = re.compile(r'\b(id="|href="#|url\(#)')
_SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Cell:
    """One cell of a figure's table."""

    text: str
    is_number: bool


@dataclass(frozen=True)
class ShownFigure:
    """What the template needs; `label` such as "Figure 4.1" stands before the title."""

    id: str
    label: str
    figure: Figure
    wide: SafeString
    narrow: SafeString
    wide_specification: SafeString
    narrow_specification: SafeString
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rows_left_out: int


def show(figure: Figure, *, identifier: str, label: str = "") -> ShownFigure:
    """Draw a figure for a page; drawings are kept in the data folder by their content."""
    specifications = [_specification(spec) for spec in (figure.wide, figure.narrow)]
    if max(map(len, specifications)) > LARGEST_SPECIFICATION:
        specifications = ["", ""]
    table = figure.table.head(LONGEST_TABLE)
    kinds = [kind.is_numeric() for kind in table.dtypes]
    return ShownFigure(
        id=identifier,
        label=label,
        figure=figure,
        wide=drawn(figure, wide=True, prefix=f"{identifier}-w"),
        narrow=drawn(figure, wide=False, prefix=f"{identifier}-n"),
        wide_specification=mark_safe(specifications[0]),
        narrow_specification=mark_safe(specifications[1]),
        columns=tuple(Cell(name, kind) for name, kind in zip(table.columns, kinds, strict=True)),
        rows=tuple(_row(row, kinds) for row in table.iter_rows()),
        rows_left_out=max(0, figure.table.height - LONGEST_TABLE),
    )


def drawn(figure: Figure, *, wide: bool, prefix: str) -> SafeString:
    """Give the drawing as SVG that may stand inside a page; `prefix` keeps its names apart from other drawings'."""
    folder = get_partnership().data.cache / "drawings"
    return _for_page(render.svg(figure, wide=wide, cache=folder), prefix)


@lru_cache(maxsize=KEPT_DRAWINGS)
def _for_page(svg: str, prefix: str) -> SafeString:
    svg = re.sub(r"^\s*<\?xml[^>]*\?>\s*|^\s*<!DOCTYPE[^>]*>\s*", "", svg)
    svg = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", svg)
    decimals = _LONGER_THAN_TENTHS if len(svg) > LARGEST_SPECIFICATION else _LONG_DECIMAL
    svg = _NAMES.sub(rf"\g<1>{prefix}-", decimals.sub(r"\1", svg))
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def cell_text(value: object) -> str:
    """Write a cell as a reader expects it; what is missing says so."""
    if value is None:
        return numbers.NOT_KNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return numbers.number(value)
    if isinstance(value, float):
        return numbers.number(value, 0 if value == int(value) else 1 if abs(value) >= 1 else 2)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return str(value)


def table_rows(frame: pl.DataFrame) -> tuple[tuple[Cell, ...], ...]:
    """Write every row of a frame as cells."""
    kinds = [kind.is_numeric() for kind in frame.dtypes]
    return tuple(_row(row, kinds) for row in frame.iter_rows())


def _row(row: tuple[object, ...], kinds: list[bool]) -> tuple[Cell, ...]:
    return tuple(Cell(cell_text(value), kind) for value, kind in zip(row, kinds, strict=True))


def _specification(spec: object) -> str:
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"), default=str).translate(_SCRIPT_ESCAPES)
