"""What a return says beside the one before it, and beside the records as they are now."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal

from upstream_web.core.money import pounds
from upstream_web.duty.models import FROZEN, DutyReturn
from upstream_web.duty.return_forms import Field, ReturnForm
from upstream_web.duty.return_queries import QUERIES, Period


@dataclass(frozen=True)
class Difference:
    """One field that says something else: before, now, and by how much where both are numbers."""

    field: Field
    before: str
    now: str

    @property
    def words(self) -> str:
        """By how much, in words; empty where it cannot be counted."""
        if self.field.type not in ("money", "number") or not (self.before and self.now):
            return ""
        by = Decimal(self.now) - Decimal(self.before)
        size = pounds(abs(by)) if self.field.type == "money" else f"{abs(by):,}"
        return f"{size} {'more' if by > 0 else 'less'}"

    @property
    def shown_before(self) -> str:
        """What it said before, as people read it."""
        return self.field.shown(self.before)

    @property
    def shown_now(self) -> str:
        """What it says now, as people read it."""
        return self.field.shown(self.now)


def previous(made: DutyReturn) -> DutyReturn | None:
    """Give the signed return of the same form for the latest period before this one."""
    kept = DutyReturn.objects.present().filter(form_key=made.form_key, state__in=FROZEN)
    before = [each for each in kept if (each.year, each.quarter) < (made.year, made.quarter)]
    return max(before, key=lambda each: (each.year, each.quarter), default=None)


def differences(form: ReturnForm, before: DutyReturn, now: DutyReturn) -> list[Difference]:
    """Give the fields in which two returns differ, in the order of the form."""
    return _differing(form.fields, before.answers, now.answers)


def drift(form: ReturnForm, made: DutyReturn) -> list[Difference]:
    """Give the fields of which the records say something else now than when they were drawn, and than the return."""
    period = Period(made.year, made.quarter)
    drawn = tuple(field for field in form.fields if field.query)
    live = {field.key: field.read(QUERIES[field.query](period)) for field in drawn}
    moved = tuple(field for field in drawn if live[field.key] != made.drawn.get(field.key, ""))
    return _differing(moved, made.answers, live)


def _differing(fields: tuple[Field, ...], before: dict[str, str], now: dict[str, str]) -> list[Difference]:
    pairs = ((field, before.get(field.key, ""), now.get(field.key, "")) for field in fields)
    return [Difference(field, was, is_now) for field, was, is_now in pairs if was != is_now]


def fingerprint_of(made: DutyReturn) -> str:
    """Give the hash of form, period and answers: the same answers have the same one, whoever works it out."""
    said = {"form": made.form_key, "year": made.year, "quarter": made.quarter, "answers": made.answers}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
