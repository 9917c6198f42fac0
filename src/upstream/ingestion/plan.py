"""Turns a contract and a file’s header into expressions: the value of every field, and every way it can be wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

import duckdb
from duckdb import CaseExpression as When
from duckdb import ColumnExpression as Column
from duckdb import ConstantExpression as Constant
from duckdb import Expression
from duckdb import FunctionExpression as Call

from upstream.codes import code_list
from upstream.ingestion import values
from upstream.ingestion.arrival import FileUnreadable
from upstream.ingestion.header import HeaderMatch, WideColumn
from upstream.sources import Field, Source
from upstream.sources.contract import Kind


def raw_name(position: int) -> str:
    """Name a column of the file in the relation: by its place, so that no header can clash with another."""
    return f"c{position}"


@dataclass(frozen=True)
class Check:
    """One way in which a row can be wrong. `condition` is true when it is."""

    position: int
    column: str
    condition: Expression
    what: str
    expected: str
    do: str


@dataclass
class Plan:
    """Expressions over the file’s raw columns."""

    values: dict[str, Expression] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)

    @property
    def faulty(self) -> Expression:
        """True when a row breaks any check; never empty."""
        return (
            values.truly(values.either(*(check.condition for check in self.checks))) if self.checks else Constant(False)
        )


def settle(
    engine: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation, plan: Plan
) -> tuple[duckdb.DuckDBPyRelation, Plan]:
    """Work everything out once into a table, and give the plan that reads the answers from it.

    Many columns make long expressions, and a long expression is costly each time it is asked again.
    """
    kept = [Column(name) for name in rows.columns]
    fields = [value.alias(f"field_{name}") for name, value in plan.values.items()]
    marks = [check.condition.alias(f"broken_{place}") for place, check in enumerate(plan.checks)]
    rows.select(*kept, *fields, *marks).to_table("settled")
    settled = Plan(
        {name: Column(f"field_{name}") for name in plan.values},
        [replace(check, condition=Column(f"broken_{place}")) for place, check in enumerate(plan.checks)],
    )
    return engine.table("settled"), settled


def make_plan(
    engine: duckdb.DuckDBPyConnection, source: Source, match: HeaderMatch, file_name: str, at: datetime
) -> Plan:
    """Plan the reading of one file. Raises `FileUnreadable` when its name lacks what the contract reads from it."""
    plan = Plan()
    for item in _years_first(source.fields):
        if item.in_file_name:
            _plan_file_name(engine, plan, source, item, file_name, at)
        elif item.part_of:
            _plan_part(plan, source, match, item)
        elif item.name in match.positions:
            _plan_field(plan, item, match, at)
        else:
            blank = Constant(item.default) if item.default else values.empty("VARCHAR")
            plan.values[item.name] = blank.cast(values.TYPE_OF_KIND[item.kind])
    for column in match.wide:
        _plan_wide(plan, column)
    return plan


def _years_first(fields: Iterable[Field]) -> list[Field]:
    return sorted(fields, key=lambda item: item.kind is Kind.MONTH_OF_FINANCIAL_YEAR)


def _plan_field(plan: Plan, item: Field, match: HeaderMatch, at: datetime) -> None:
    position = match.positions[item.name]
    header = match.headers[position]
    text = values.trimmed(Column(raw_name(position)), item.missing)
    if item.withheld:
        plan.values[f"{item.name}_withheld"] = values.truly(values.words(text, item.withheld))
        text = values.without(text, item.withheld)
    if item.required and not item.default:
        do = "Fill it in, or leave the row out."
        plan.checks.append(Check(position, header, text.isnull(), "empty", "A value was expected.", do))
    text = values.renamed(text, item.names)
    _plan_words(plan, item, position, header, text)
    year = plan.values[item.year_from] if item.year_from else None
    value = values.read_value(text, item.kind, formats=item.formats, year=year)
    if item.kind is not Kind.TEXT:
        expected = f"{_expected(item).capitalize()} was expected."
        unread = text.isnotnull() & value.isnull()
        plan.checks.append(Check(position, header, unread, f"not {_expected(item)}", expected, "Correct it."))
    for broken, bound in values.in_bounds(value, item, at):
        plan.checks.append(Check(position, header, broken, f"not {bound}", f"Expected: {bound}.", "Correct it."))
    plan.values[item.name] = _with_default(value, item)


def _with_default(value: Expression, item: Field) -> Expression:
    return When(value.isnull(), Constant(item.default)).otherwise(value) if item.default else value


def _expected(item: Field) -> str:
    said = values.EXPECTED.get(item.kind, "text")
    return f"{said} written {' or '.join(item.formats)}" if item.formats else said


def _plan_words(plan: Plan, item: Field, position: int, header: str, text: Expression) -> None:
    if item.codes and not item.tolerate_unknown_codes:
        known = sorted(code_list(item.codes))
        unknown = text.isnotnull() & text.isnotin(*(Constant(code) for code in known))
        shown = ", ".join(known[:4])
        expected = f"One of {item.codes} was expected ({shown}, …)."
        do = "Correct it; if the supplier has a new code, add it to the list."
        plan.checks.append(Check(position, header, unknown, "not in the code list", expected, do))
    for pattern in filter(None, (item.pattern, item.split)):
        unlike = text.isnotnull() & (Call("regexp_matches", text, Constant(_re2(pattern))) == Constant(False))
        plan.checks.append(
            Check(
                position,
                header,
                unlike,
                "not of the form expected",
                f"Text like {pattern} was expected.",
                "Correct it.",
            )
        )


def _re2(pattern: str) -> str:
    """Take the names off the groups of a pattern: DuckDB’s engine wants none."""
    return re.sub(r"\(\?P<\w+>", "(", pattern)


def _plan_part(plan: Plan, source: Source, match: HeaderMatch, item: Field) -> None:
    whole = source.field(item.part_of)
    number = re.compile(item.split).groupindex[item.name]
    text = values.trimmed(Column(raw_name(match.positions[whole.name])), whole.missing)
    found = Call("regexp_extract", text, Constant(_re2(item.split)), Constant(number))
    plan.values[item.name] = Call("nullif", found, Constant(""))


def name_values(source: Source, file_name: str) -> dict[str, str]:
    """Read what the name of a file says, as far as the contract reads names."""
    match = re.search(source.file_name_pattern, file_name) if source.file_name_pattern else None
    return {name: text for name, text in match.groupdict().items() if text} if match else {}


def _plan_file_name(
    engine: duckdb.DuckDBPyConnection, plan: Plan, source: Source, item: Field, file_name: str, at: datetime
) -> None:
    text = name_values(source, file_name).get(item.name)
    if not text:
        raise FileUnreadable(
            f"The name “{file_name}” does not say the {item.name.replace('_', ' ')}.",
            expected=f"A name like {source.file_names} was expected.",
            do="Give the file the name under which it was published.",
        )
    value = values.read_value(Constant(text), item.kind, formats=item.formats)
    broken = [value.isnull(), *(condition for condition, _ in values.in_bounds(value, item, at))]
    if any(engine.values([1]).select(*broken).fetchall()[0]):
        raise FileUnreadable(
            f"The name “{file_name}” says “{text}”.",
            expected=f"{_expected(item).capitalize()}, not after the day of loading, was expected.",
            do="Correct the name.",
        )
    plan.values[item.name] = value


def wide_name(column: WideColumn) -> str:
    """Name the value of one wide column in the typed relation."""
    return f"wide_{column.position}"


def _plan_wide(plan: Plan, column: WideColumn) -> None:
    wide = column.wide
    kind = wide.values[column.value]
    text = values.trimmed(Column(raw_name(column.position)), wide.missing)
    if wide.withheld:
        withheld = values.truly(values.words(text, wide.withheld))
        plan.values[f"{wide_name(column)}_withheld"] = withheld
        text = values.without(text, wide.withheld)
    value = values.read_value(text, kind)
    plan.values[wide_name(column)] = value
    expected = f"{values.EXPECTED[kind].capitalize()} was expected."
    broken = text.isnotnull() & value.isnull()
    what = f"not {values.EXPECTED[kind]}"
    plan.checks.append(Check(column.position, column.header, broken, what, expected, "Correct it."))
    if wide.minimum is not None:
        low = value < Constant(wide.minimum)
        bound = f"{wide.minimum:g} or more"
        plan.checks.append(
            Check(column.position, column.header, low, f"not {bound}", f"Expected: {bound}.", "Correct it.")
        )
