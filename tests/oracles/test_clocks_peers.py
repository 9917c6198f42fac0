"""Working days against numpy, months against dateutil, the share kept against statsmodels."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from dateutil.relativedelta import relativedelta
from statsmodels.stats.proportion import proportion_confint

from upstream.clocks import Calendar, add_months, compliance, load_rules, start

CALENDAR = Calendar()
CLOSED = [holiday.day for year in range(2018, 2030) for holiday in CALENDAR.bank_holidays(year)]
PEER = np.busdaycalendar(holidays=CLOSED)
DAYS = [date(2019, 1, 5) + timedelta(days=17 * n) for n in range(190)]


@pytest.mark.parametrize("number", [1, 2, 5, 10, 20, 63])
def test_working_days_added_as_numpy_does(number: int) -> None:
    for day in DAYS:
        expected = np.busday_offset(day, number, roll="backward", busdaycal=PEER).astype(date)
        assert CALENDAR.add(day, number) == expected
        earlier = np.busday_offset(day, -number, roll="forward", busdaycal=PEER).astype(date)
        assert CALENDAR.add(day, -number) == earlier


@pytest.mark.parametrize("length", [0, 1, 6, 7, 30, 371])
def test_working_days_counted_as_numpy_does(length: int) -> None:
    for day in DAYS:
        until = day + timedelta(days=length)
        after = day + timedelta(days=1)
        expected = int(np.busday_count(after, until + timedelta(days=1), busdaycal=PEER))
        assert CALENDAR.count(day, until) == expected


@pytest.mark.parametrize("number", [1, 2, 3, 6, 12, 13, -1, -5])
def test_months_added_as_dateutil_does(number: int) -> None:
    for n in range(1500):
        day = date(2023, 1, 1) + timedelta(days=n)
        assert add_months(day, number) == day + relativedelta(months=number)


def test_share_kept_as_statsmodels_has_it() -> None:
    rule = load_rules()["draft_minutes"]
    kept = [start(rule, at=date(2026, 1, 5), stopped=date(2026, 1, 9))] * 47
    missed = [start(rule, at=date(2026, 1, 5), stopped=date(2026, 3, 9))] * 3
    open_late = [start(rule, at=date(2026, 1, 5))] * 2
    running = [start(rule, at=date(2026, 4, 1))] * 6
    answer = compliance([*kept, *missed, *open_late, *running], at=date(2026, 4, 2))
    lower, upper = proportion_confint(47, 52, method="wilson")
    assert (answer.met, answer.met_late, answer.late, answer.running) == (47, 3, 2, 6)
    assert answer.rate == pytest.approx(47 / 52)
    assert (answer.lower, answer.upper) == (pytest.approx(lower), pytest.approx(upper))
    assert answer.words == "47 of 52 in time (90%, likely between 79% and 96%); 6 still running"
