"""What a column and a table are. A table's module says what each of its columns means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class FieldClass(StrEnum):
    """How careful one must be with a field; the gateway table is written in these terms."""

    ORDINARY = "ordinary"
    SPECIAL_CATEGORY = "special category"
    CRIMINAL_OFFENCE = "criminal offence"
    PATIENT = "patient"
    THIRD_PARTY = "third party"
    IDENTIFIER = "identifier"


class Type(StrEnum):
    """Types a column may have, named as DuckDB names them."""

    TEXT = "VARCHAR"
    WHOLE = "BIGINT"
    DECIMAL = "DOUBLE"
    DATE = "DATE"
    MOMENT = "TIMESTAMP"
    FLAG = "BOOLEAN"


@dataclass(frozen=True)
class Column:
    """One column of a published table."""

    name: str
    type: Type
    meaning: str
    unit: str = ""
    required: bool = False


@dataclass(frozen=True)
class Table:
    """One published table: what a row is, where it comes from, what to beware of.

    `slice_by` names the columns that say which delivery a row belongs to (a new delivery of the same
    slice supersedes the old one). Empty means that rows are told apart by `key` and the newest wins.
    """

    name: str
    row_is: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    slice_by: tuple[str, ...] = ()
    period_column: str = ""
    caveats: tuple[str, ...] = field(default=())

    def column(self, name: str) -> Column:
        """Find the column called `name`; raises KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in their order."""
        return tuple(column.name for column in self.columns)
