"""Forms of returns as data: what is asked, of which type, and which named query answers it from the records.

Those of this folder come with the software; a partnership puts its own beside its clocks, in `returns/` of its folder.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from upstream.exceptions import InputRefused
from upstream_web.core.money import PENNY, pounds

TYPES = ("money", "number", "text", "yes or no")
EVERY = ("quarter", "year")


class ReturnFormRefused(InputRefused):
    """A form of a return says something impossible."""


class AnswerImpossible(InputRefused):
    """An answer is not of the type that its field asks for."""


IN_FIGURES = "Write it in figures."


@dataclass(frozen=True)
class Field:
    """One question: typed by a person, or drawn from live records by `query`."""

    key: str
    label: str
    type: str
    query: str = ""
    hint: str = ""
    optional: bool = False

    def read(self, words: str) -> str:
        """Write an answer in the one way in which it is kept; empty stays empty. Raises `AnswerImpossible`."""
        words = words.strip()
        if not words or self.type == "text":
            return words
        if self.type == "yes or no":
            if words.lower() not in ("yes", "no"):
                raise AnswerImpossible(f"“{words}” is neither yes nor no.")
            return words.lower()
        try:
            amount = Decimal(words.replace("£", "").replace(",", "").replace("−", "-"))
        except InvalidOperation:
            raise AnswerImpossible(f"“{words}” is not a number.", do=IN_FIGURES) from None
        if not amount.is_finite() or (self.type == "number" and amount != amount.to_integral_value()):
            raise AnswerImpossible(f"“{words}” is not a whole number.", do=IN_FIGURES)
        return str(amount.quantize(PENNY) if self.type == "money" else amount.to_integral_value())

    def shown(self, kept: str) -> str:
        """Write a kept answer as people read it."""
        if not kept:
            return ""
        if self.type == "money":
            return pounds(Decimal(kept))
        return f"{int(kept):,}" if self.type == "number" else kept


@dataclass(frozen=True)
class Part:
    """A headed part of a return."""

    heading: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class ReturnForm:
    """One return: to whom it goes, how often, on which clock it is due, and what it asks."""

    key: str
    title: str
    to: str
    every: str
    clock: str
    source: str
    parts: tuple[Part, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field in order."""
        return tuple(field for part in self.parts for field in part.fields)


def read_form(path: Path) -> ReturnForm:
    """Read one form; raises `ReturnFormRefused` with every fault."""
    told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = tuple(
        Part(each["heading"], tuple(Field(**field) for field in each["field"])) for each in told.pop("part", ())
    )
    form = ReturnForm(**told, parts=parts)
    faults = _faults(form)
    if faults:
        raise ReturnFormRefused(f"{path.name}: {' '.join(faults)}")
    return form


def _faults(form: ReturnForm) -> list[str]:
    from upstream_web.duty.return_queries import QUERIES

    keys = [field.key for field in form.fields]
    found = [f"The key {key!r} stands twice." for key in sorted({key for key in keys if keys.count(key) > 1})]
    found += [f"{f.key}: {f.type!r} is none of {', '.join(TYPES)}." for f in form.fields if f.type not in TYPES]
    found += [f"{f.key}: there is no query {f.query!r}." for f in form.fields if f.query and f.query not in QUERIES]
    if form.every not in EVERY:
        found.append(f"A return comes every quarter or year, not every {form.every!r}.")
    return found


@lru_cache(maxsize=4)
def _forms(partnership_folder: str) -> dict[str, ReturnForm]:
    own = Path(partnership_folder) / "returns"
    paths = [*sorted(Path(__file__).parent.glob("*.toml")), *sorted(own.glob("*.toml"))]
    return {form.key: form for form in map(read_form, paths)}


def forms() -> dict[str, ReturnForm]:
    """Give every form by its key; a partnership's own takes the place of one of the same key."""
    return _forms(str(settings.PARTNERSHIP_FOLDER))


def find_form(key: str) -> ReturnForm | None:
    """Give the form of a key; None for one that is not, or no longer, kept."""
    return forms().get(key)
