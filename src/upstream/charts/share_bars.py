"""Stacked bars: how wholes divide into the same parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

import polars as pl

from upstream.charts import words
from upstream.charts.drawing import Drawing, Padding, text_width
from upstream.charts.figure import About, Figure
from upstream.charts.theme import SEQUENTIAL
from upstream.methods.checks import ArgumentImpossible

_DARK = {"map-seq-4", "map-seq-5", "map-seq-6"}
PITCH, THICK = 34, 22


def share_bars(
    frame: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    parts: Sequence[str],
    label: str = "label",
    width: float = 660,
    **about: Unpack[About],
) -> Figure:
    """Draw one whole a row, divided into the columns `parts` (at most six, in the order given), as per cent.

    The numbers may be counts or shares; each row is divided by its own sum. A row with a null part is hatched.
    """
    if not 1 < len(parts) <= len(SEQUENTIAL):
        raise ArgumentImpossible(f"{len(parts)} parts were given.", expected="Two to six.", do="Join the small ones.")
    rows = _rows(frame, parts, label)
    drawn = [_draw(rows, parts, size) for size in (width, 358.0)]
    table = pl.DataFrame(
        {words.capital(label): [row["label"] for row in rows]}
        | {part: [None if row["shares"] is None else row["shares"][i] for row in rows] for i, part in enumerate(parts)}
    )
    return Figure(
        name=name, title=title, subtitle=subtitle, wide=drawn[0], narrow=drawn[1], table=table,
        alternative=_describe(rows, parts, subtitle), **about,
    )  # fmt: skip


def _rows(frame: pl.DataFrame, parts: Sequence[str], label: str) -> list[dict[str, Any]]:
    rows = []
    for row in frame.iter_rows(named=True):
        values = [row[part] for part in parts]
        total = sum(v for v in values if v is not None)
        known = all(v is not None for v in values) and total > 0
        rows.append({"label": str(row[label]), "shares": [100 * v / total for v in values] if known else None})
    return rows


def _draw(rows: list[dict[str, Any]], parts: Sequence[str], width: float) -> dict[str, Any]:
    tokens = (
        SEQUENTIAL[::-1]
        if len(parts) == 6
        else tuple(SEQUENTIAL[::-1][round(i * 5 / (len(parts) - 1))] for i in range(len(parts)))
    )
    labels = max(text_width(row["label"], 13) for row in rows) + 12
    above = labels > width * 0.4
    lead, left = (18, 0.0) if above else (0, labels)
    keys = _key_rows(parts, width)
    top = 22 * (keys[-1][1] + 1) + 8
    drawing = Drawing(width, top + (PITCH + lead) * len(rows), Padding(left, top, 0, 0), (0, 100))
    _keys(drawing, keys, tokens, left, top)
    for index, row in enumerate(rows):
        y = (PITCH + lead) * index + lead
        middle = y + THICK / 2
        drawing.write(-left, y - 9 if above else middle, row["label"], "ink", size=13, dy=5)
        if row["shares"] is None:
            drawing.hatch(0, y, drawing.plot_width, y + THICK)
            drawing.plate(drawing.plot_width / 2, middle, ["not held"], room=drawing.plot_width)
            continue
        _whole(drawing, row["shares"], tokens, y)
    return drawing.spec()


def _whole(drawing: Drawing, shares: list[float], tokens: Sequence[str], y: float) -> None:
    """Draw one divided bar; a part is labelled when its number fits inside."""
    start = 0.0
    for share, token in zip(shares, tokens, strict=True):
        x, x2 = drawing.x_pixel(start), drawing.x_pixel(start + share)
        drawing.boxes([{}], token, x=x, x2=max(x, x2 - 1), y=y, y2=y + THICK)
        text = f"{share:.0f}%"
        if x2 - x > text_width(text) + 8:
            drawing.write(x + 6, y + THICK / 2, text, "paper" if token in _DARK else "ink", strong=True)
        start += share


def _key_rows(parts: Sequence[str], width: float) -> list[tuple[float, int, str]]:
    """Set the names of the parts in lines above the bars: x, line, name."""
    placed, x, line = [], 0.0, 0
    for part in parts:
        wide = text_width(part) + 34
        if x and x + wide > width:
            x, line = 0.0, line + 1
        placed.append((x, line, part))
        x += wide
    return placed


def _keys(drawing: Drawing, keys: list[tuple[float, int, str]], tokens: Sequence[str], left: float, top: float) -> None:
    for (x, line, part), token in zip(keys, tokens, strict=True):
        y = 22 * line - top + 4
        drawing.boxes([{}], "control", x=x - left, x2=x - left + 12, y=y, y2=y + 12)
        drawing.boxes([{}], token, x=x - left + 0.75, x2=x - left + 11.25, y=y + 0.75, y2=y + 11.25)
        drawing.write(x - left + 18, y + 6, part, "ink-2")


def _describe(rows: list[dict[str, Any]], parts: Sequence[str], subtitle: str) -> str:
    said = [f"Divided bars. {words.sentence(subtitle)}"]
    for row in rows[:8]:
        if row["shares"] is None:
            said.append(f"{row['label']}: not held.")
            continue
        said.append(
            f"{row['label']}: {words.listed([f'{p} {s:.0f}%' for p, s in zip(parts, row['shares'], strict=True)])}."
        )
    return " ".join(said)
