"""Rows of the explorer's tables, made from a result of the library: nothing is calculated here, only written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.urls import reverse
from django.utils.safestring import SafeString

from upstream.measures import Kind, MeasureDefinition, Polarity
from upstream_web.core.drawing import glyphs, numbers
from upstream_web.geography.levels import WITH_PAGES
from upstream_web.geography.queries import AreaName, names
from upstream_web.measures import words

Line = Mapping[str, Any]


@dataclass(frozen=True)
class ChangeCell:
    """How an area compares with the same months a year before; `signal` is empty for ordinary variation."""

    text: str
    interval: str
    signal: str


@dataclass(frozen=True)
class Row:
    """One area in a table; `why_unknown` stands in place of the value where there is none."""

    code: str
    name: str
    place: str
    link: str
    count: str
    value: str
    interval: str
    why_unknown: str
    glyph: SafeString
    sort_count: float | None
    sort_value: float | None
    is_total: bool = False
    change: ChangeCell | None = None
    shape: SafeString | None = None


def has_count(definition: MeasureDefinition) -> bool:
    """Whether a count stands beside the value."""
    return definition.kind in (Kind.RATE, Kind.SHARE)


def area_link(level: str, code: str) -> str:
    """Give the address of an area's page; empty for levels without pages."""
    return reverse("area", args=[level, code]) if level in WITH_PAGES else ""


def make_rows(
    definition: MeasureDefinition,
    level: str,
    lines: Sequence[Line],
    scale: glyphs.Scale,
    reference: float | None,
) -> list[Row]:
    """Write rows of one level and period, all on one scale."""
    known = names(level)
    return [make_row(definition, level, line, known.get(line["area_code"]), scale, reference) for line in lines]


def make_row(
    definition: MeasureDefinition,
    level: str,
    line: Line,
    area: AreaName | None,
    scale: glyphs.Scale,
    reference: float | None,
    *,
    name: str = "",
) -> Row:
    """Write one row; `name` overrides the area's."""
    return Row(
        code=line["area_code"],
        name=name or (area.name if area else line["area_name"]),
        place="" if name or area is None else area.place,
        link="" if name else area_link(level, line["area_code"]),
        count=numbers.number(line["numerator"]),
        value=words.value_words(definition, line["value"]),
        interval=words.interval_words(definition, line["lower"], line["upper"]),
        why_unknown=words.status_words(line["status"]),
        glyph=glyphs.interval_glyph(scale, line["value"], line["lower"], line["upper"], reference),
        sort_count=line["numerator"],
        sort_value=line["value"],
        is_total=bool(name),
    )


def scale_of(frame: pl.DataFrame) -> glyphs.Scale:
    """Give the scale that holds the values and intervals of a frame."""
    return glyphs.common_scale([value for name in ("value", "lower", "upper") for value in frame[name].to_list()])


def scale_words(definition: MeasureDefinition, scale: glyphs.Scale) -> str:
    """Say the ends of a scale: "On one scale, 20 to 55"."""
    low, high = (numbers.number(end, definition.decimals if end % 1 else 0) for end in (scale.low, scale.high))
    return f"On one scale, {low} to {high}"


def searched(frame: pl.DataFrame, level: str, text: str) -> pl.DataFrame:
    """Keep the areas whose code or name holds `text`, capitals aside."""
    if not text:
        return frame
    wanted = text.casefold()
    known = names(level)
    kept = [
        wanted in f"{code} {known[code].full if code in known else name}".casefold()
        for code, name in frame.select("area_code", "area_name").iter_rows()
    ]
    return frame.filter(pl.Series(kept, dtype=pl.Boolean))


def ordered(frame: pl.DataFrame, level: str, sort: str, *, descending: bool) -> pl.DataFrame:
    """Put areas in order; those not known come last, and equal ones by name."""
    known = names(level)
    named = frame.with_columns(
        pl.Series(
            "shown_name",
            [known[c].full if c in known else n for c, n in frame.select("area_code", "area_name").iter_rows()],
        )
    )
    column = {"area": "shown_name", "count": "numerator", "value": "value"}[sort]
    return named.sort(column, "shown_name", descending=[descending, False], nulls_last=True)


def change_cell(definition: MeasureDefinition, line: Line) -> ChangeCell | None:
    """Write a change in per cent; only one that surely is a change takes a shape and a colour."""
    if line["change"] is None:
        return None
    surely = line["surely"]
    worse = {Polarity.LOWER_IS_BETTER: 1, Polarity.HIGHER_IS_BETTER: -1}.get(definition.polarity, 0)
    signal = "" if not surely else "notice" if not worse else "concern" if surely == worse else "improve"
    shares = [None if line[name] is None else line[name] / 100 for name in ("change", "lower", "upper")]
    return ChangeCell(numbers.signed_percent(shares[0]), numbers.signed_interval(*shares[1:]), signal)
