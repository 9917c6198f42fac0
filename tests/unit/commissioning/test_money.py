"""What a fund has, has promised and paid: the parts come to the whole, and too much is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from upstream_web.commissioning import money


@dataclass(frozen=True)
class Payment:
    amount: Decimal
    planned_on: date
    paid: Decimal | None = None
    paid_on: date | None = None
    is_cancelled: bool = False


@dataclass(frozen=True)
class Agreed:
    value: Decimal
    is_signed: bool = True
    has_ended_early: bool = False


AMOUNTS = st.decimals(min_value=0, max_value=1_000_000, places=2)
DAYS = st.dates(date(2025, 4, 1), date(2028, 3, 31))


@st.composite
def payments(draw):
    amount, day = draw(AMOUNTS), draw(DAYS)
    paid = draw(st.none() | st.just(amount))
    return Payment(amount, day, paid, day + timedelta(days=draw(st.integers(0, 40))) if paid is not None else None,
                   draw(st.booleans()) and paid is None)  # fmt: skip


AGREED = st.builds(Agreed, AMOUNTS, st.booleans(), st.booleans())


@given(AMOUNTS, st.lists(st.tuples(AGREED, st.lists(payments(), max_size=5)), max_size=5))
def test_what_is_unallocated_and_committed_comes_to_what_there_is(amount, agreed):
    found = money.standing(amount, agreed)
    assert found.unallocated + found.committed == amount
    assert found.over == max(found.committed - amount, Decimal(0))
    assert ("more is promised than there is" in found.sentence) == (found.over > 0)


@given(st.lists(payments(), max_size=12), st.booleans())
def test_years_hold_every_payment_once(paying, carries_over):
    years = money.by_year({2025: Decimal(1000), 2026: Decimal(2000)}, paying, carries_over=carries_over)
    assert sum(each.paid + each.to_pay for each in years) == sum(money.expected(each) for each in paying)
    assert all(each.brought >= 0 for each in years)
    assert carries_over or all(each.brought == 0 for each in years)


@given(st.lists(payments(), max_size=12), DAYS)
def test_two_spans_that_touch_come_to_the_whole(paying, day):
    first, last = date(2025, 1, 1), date(2029, 1, 1)
    before, after = money.spend(paying, first, day), money.spend(paying, day + timedelta(days=1), last)
    whole = money.spend(paying, first, last)
    assert (before.planned + after.planned, before.spent + after.spent) == (whole.planned, whole.spent)


# By hand: £100 for 2025-26, £40 paid in it and £30 planned: £30 left, which goes on; £50 of the next year's £20 + £30.
def test_what_is_left_goes_on_where_the_fund_allows_it():
    paying = [
        Payment(Decimal(40), date(2025, 6, 1), Decimal(40), date(2025, 6, 20)),
        Payment(Decimal(30), date(2026, 3, 31)),
        Payment(Decimal(60), date(2026, 4, 1)),
    ]
    amounts = {2025: Decimal(100), 2026: Decimal(20)}
    kept = money.by_year(amounts, paying, carries_over=True)
    assert [(each.label, each.brought, each.left) for each in kept] == [("2025-26", 0, 30), ("2026-27", 30, -10)]
    assert money.by_year(amounts, paying, carries_over=False)[1].left == -40


def test_agreement_that_ended_early_is_worth_what_is_and_will_be_paid():
    paying = [
        Payment(Decimal(10), date(2026, 1, 1), Decimal(9), date(2026, 1, 5)),
        Payment(Decimal(10), date(2026, 4, 1)),
        Payment(Decimal(10), date(2026, 7, 1), is_cancelled=True),
    ]
    kept = money.promise(Agreed(Decimal(30), has_ended_early=True), paying)
    assert (kept.value, kept.paid, kept.to_pay, kept.unscheduled) == (19, 9, 10, 0)
    assert money.promise(Agreed(Decimal(30)), paying).unscheduled == 11
