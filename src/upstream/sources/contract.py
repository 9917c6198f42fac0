"""What a contract says, as frozen records. `upstream.sources.reader` makes them from TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from upstream.tables import FieldClass


class Kind(StrEnum):
    """How the text of a cell is read."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"
    MONTH = "month"
    MOMENT = "moment"
    FLAG = "flag"
    SCHOOL_YEAR = "school year"
    FINANCIAL_YEAR = "financial year"
    MONTH_OF_FINANCIAL_YEAR = "month of financial year"


class Period(StrEnum):
    """What one value of the period column stands for."""

    MONTH = "month"
    YEAR = "year"
    YEAR_ENDING = "year ending"
    SCHOOL_YEAR = "school year"
    NONE = "none"


class Whole(StrEnum):
    """When a delivery is taken to hold all rows of a supplier and period."""

    ALWAYS = "always"
    BY_MAJORITY = "by majority"
    NEVER = "never"


class FaultPolicy(StrEnum):
    """What a faulty row does to its file."""

    REFUSE_ROWS = "refuse rows"
    REFUSE_FILE = "refuse file"


@dataclass(frozen=True)
class Field:
    """One thing that the file says about a row: where it is found, how it is read, how careful to be with it.

    `names` turns the supplier's words into ours; `missing` are words that mean nothing is there; `withheld` are
    words that mean the supplier holds the value back (the field `<name>_withheld` then says so). `default` stands in
    for a blank.
    `tolerate_unknown_codes` keeps a row whose code is not in the list, with a warning.
    """

    name: str
    found: str = ""
    aliases: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    meaning: str = ""
    field_class: FieldClass = FieldClass.ORDINARY
    required: bool = False
    optional_column: bool = False
    formats: tuple[str, ...] = ()
    codes: str = ""
    tolerate_unknown_codes: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    default: str = ""
    withheld: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    earliest: str = ""
    not_after_load: bool = False
    pattern: str = ""
    split: str = ""
    part_of: str = ""
    year_from: str = ""
    in_file_name: bool = False

    @property
    def found_names(self) -> tuple[str, ...]:
        """Headers under which the field is known, the present one first."""
        return (self.found, *self.aliases)


@dataclass(frozen=True)
class Wide:
    """Columns that are really rows: one a year, an age, a domain.

    `found` is matched against every header; its named groups become fields. The group called `value` says which of
    `values` the column holds when several columns make one row (score, rank and decile of a domain).
    """

    found: re.Pattern[str]
    values: Mapping[str, Kind]
    captures: Mapping[str, Kind]
    names: Mapping[str, Mapping[str, str]]
    fixed: Mapping[str, str | int]
    withheld: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    minimum: float | None = None
    skip_blank: bool = True


@dataclass(frozen=True)
class Fixed:
    """A value that the contract itself gives."""

    value: str | int | float | bool


@dataclass(frozen=True)
class Output:
    """What the file gives to one published table.

    `columns` maps a published column to a field, or to a fixed value. A row goes to this table only when every
    field of `present` has a value and every field of `keep` has one of the values listed. `distinct` says that
    many rows of the file say the same thing once (the ward of every LSOA).
    """

    table: str
    columns: Mapping[str, str | Fixed]
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    present: tuple[str, ...] = ()
    distinct: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: which rows are its header, which one starts the data, what is not data.

    Header cells that span columns are carried to the right, and the parts of a header are joined with " | ".
    `carry_down` names columns whose blank cells mean "as above"; `stop` and `skip` are patterns for the first cell.
    """

    name: str
    header_rows: tuple[int, ...]
    carry_down: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ("",)
    skip: str = ""


@dataclass(frozen=True)
class Coverage:
    """How deliveries of the feed divide into slices, and when one supersedes another."""

    supplier: str = ""
    period: str = ""
    unit: Period = Period.NONE
    whole: Whole = Whole.ALWAYS


@dataclass(frozen=True)
class Terms:
    """On what footing the data are held."""

    licence: str = ""
    agreement: str = ""
    lawful_basis: str = ""
    gateway: str = ""
    retention: str = ""


@dataclass(frozen=True)
class Source:
    """One feed: who supplies it, on what terms, in what form, and what each column becomes."""

    name: str
    title: str
    supplier: str
    about: str
    frequency: str
    lag_days: int | None
    terms: Terms
    format: str
    file_names: str
    file_name_pattern: str
    delimiter: str
    encoding: str
    fields: tuple[Field, ...]
    wide: tuple[Wide, ...]
    outputs: tuple[Output, ...]
    dropped: Mapping[str, str]
    ignored: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    coverage: Coverage
    identifier: str
    faults: FaultPolicy
    refuse_file_above: float
    version: str

    @property
    def tables(self) -> tuple[str, ...]:
        """Published tables that the feed fills, each once."""
        return tuple(dict.fromkeys(output.table for output in self.outputs))

    @property
    def licence(self) -> str:
        """Under what licence the data come."""
        return self.terms.licence

    @property
    def agreement(self) -> str:
        """Agreement with the supplier, where there is one."""
        return self.terms.agreement

    @property
    def lawful_basis(self) -> str:
        """Basis in data protection law."""
        return self.terms.lawful_basis

    @property
    def gateway(self) -> str:
        """Legal power by which the supplier may disclose."""
        return self.terms.gateway

    @property
    def retention(self) -> str:
        """How long the rows are kept."""
        return self.terms.retention

    def field(self, name: str) -> Field:
        """Find the field called `name`; raises KeyError when the contract has none."""
        for item in self.fields:
            if item.name == name:
                return item
        raise KeyError(name)

    @property
    def field_classes(self) -> dict[str, FieldClass]:
        """Class of every field that is kept, by its name."""
        return {item.name: item.field_class for item in self.fields}
