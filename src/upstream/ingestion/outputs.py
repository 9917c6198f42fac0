"""Writes sound rows as Parquet for the published tables, turning wide columns into rows on the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
from duckdb import CaseExpression as When
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant
from duckdb import Expression
from duckdb import FunctionExpression as Call

from upstream.ingestion import values
from upstream.ingestion.header import WideColumn
from upstream.ingestion.plan import Plan, wide_name
from upstream.sources import Output, Source
from upstream.sources.contract import Fixed, Kind
from upstream.tables import TABLES

COMPRESSION = "zstd"
Relation = duckdb.DuckDBPyRelation


def is_direct(source: Source) -> bool:
    """Tell whether one row of the file is simply one row of one table, so that it can be written in one pass."""
    only = source.outputs[0]
    plain = not (only.keep or only.present or only.distinct)
    return len(source.outputs) == 1 and plain and not source.wide


def write_direct(rows: Relation, source: Source, plan: Plan, staging: Path, receipt: str) -> dict[str, Path]:
    """Write the only table of a direct source straight from the text; a faulty row stops it with a duckdb.Error.

    The checks stand in the same list as the values, so that DuckDB works out what they share once. As a filter
    they would be worked out a second time, which doubles the time of the whole load.
    """
    output = source.outputs[0]
    chosen: dict[str, Expression | Fixed] = {
        name: given if isinstance(given, Fixed) else plan.values[given] for name, given in output.columns.items()
    }
    if plan.checks:
        first = next(name for name, given in chosen.items() if not isinstance(given, Fixed))
        stop = Call("error", Constant("faulty row")).cast("VARCHAR")
        value = chosen[first]
        assert not isinstance(value, Fixed)
        chosen[first] = When(plan.faulty, stop.cast(_type_of(output, first))).otherwise(value)
    target = staging / f"{output.table}.parquet"
    rows.select(*_published(output, chosen, receipt)).write_parquet(str(target), compression=COMPRESSION)
    return {output.table: target}


def _type_of(output: Output, column: str) -> str:
    return TABLES[output.table].column(column).type.value


def write_sound(rows: Relation, source: Source, plan: Plan, staging: Path, receipt: str) -> dict[str, Path]:
    """Write the sound rows of a direct source, passing over the faulty ones."""
    return write_direct(rows.filter(~plan.faulty), source, replace(plan, checks=[]), staging, receipt)


def write(
    rows: Relation,
    source: Source,
    plan: Plan,
    wide: tuple[WideColumn, ...],
    staging: Path,
    receipt: str,
) -> dict[str, Path]:
    """Write every table that the source fills; returns the files by table."""
    typed = rows.select(*(value.alias(name) for name, value in plan.values.items()))
    long = _lengthen(typed, source, wide) if wide else typed
    shares: dict[str, Relation] = {}
    for output in source.outputs:
        share = _share(long if _uses(output, long, typed) else typed, output, receipt)
        shares[output.table] = shares[output.table].union(share) if output.table in shares else share
    written = {}
    for table, share in shares.items():
        target = staging / f"{table}.parquet"
        share.write_parquet(str(target), compression=COMPRESSION)
        written[table] = target
    return written


def _uses(output: Output, long: Relation, typed: Relation) -> bool:
    """Tell whether an output needs a field that only the lengthened rows have."""
    only_long = set(long.columns) - set(typed.columns)
    wanted = {given for given in output.columns.values() if isinstance(given, str)} | {*output.keep, *output.present}
    return bool(wanted & only_long)


def _share(rows: Relation, output: Output, receipt: str) -> Relation:
    for name in output.present:
        rows = rows.filter(Column(name).isnotnull())
    for name, allowed in output.keep.items():
        rows = rows.filter(values.words(Column(name), allowed))
    chosen: dict[str, Expression | Fixed] = {
        name: given if isinstance(given, Fixed) else Column(given) for name, given in output.columns.items()
    }
    share = rows.select(*_published(output, chosen, receipt))
    return share.distinct() if output.distinct else share


def _published(output: Output, chosen: dict[str, Expression | Fixed], receipt: str) -> list[Expression]:
    """List the columns of the published table in its order and types, with the receipt at the end."""
    listed = []
    for column in TABLES[output.table].columns:
        given = chosen.get(column.name)
        expression = (
            Constant(given.value if isinstance(given, Fixed) else None)
            if given is None or isinstance(given, Fixed)
            else given
        )
        listed.append(expression.cast(column.type.value).alias(column.name))
    return [*listed, Constant(receipt).alias("receipt")]


def _lengthen(typed: Relation, source: Source, wide: tuple[WideColumn, ...]) -> Relation:
    """Make one row of every group of wide columns that share what their names say."""
    groups: dict[tuple[int, tuple[tuple[str, str], ...]], dict[str, WideColumn]] = {}
    for column in wide:
        key = (source.wide.index(column.wide), column.captured)
        groups.setdefault(key, {})[column.value] = column
    lists: dict[str, list[Expression]] = {}
    for name, kind in _long_fields(source).items():
        cells = [_cell(name, source, place, captured, columns) for (place, captured), columns in groups.items()]
        lists[name] = [cell.cast(values.TYPE_OF_KIND[kind]) for cell in cells]
    fixed = [Column(name) for name in typed.columns if not name.startswith("wide_")]
    unnested = [Call("unnest", Call("list_value", *cells)).alias(name) for name, cells in lists.items()]
    long = typed.select(*fixed, *unnested)
    return _without_blanks(long, source)


def _long_fields(source: Source) -> dict[str, Kind]:
    fields: dict[str, Kind] = {}
    for wide in source.wide:
        fields |= {**wide.values, **wide.captures}
        fields |= {name: Kind.WHOLE if isinstance(value, int) else Kind.TEXT for name, value in wide.fixed.items()}
        if wide.withheld:
            fields |= {f"{name}_withheld": Kind.FLAG for name in wide.values}
    return fields


def _cell(
    name: str, source: Source, place: int, captured: tuple[tuple[str, str], ...], columns: dict[str, WideColumn]
) -> Expression:
    said = dict(captured) | dict(source.wide[place].fixed)
    if name in said:
        return Constant(said[name])
    value = name.removesuffix("_withheld")
    if value in columns and (value == name or columns[value].wide.withheld):
        return Column(wide_name(columns[value]) + name.removeprefix(value))
    return Constant(None)


def _without_blanks(long: Relation, source: Source) -> Relation:
    """Leave out what the file leaves blank, unless the contract says that a blank is worth a row."""
    if not all(wide.skip_blank for wide in source.wide):
        return long
    names = {name for wide in source.wide for name in wide.values}
    filled = [Column(name).isnotnull() for name in sorted(names)]
    filled += [Column(f"{name}_withheld") for wide in source.wide if wide.withheld for name in wide.values][:1]
    return long.filter(values.either(*filled))


def count_rows(engine: duckdb.DuckDBPyConnection, written: dict[str, Path]) -> int:
    """Count the rows of the Parquet files written."""
    counts = [engine.read_parquet(str(path)).count("*").fetchall()[0][0] for path in written.values()]
    return sum(counts)
