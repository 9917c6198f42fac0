"""Indicators typed in for tests, with values that were checked by a second person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from upstream.measures.periods import add_months, month_end

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def make_indicator(key="lessons", **fields):
    """One typed count by the month, unless told otherwise, adopted long ago."""
    from upstream_web.organisations.models import Organisation
    from upstream_web.organisations.operations import organisations
    from upstream_web.performance.models import Indicator
    from upstream_web.records.operations import keeping

    body = Organisation.objects.filter(key="police").first()
    if body is None:
        body = organisations.make(
            organisation=Organisation(key="police", name="Police", type="other"), by="tests", at=AT
        )
    given = {
        "title": key.capitalize(), "question": "Do they happen?", "level": "output", "priority_number": 2,
        "priority_name": "Primary prevention", "source": "typed", "typed_as": "count", "unit": "lessons",
        "polarity": "higher is better", "frequency": "month", "lead_role": "Head of education", "good": "More of them",
        "adopted_on": date(2024, 1, 1), "review_on": date(2027, 1, 1),
    }  # fmt: skip
    return keeping.make(record=Indicator(key=key, lead_body=body, **(given | fields)), by="tests", at=AT)


def type_in(indicator, numbers, first=date(2025, 1, 1), step=1, until=AT):
    """Type in a value a period from `first` on, by one person, and have each checked by another."""
    from upstream_web.performance.operations import values

    for place, given in enumerate(numbers):
        if given is None:
            continue
        start = add_months(first, place * step)
        at = datetime.combine(month_end(add_months(start, step - 1)) + timedelta(days=5), AT.timetz())
        one, two = given if isinstance(given, tuple) else (given, None)
        entry = values.Entry(indicator, start, one, two, "Register", "Looked at")
        (value,) = values.enter(entries=[entry], by="kim", at=at)
        values.check(value=value, by="sam", at=at)
