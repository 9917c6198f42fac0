"""What a rule of the database says to the person who broke it, in the words of the record.

The rule itself is written once, as a constraint of the model. Its name means nothing to those who write records.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import BaseConstraint, CheckConstraint, F, Model, Q, UniqueConstraint

from upstream_web.core import words

Compare = Callable[[Any, Any], Any]
# How a lookup compares; what is said of days and of numbers that break it; what to give instead.
COMPARISONS: Mapping[str, tuple[Compare, str, str, str]] = {
    "gte": (operator.ge, "is before", "is less than", "{} or more"),
    "gt": (operator.gt, "is not after", "is not more than", "more than {}"),
    "lte": (operator.le, "is after", "is more than", "{} or less"),
    "lt": (operator.lt, "is not before", "is not less than", "less than {}"),
}


@dataclass(frozen=True)
class Comparison:
    """That a field stands in some order to a value, or to another field, which is then an `F`."""

    name: str
    lookup: str
    bound: Any


def said_of(constraint: BaseConstraint, record: Model) -> dict[str, list[str]]:
    """Say what is wrong with a record that breaks a rule, by the field where it is put right."""
    if str(constraint.violation_error_message) != str(constraint.default_violation_error_message):
        return {NON_FIELD_ERRORS: [str(constraint.get_violation_error_message())]}
    if isinstance(constraint, UniqueConstraint) and constraint.fields:
        return {constraint.fields[-1]: [_said_twice(constraint.fields, record)]}
    if not isinstance(constraint, CheckConstraint):
        return {NON_FIELD_ERRORS: ["This is kept already. Open the one that is there, or write another."]}
    broken = [each for each in comparisons(constraint.condition) if not _holds(each, record)]
    return {each.name: [_said(each, record)] for each in broken} or {
        NON_FIELD_ERRORS: [_unlike(constraint.condition, record)]
    }


def bounds_of(model: type[Model]) -> Iterator[Comparison]:
    """Give the whole numbers between which the rules of a model hold its fields."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            yield from (each for each in comparisons(constraint.condition) if isinstance(each.bound, int))


def comparisons(condition: Any) -> Iterator[Comparison]:
    """Give the comparisons that a condition consists of; none where it is more than “all of these”."""
    children = [child for child in condition.children if not _is_nothing(child)]
    if condition.negated or (condition.connector == Q.OR and len(children) > 1):
        return
    for child in children:
        if isinstance(child, Q):
            yield from comparisons(child)
        elif isinstance(child, tuple):
            yield from _comparisons_of(*child)


def _comparisons_of(lookup: str, bound: Any) -> Iterator[Comparison]:
    name, _, how = lookup.partition("__")
    if how == "range":
        yield Comparison(name, "gte", bound[0])
        yield Comparison(name, "lte", bound[1])
    elif how in COMPARISONS:
        yield Comparison(name, how, bound)


def _is_nothing(child: Any) -> bool:
    return isinstance(child, tuple) and (child[1] is None or (child[0].endswith("__isnull") and child[1] is True))


def _bound_of(compared: Comparison, record: Model) -> Any:
    return getattr(record, _name_of(compared.bound)) if isinstance(compared.bound, F) else compared.bound


def _name_of(field: Any) -> str:
    return str(field.name)


def _holds(compared: Comparison, record: Model) -> bool:
    value, bound = getattr(record, compared.name), _bound_of(compared, record)
    return value is None or bound is None or bool(COMPARISONS[compared.lookup][0](value, bound))


def _said(compared: Comparison, record: Model) -> str:
    value, bound = getattr(record, compared.name), _bound_of(compared, record)
    _, of_days, of_numbers, wanted = COMPARISONS[compared.lookup]
    label = f"“{_label(record, compared.name)}”"
    if not isinstance(compared.bound, F):
        return f"{label} is {_shown(value)}: give {wanted.format(bound)}"
    order = of_days if isinstance(value, date | time) else of_numbers
    other = f"“{_label(record, _name_of(compared.bound))}”"
    return f"{label}, {_shown(value)}, {order} {other}, {_shown(bound)}: put one of the two right"


def _said_twice(names: Sequence[str], record: Model) -> str:
    labels = " and ".join(f"“{_label(record, name)}”" for name in names)
    return f"There is one with the same {labels} already: open that one, or give another"


def _unlike(condition: Any, record: Model) -> str:
    labels = ", ".join(f"“{_label(record, name)}”" for name in dict.fromkeys(_names_in(condition)))
    return f"This does not go together: {labels}. Look at each again, and put right what does not fit."


def _names_in(condition: Any) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _names_in(child)
        elif isinstance(child, tuple):
            yield child[0].partition("__")[0]


def _label(record: Model, name: str) -> str:
    return words.capital(str(getattr(record._meta.get_field(name), "verbose_name", name)))


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return words.moment_words(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return words.short_day_words(value) if isinstance(value, date) else str(value)
