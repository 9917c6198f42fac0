"""What people read when what they filled in breaks a rule of the database.

Expected words are written by hand from the rule: what was found, what it is held against, what to do.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from upstream_web.commissioning.models import Fund
from upstream_web.core.field_words import say_what_is_wanted
from upstream_web.governance.models import Meeting
from upstream_web.records import rules
from upstream_web.records.models import Record
from upstream_web.records.operations import keeping
from upstream_web.strategy.models import Action, Strategy

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
ALL_RULES = [(model, rule) for model in RECORDS for rule in model._meta.constraints]


@pytest.mark.parametrize(("model", "rule"), ALL_RULES, ids=lambda each: getattr(each, "name", ""))
def test_no_rule_is_told_by_its_name(model, rule):
    said = rules.said_of(rule, model())
    assert said
    for words in (each for found in said.values() for each in found):
        assert rule.name not in words
        assert "onstraint" not in words


def faults_of(record: Record, *names: str) -> dict[str, list[str]]:
    """What the rules say of a record of which only these fields are known."""
    others = {field.name for field in record._meta.fields} - set(names)
    with pytest.raises(ValidationError) as refused:
        record.validate_constraints(exclude=others)
    return refused.value.message_dict


def test_days_in_the_wrong_order_are_both_named(db):
    record = Strategy(period_from=date(2026, 11, 1), period_until=date(2026, 10, 1))
    assert faults_of(record, "period_from", "period_until") == {
        "period_until": ["“Last day”, 1 Oct 2026, is not after “First day”, 1 Nov 2026: put one of the two right"]
    }


def test_times_in_the_wrong_order_are_told_as_times(db):
    record = Meeting(starts_at=time(10), ends_at=time(9, 30))
    assert faults_of(record, "starts_at", "ends_at") == {
        "ends_at": ["“Ends”, 09:30, is not after “Begins”, 10:00: put one of the two right"]
    }


def test_money_below_nothing_is_told_beside_each_field(db):
    record = Action(cost_planned=Decimal(-5), cost_spent=Decimal("-0.50"))
    assert faults_of(record, "cost_planned", "cost_spent") == {
        "cost_planned": ["“Planned cost, £” is -5: give 0 or more"],
        "cost_spent": ["“Spent so far, £” is -0.50: give 0 or more"],
    }


def test_bounds_are_read_from_the_rules():
    found = {(each.name, each.lookup, each.bound) for each in rules.bounds_of(Action)}
    assert found >= {("cost_planned", "gte", 0), ("cost_spent", "gte", 0), ("percent", "lte", 100)}


def test_what_is_there_already_is_refused_and_the_words_typed_stay(cast, browser_of):
    keeping.make(record=Fund(title="Hot spots", sort="home_office", funder="Home Office"), by="tests", at=AT)
    sent = {"title": "Hot spots", "sort": "home_office", "funder": "Somebody", "purpose": "A purpose typed at length"}
    response = browser_of("manager").post("/act/funds/new/", sent)
    assert response.status_code == 200
    words = response.content.decode()
    assert "There is one with the same “Title” already: open that one, or give another" in words
    assert "A purpose typed at length" in words
    assert Fund.objects.count() == 1


def test_all_faults_of_numbers_are_told_at_once(cast, browser_of):
    sent = {"title": "An action", "starts_on": "2026-11-01", "cost_planned": "-5", "cost_spent": "1.999"}
    words = browser_of("manager").post("/act/actions/new/", sent).content.decode()
    assert "“Planned cost, £” is -5: give 0 or more" in words
    assert "“Spent so far, £” takes 2 digits after the point at most: leave the others out" in words
    assert "Give a day for “Due”" in words
    assert "Choose “Commitment”" in words


def test_one_digit_after_the_point_is_said_in_the_singular(cast, browser_of):
    words = browser_of("manager").post("/act/grant-targets/new/", {"per_period": "10.25"}).content.decode()
    assert "“Target for each period” takes 1 digit after the point at most: leave the others out" in words


def test_number_below_two_bounds_is_told_of_one(cast, browser_of):
    words = browser_of("manager").post("/act/education/training/new/", {"number": "-1"}).content.decode()
    assert "“People” is -1: give 1 or more" in words
    assert "give 0 or more" not in words


def test_words_that_a_form_gives_itself_stay():
    from django import forms

    field = forms.DateField(error_messages={"required": "Give the new day"})
    say_what_is_wanted(field, "New day")
    assert field.error_messages["required"] == "Give the new day"
    assert field.error_messages["invalid"] == "“New day” takes a day, such as 2026-11-05"
