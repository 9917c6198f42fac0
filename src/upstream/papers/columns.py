"""How the width of a table is shared: as asked for or by the text, and never less than a column's longest word.

A day and the words of a state count as one word: neither should break over lines.
"""

from __future__ import annotations

from upstream.papers.blocks import Table
from upstream.papers.outline import shown
from upstream.rendering import values

LONGEST_WORD = 22  # letters: a longer word is parted
ROOM_FOR_SHAPE = 4
ROOM_BETWEEN = 2
SHORT_TABLE = 14  # rows: as many stay together on one page
SHORT_TEXT = 900  # letters: so do tables of no more than these


def letters_of(table: Table, total: float) -> list[float]:
    """Share `total` letters among the columns; what a long word needs is taken from columns with room to spare."""
    least = [_longest_word(table, place) + ROOM_BETWEEN for place in range(len(table.columns))]
    if sum(least) >= total:
        return [total * need / sum(least) for need in least]
    weights = _weights(table)
    held: set[int] = set()  # columns that get what their longest word needs, and no more
    while True:
        left = total - sum(least[place] for place in held)
        open_weights = sum(weight for place, weight in enumerate(weights) if place not in held)
        shares = [
            least[place] if place in held else left * weight / open_weights for place, weight in enumerate(weights)
        ]
        short = {place for place, share in enumerate(shares) if share < least[place]}
        if not short:
            return shares
        held |= short


def _weights(table: Table) -> list[float]:
    rows = [[_longest_line(value) for value in row] for row in table.rows]
    counted = values.column_weights([column.name for column in table.columns], rows)
    return [column.weight or found for column, found in zip(table.columns, counted, strict=True)]


def _longest_line(value: object) -> str:
    cell = shown(value)
    return max((cell.text + "m" * ROOM_FOR_SHAPE * bool(cell.state), cell.note), key=len)


def _longest_word(table: Table, place: int) -> float:
    longest = max((len(word) for word in table.columns[place].name.split()), default=1)
    for row in table.rows:
        cell = shown(row[place])
        room = ROOM_FOR_SHAPE if cell.state else 0
        words = [cell.text] if cell.state or values.is_day(cell.text) else cell.text.split()
        longest = max([longest, *(len(word) + room for word in words)])
    return min(longest, LONGEST_WORD)


def is_parted(table: Table) -> bool:
    """Whether a table may go on on the next page: kept whole, a tall one would leave half a page empty before it."""
    cells = [shown(value) for row in table.rows for value in row]
    return len(table.rows) > SHORT_TABLE or sum(len(cell.text) + len(cell.note) for cell in cells) > SHORT_TEXT
