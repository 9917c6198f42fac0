"""Small drawings: a share with where it likely lies, and the days of a clock."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, MARGIN = 150, 20, 5


def share_glyph(value: float, lower: float, upper: float) -> SafeString:
    """Draw a share of 100 as a dot on its interval; the words beside it say the same."""
    scale = (WIDTH - 2 * MARGIN) / 100

    def place(number: float) -> float:
        return round(MARGIN + number * scale, 1)

    return mark_safe(
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">'
        f'<path class="c-grid" d="M{MARGIN} 10H{WIDTH - MARGIN}"/>'
        f'<path class="c-int c-int--strong" d="M{place(lower)} 10H{place(upper)}"/>'
        f'<circle class="c-dot" cx="{place(value)}" cy="10" r="4.5"/></svg>'
    )


CELLS_WIDTH, CELL_HEIGHT, MOST_CELLS = 340, 12, 70


def day_cells(gone: int | None, total: int | None, words: str) -> SafeString:
    """Draw the time of a clock as cells, one a day, filled as far as it has gone; long clocks are drawn by the week."""
    if not gone or not total or gone < 0:
        gone = 0
    total = total or 1
    unit = 1 if total <= MOST_CELLS else 7
    cells, filled = -(-total // unit), min(-(-gone // unit), -(-total // unit))
    step = CELLS_WIDTH / cells
    drawn = "".join(
        f'<rect class="c-s{1 if cell < filled else 5}" x="{cell * step:.1f}" y="0" width="{step - 1.2:.1f}" '
        f'height="{CELL_HEIGHT}"/>'
        for cell in range(cells)
    )
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>',
        CELLS_WIDTH, CELL_HEIGHT, CELLS_WIDTH, CELL_HEIGHT, f"{words}: {gone} of {total} days gone", mark_safe(drawn),
    )  # fmt: skip
