"""How the text of a cell becomes a value of its kind, as expressions that DuckDB runs over whole columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from duckdb import CaseExpression as When
from duckdb import ConstantExpression as Constant
from duckdb import Expression
from duckdb import FunctionExpression as Call

from upstream.sources.contract import Field, Kind

GROUPED = r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"
WHOLE = r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.0+)?"
TRUE_WORDS = ("true", "yes", "y", "1")
FALSE_WORDS = ("false", "no", "n", "0")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

TYPE_OF_KIND = {
    Kind.TEXT: "VARCHAR",
    Kind.WHOLE: "BIGINT",
    Kind.DECIMAL: "DOUBLE",
    Kind.DATE: "DATE",
    Kind.MONTH: "DATE",
    Kind.MOMENT: "TIMESTAMP",
    Kind.FLAG: "BOOLEAN",
    Kind.SCHOOL_YEAR: "BIGINT",
    Kind.FINANCIAL_YEAR: "DATE",
    Kind.MONTH_OF_FINANCIAL_YEAR: "DATE",
}

EXPECTED = {
    Kind.WHOLE: "a whole number",
    Kind.DECIMAL: "a number",
    Kind.DATE: "a date",
    Kind.MONTH: "a month written YYYY-MM",
    Kind.MOMENT: "a date and time",
    Kind.FLAG: "True or False",
    Kind.SCHOOL_YEAR: "a school year written 201617 or 2016/17",
    Kind.FINANCIAL_YEAR: "a financial year written 2016/17",
    Kind.MONTH_OF_FINANCIAL_YEAR: "the name of a month",
}


def empty(type_name: str) -> Expression:
    """Make an empty value of a type."""
    return Constant(None).cast(type_name)


def either(first: Expression, *others: Expression) -> Expression:
    """Join conditions with “or”."""
    for other in others:
        first = first | other
    return first


def truly(condition: Expression) -> Expression:
    """Make a condition that is never empty: what cannot be told is not so."""
    return When(condition, Constant(True)).otherwise(Constant(False))


def words(value: Expression, given: Iterable[str]) -> Expression:
    """Tell whether a text is one of the words given."""
    return value.isin(*(Constant(word) for word in given))


def without(text: Expression, given: Iterable[str]) -> Expression:
    """Make the words given empty."""
    for word in given:
        text = Call("nullif", text, Constant(word))
    return text


def trimmed(raw: Expression, missing: Iterable[str] = ()) -> Expression:
    """Strip blanks; a blank cell and the words that mean nothing become empty."""
    return without(Call("trim", raw), ("", *filter(None, missing)))


def renamed(text: Expression, names: Mapping[str, str]) -> Expression:
    """Turn the supplier’s words into ours; words not listed stay."""
    if not names:
        return text
    case = None
    for theirs, ours in names.items():
        condition = text == Constant(theirs)
        case = When(condition, Constant(ours)) if case is None else case.when(condition, Constant(ours))
    assert case is not None
    return case.otherwise(text)


def read_value(
    text: Expression, kind: Kind, *, formats: tuple[str, ...] = (), year: Expression | None = None
) -> Expression:
    """Read a trimmed text as a value of its kind; what cannot be read becomes empty."""
    if kind is Kind.WHOLE:
        return _ungrouped(text, WHOLE).try_cast("BIGINT")
    if kind is Kind.DECIMAL:
        grouped = Call("contains", text, Constant(","))
        return When(grouped, _ungrouped(text, GROUPED)).otherwise(text.try_cast("DOUBLE"))
    if kind is Kind.DATE:
        return _strptime(text, formats or ("%Y-%m-%d",))
    if kind is Kind.MONTH:
        if formats:
            return Call("date_trunc", Constant("month"), _strptime(text, formats)).cast("DATE")
        return Call("concat", text, Constant("-01")).try_cast("DATE")
    if kind is Kind.MOMENT:
        return Call("timezone", Constant("UTC"), text.try_cast("TIMESTAMPTZ"))
    if kind is Kind.FLAG:
        lower = Call("lower", text)
        yes = When(words(lower, TRUE_WORDS), Constant(True))
        return yes.when(words(lower, FALSE_WORDS), Constant(False)).otherwise(empty("BOOLEAN"))
    if kind is Kind.SCHOOL_YEAR:
        return _second_year(text)
    if kind is Kind.FINANCIAL_YEAR:
        return Call("make_date", _second_year(text), Constant(3), Constant(31))
    if kind is Kind.MONTH_OF_FINANCIAL_YEAR:
        return _month_of_financial_year(text, year)
    return text


def _ungrouped(text: Expression, form: str) -> Expression:
    number = Call("replace", text, Constant(","), Constant("")).try_cast("DOUBLE")
    return When(Call("regexp_full_match", text, Constant(form)), number).otherwise(empty("DOUBLE"))


def _strptime(text: Expression, formats: tuple[str, ...]) -> Expression:
    given = [Constant(item) for item in formats]
    chosen = given[0] if len(given) == 1 else Call("list_value", *given)
    return Call("try_strptime", text, chosen).cast("DATE")


def _second_year(text: Expression) -> Expression:
    """Read 201617, 2016/17 or 2016-17 as 2017, provided that the second part follows the first."""
    first = Call("regexp_extract", text, Constant(r"^(\d{4})[/-]?(\d{2})$"), Constant(1)).try_cast("BIGINT")
    second = Call("regexp_extract", text, Constant(r"^(\d{4})[/-]?(\d{2})$"), Constant(2)).try_cast("BIGINT")
    following = first + Constant(1)
    return When(following % Constant(100) == second, following).otherwise(empty("BIGINT"))


def _month_of_financial_year(text: Expression, year: Expression | None) -> Expression:
    """Place a month in the year that starts in April: April of 2012-13 is 2012-04, January is 2013-01."""
    assert year is not None
    short = Call("lower", Call("substr", text, Constant(1), Constant(3)))
    number = Call("nullif", Call("list_position", Call("list_value", *map(Constant, MONTHS)), short), Constant(0))
    first = Call("substr", year, Constant(1), Constant(4)).try_cast("BIGINT")
    calendar = When(number < Constant(4), first + Constant(1)).otherwise(first)
    return Call("make_date", calendar, number.cast("BIGINT"), Constant(1))


def in_bounds(value: Expression, item: Field, at: datetime) -> list[tuple[Expression, str]]:
    """List the bounds that a value may break: a condition that is true when broken, and what was expected."""
    bounds: list[tuple[Expression, str]] = []
    if item.kind is Kind.DECIMAL and item.maximum is None:
        bounds.append((Call("isfinite", value) == Constant(False), "a number with an end"))
    if item.minimum is not None:
        bounds.append((value < Constant(item.minimum), f"{item.minimum:g} or more"))
    if item.maximum is not None:
        bounds.append((value > Constant(item.maximum), f"{item.maximum:g} or less"))
    if item.earliest:
        bounds.append((value < Constant(date.fromisoformat(item.earliest)), f"{item.earliest} or later"))
    elif item.kind in (Kind.DATE, Kind.MONTH, Kind.MOMENT):
        bounds.append((value < Constant(date(1900, 1, 1)), "a date after 1900"))
    if item.not_after_load:
        latest: date | datetime = _in_utc(at) if item.kind is Kind.MOMENT else at.date()
        bounds.append((value > Constant(latest), f"a date not after the day of loading ({at:%Y-%m-%d})"))
    return bounds


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
