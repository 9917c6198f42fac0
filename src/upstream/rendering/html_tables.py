"""Tables of a page: a caption, a scope for every head, and a frame that scrolls sideways on a phone."""

from __future__ import annotations

from html import escape

import polars as pl

from upstream.rendering import values

MANY_COLUMNS = 4  # more than these scroll on a phone


def frame_table(frame: pl.DataFrame, title: str) -> str:
    """Write a frame as a table whose caption is not shown; numbers stand flush right."""
    align = "l" + "".join("r" if dtype.is_numeric() else "l" for dtype in frame.dtypes[1:])
    return table_html(frame, align, f'<caption class="vh">{escape(title)}</caption>', title)


def table_html(frame: pl.DataFrame, align: str, caption: str, title: str) -> str:
    """Write a frame as a table; the first column names the rows, a line break in a cell starts a quieter line."""
    classes = [' class="num"' if side == "r" else "" for side in align]
    head = "".join(f'<th scope="col"{c}>{escape(name)}</th>' for name, c in zip(frame.columns, classes, strict=True))
    rows = "".join(_row(row, classes) for row in frame.iter_rows())
    return framed(
        f"{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>", title, many=frame.width > MANY_COLUMNS
    )


def framed(inner: str, title: str, *, many: bool) -> str:
    """Put the parts of a table into the frame that scrolls; `title` names it for those who do not see it."""
    size = " table--many" if many else ""
    return (
        f'<div class="scroll-x" tabindex="0" role="region" aria-label="{escape(title)}">'
        f'<table class="table{size}">{inner}</table></div>'
    )


def _row(row: tuple[object, ...], classes: list[str]) -> str:
    first, *others = (_cell(value) for value in row)
    cells = "".join(f"<td{c}>{text}</td>" for text, c in zip(others, classes[1:], strict=True))
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def _cell(value: object) -> str:
    first, _, second = values.cell_text(value).partition("\n")
    return escape(first) + (f'<span class="meta">{escape(second)}</span>' if second else "")
