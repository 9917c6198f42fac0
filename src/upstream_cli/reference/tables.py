"""The page about the published tables."""

from __future__ import annotations

from upstream.partnership import Partnership
from upstream.tables import TABLES, Table
from upstream_cli.reference.markdown import code, opening, table

INTRODUCTION = """\
Every build holds these tables, under these names and with these columns, whether or not anything has been landed
in them. A row keeps the identifier of the receipt it came with in one more column, `receipt`.

Types are DuckDB's. Dates of periods are the first day of the period. An empty value is unknown, never zero.
"""


def page(partnership: Partnership) -> str:
    """Write the page; the tables are the same for every partnership."""
    contents = table(("table", "a row is"), ((f"[{t.name}](#{t.name})", t.row_is) for t in TABLES.values()))
    return "\n".join([opening("Tables", INTRODUCTION), contents, *(section(t) for t in TABLES.values())])


def section(described: Table) -> str:
    """Write one table: what a row is, its columns, how deliveries replace each other, what to beware of."""
    rows = ((code(c.name), c.type.value, c.meaning, c.unit, "yes" if c.required else "") for c in described.columns)
    parts = [
        f"## {described.name}\n\nA row is {described.row_is}. {supersession(described)}\n",
        table(("column", "type", "meaning", "unit", "always there"), rows),
    ]
    if described.caveats:
        parts.append("\n".join(f"- {caveat}" for caveat in described.caveats) + "\n")
    return "\n".join(parts)


def supersession(described: Table) -> str:
    """Say which rows a later delivery replaces."""
    if described.slice_by:
        names = " and ".join(code(name) for name in described.slice_by)
        return f"A later delivery replaces all rows of the same {names}."
    if described.key:
        names = ", ".join(code(name) for name in described.key)
        return f"Rows are told apart by {names}; the newest is in force."
    return "A later delivery replaces all rows of the earlier one."
