"""Indicators, values typed in by one and checked by another, and quarters that stay as they were frozen."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from factories.indicators import AT, TODAY, make_indicator, type_in

from upstream_web.audit.models import Event
from upstream_web.performance import queries
from upstream_web.performance.calculation import calculate_one
from upstream_web.performance.entry_rules import look_at
from upstream_web.performance.models import Commentary, Freeze, Quarter, Target, TypedValue, ValueState
from upstream_web.performance.models.quarter import FrozenContentChanged
from upstream_web.performance.operations import indicators, quarters, values
from upstream_web.records.operations import keeping

CALM = [20, 22, 21, 20, 22, 21, 20, 22, 21, 20, 22, 21, 20, 22, 21, 20, 22, 21, 20, 22, 21, 22]  # to October 2026
Q3 = date(2026, 7, 1)


def text_of(response) -> str:
    assert response.status_code == 200
    bare = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())


@pytest.fixture
def lessons(db, example):
    indicator = make_indicator()
    type_in(indicator, CALM)
    return indicator


def enter(indicator, first, second=None, start=date(2026, 9, 1), by="kim", **more):
    entry = values.Entry(indicator, start, first, second, "Register", **more)
    return values.enter(entries=[entry], by=by, at=AT)[0]


# ---- Typing in and checking ----
def test_value_counts_only_when_a_second_person_has_checked_it(db, example):
    indicator = make_indicator()
    value = enter(indicator, 12)
    assert calculate_one(indicator, until=TODAY, today=TODAY).latest is None
    with pytest.raises(values.CheckRefused, match="Nobody checks a value that they typed in"):
        values.check(value=value, by="kim", at=AT)
    values.check(value=value, by="sam", at=AT)
    assert calculate_one(indicator, until=TODAY, today=TODAY).latest.value == 12


def test_database_itself_refuses_a_check_by_the_same_person(db, example):
    value = enter(make_indicator(), 12)
    with pytest.raises(IntegrityError, match="typed_value_checked_by_another"), transaction.atomic():
        TypedValue.objects.filter(pk=value.pk).update(state="checked", checked_by="kim", checked_at=AT)


def test_revision_keeps_the_old_value_and_counts_when_checked(lessons):
    with pytest.raises(values.ValueRefused, match="Say why it is revised"):
        enter(lessons, 25, explained="It is")
    revision = enter(lessons, 25, explained="It is", revised_because="Two schools answered late")
    september = {"indicator": lessons, "period_start": date(2026, 9, 1)}
    assert TypedValue.objects.get(**september, state=ValueState.CHECKED).value == 21
    values.check(value=revision, by="sam", at=AT)
    assert TypedValue.objects.get(**september, state=ValueState.CHECKED).value == 25
    assert TypedValue.objects.get(**september, state=ValueState.REPLACED).value == 21


def test_sent_back_value_does_not_count_and_can_be_typed_in_again(db, example):
    indicator = make_indicator()
    values.send_back(value=enter(indicator, 1200), words="A nought too many", by="sam", at=AT)
    assert calculate_one(indicator, until=TODAY, today=TODAY).latest is None
    assert enter(indicator, 120).state == ValueState.ENTERED


@pytest.mark.parametrize(
    ("kind", "first", "second", "fault"),
    [
        ("count", None, None, "Give a number"),
        ("count", -1, None, "never below nothing"),
        ("count", 2.5, None, "whole number"),
        ("count", 2, 3, "takes one number"),
        ("share", 2, None, "divided by"),
        ("share", 2, 0, "divided by"),
        ("share", 5, 4, "larger than the whole"),
        ("rate", 5, -4, "never below nothing"),
    ],
)
def test_impossible_numbers_are_refused(kind, first, second, fault):
    from upstream_web.performance.models import Indicator

    found = look_at(Indicator(typed_as=kind, source="typed", frequency="month"), first, second)
    assert fault in " ".join(found.faults)


def test_odd_value_must_be_explained(lessons):
    with pytest.raises(values.ValueRefused, match="outside the range expected"):
        enter(lessons, 90, revised_because="New count")
    value = enter(lessons, 90, revised_because="New count", explained="A week of lessons for all schools")
    assert value.warnings
    assert value.explained


def test_one_sheet_is_kept_whole_or_not_at_all(db, example):
    indicator = make_indicator()
    entries = [values.Entry(indicator, date(2026, month, 1), number, None, "R") for month, number in ((8, 5), (9, -1))]
    with pytest.raises(values.ValueRefused):
        values.enter(entries=entries, by="kim", at=AT)
    assert not TypedValue.objects.exists()


@pytest.mark.parametrize("typed", ["nan", "inf", "many"])
def test_what_is_no_number_is_told_and_kept_on_the_sheet(typed, db, example, browser_of, cast):
    name = f"{make_indicator().pk}-2026-09-01"
    answer = browser_of("lead").post(reverse("value-entry"), {f"first-{name}": typed, f"note-{name}": "Register"})
    assert f"“{typed}” is not a number. Write it in figures, such as 12.5." in text_of(answer)
    assert 'value="Register"' in answer.content.decode()
    assert not TypedValue.objects.exists()


def test_sheet_pasted_from_a_spreadsheet_is_shown_before_it_is_kept(db, example, browser_of, cast):
    indicator = make_indicator()
    lead = browser_of("lead")
    page = text_of(lead.post(reverse("value-entry"), {"paste": "lessons\t2026-09-01\t31\t\tRegister\nother\tx\t1"}))
    assert "no indicator that you may type in is called “other”" in page
    assert not TypedValue.objects.exists()
    name = f"{indicator.pk}-2026-09-01"
    assert lead.post(reverse("value-entry"), {f"first-{name}": "31", f"note-{name}": "Register"}).status_code == 302
    value = TypedValue.objects.get()
    assert (value.value, value.entered_by) == (31, "lead@test")
    assert "You typed this in" in text_of(lead.get(reverse("value-check", args=[value.pk])))
    lead.post(reverse("value-check", args=[value.pk]), {"decision": "check"})
    assert TypedValue.objects.get().state == ValueState.ENTERED
    browser_of("analyst").post(reverse("value-check", args=[value.pk]), {"decision": "check"})
    assert TypedValue.objects.get().state == ValueState.CHECKED
    assert Event.objects.filter(action="value checked").count() == 1


def test_lead_types_in_for_their_own_body_only(db, example, browser_of):
    from upstream_web.organisations.models import Organisation
    from upstream_web.organisations.operations import organisations

    other = organisations.make(organisation=Organisation(key="city", name="City", type="other"), by="t", at=AT)
    indicator = make_indicator("wells", title="Wells dug")
    indicator.lead_body = other
    keeping.change(record=indicator, fields=["lead_body"], by="t", at=AT)
    assert "Wells dug" not in text_of(browser_of("lead").get(reverse("value-entry")))
    assert "Wells dug" in text_of(browser_of("analyst").get(reverse("value-entry")))
    assert browser_of("lead").get(reverse("commentary-new", args=[indicator.pk])).status_code == 403


# ---- Signals and commentary ----
def test_signal_asks_for_commentary_until_the_lead_has_spoken(db, example):
    indicator = make_indicator(polarity="lower is better")
    type_in(indicator, [*CALM[:-1], 60])
    (silent,) = queries.without_commentary(TODAY)
    assert (silent.key, silent.signal.verdict) == ("lessons", "worse")
    said = Commentary(indicator=indicator, period_start=date(2026, 10, 1), period_end=date(2026, 10, 31), so_what="a",
                      what_next="b", who="c", said_by="d")  # fmt: skip
    keeping.make(record=said, by="t", at=AT)
    assert queries.without_commentary(TODAY) == []


def test_missing_month_is_named_and_awaited_one_is_not(db, example):
    indicator = make_indicator(due_after_days=30)
    type_in(indicator, [*CALM[:-3], None, 21])  # September is missing; October is due on 30 November
    result = calculate_one(indicator, until=TODAY, today=TODAY)
    assert result.missing == ("August 2026",)
    assert [entry.period.label for entry in queries.due_entries(TODAY)] == ["2026-08", "2026-10"]


def test_rare_events_get_no_verdict(db, example):
    indicator = make_indicator()
    type_in(indicator, [0, 1, 0, 0, 2, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 2, 0, 0, 9])
    assert calculate_one(indicator, until=TODAY, today=TODAY).signal.rare


# ---- Freezing ----
def freeze(reason="", at=AT, starts_on=Q3):
    return quarters.freeze(starts_on=starts_on, reason=reason, by="manager@test", at=at)


def test_frozen_quarter_stays_when_data_change(lessons):
    kept = freeze()
    before = kept.content
    values.check(value=enter(lessons, 25, explained="It is", revised_because="Late answers"), by="sam", at=AT)
    again = Freeze.objects.get(pk=kept.pk)
    assert again.content == before
    (result,) = again.data["results"]
    assert result["latest"]["value"] == 21
    assert result["points"][-1]["label"] == "2026-09"  # October came after the quarter


def test_freezing_the_same_twice_gives_the_same_hash(lessons):
    from upstream_web.performance.freezing import content_of

    kept = freeze()
    assert content_of(kept.quarter, today=TODAY) == kept.content
    with pytest.raises(quarters.QuarterNotFrozen, match="Nothing changed"):
        freeze("To be sure")
    assert Freeze.objects.count() == 1


def test_second_version_needs_a_reason_and_leaves_the_first(lessons):
    first = freeze()
    values.check(value=enter(lessons, 25, explained="It is", revised_because="Late answers"), by="sam", at=AT)
    with pytest.raises(quarters.QuarterNotFrozen, match="Say why"):
        freeze()
    second = freeze("Two schools answered late")
    assert (first.number, second.number) == (1, 2)
    assert first.digest != second.digest
    assert Quarter.objects.get().latest == second
    event = Event.objects.filter(action="quarter frozen").order_by("-pk").first()
    assert event.detail["digest"] == second.digest


def test_quarter_that_is_not_over_is_not_frozen(lessons):
    with pytest.raises(quarters.QuarterNotFrozen, match="is not over"):
        freeze(starts_on=date(2026, 10, 1))
    with pytest.raises(quarters.QuarterNotFrozen, match="No quarter begins"):
        freeze(starts_on=date(2026, 8, 1))


def test_content_changed_outside_of_the_site_is_found(lessons):
    kept = freeze()
    Freeze.objects.filter(pk=kept.pk).update(content=kept.content.replace('"value":21', '"value":99', 1))
    with pytest.raises(FrozenContentChanged, match="does not match its hash"):
        _ = Freeze.objects.get(pk=kept.pk).data


def test_difference_between_frozen_and_present_is_shown(lessons, browser_of):
    kept = freeze()
    page = reverse("quarter", args=[kept.quarter.pk])
    assert "gives the same answers" in text_of(browser_of("board").get(page))
    values.check(value=enter(lessons, 25, explained="It is", revised_because="Late answers"), by="sam", at=AT)
    said = text_of(browser_of("board").get(page))
    assert "Newest value 21 (2026-09) 25 (2026-09)" in said


def test_retired_indicator_stays_readable_and_in_the_frozen_quarter(lessons, browser_of):
    kept = freeze()
    indicators.retire(indicator=lessons, reason="Nobody used it", by="t", at=AT)
    assert queries.results(TODAY) == []
    assert "Retired on" in text_of(browser_of("board").get(reverse("indicator", args=[lessons.pk])))
    assert len(kept.data["results"]) == 1
    indicators.take_up(indicator=lessons, by="t", at=AT)
    assert len(queries.results(TODAY)) == 1


# ---- Pages ----
@pytest.mark.parametrize("who", ["manager", "board", "panel", "lead"])
def test_pages_open(lessons, browser_of, who):
    target = Target(indicator=lessons, side="at least", value=15, valid_from=date(2025, 1, 1),
                    valid_until=date(2027, 1, 1),
                    why="w", agreed_by="Board", agreed_on=date(2025, 1, 1))  # fmt: skip
    keeping.make(record=target, by="t", at=AT)
    kept, browser = freeze(), browser_of(who)
    front = text_of(browser.get(reverse("indicator-list")))
    assert "Of 1 indicators none got better and none got worse" in front
    assert "at least 15; will go on meeting it" in front
    assert "Lessons" in text_of(browser.get(reverse("indicator-list"), {"level": "output"}))
    page = text_of(browser.get(reverse("indicator", args=[lessons.pk])))
    assert "Do they happen?" in page
    assert "Register" in page
    for name, parts in (
        ("quarter-list", []),
        ("quarter", [kept.quarter.pk]),
        ("quarter-version", [kept.quarter.pk, 1]),
    ):
        assert "July to September 2026" in text_of(browser.get(reverse(name, args=parts)))
    assert browser.get(reverse("indicator-export", args=["csv"])).status_code == 200


def test_indicator_of_a_measure_says_where_it_comes_from(db, example, browser_of):
    indicator = make_indicator(
        "asb", source="measure", typed_as="", measure="asb_rate", unit="per 1,000 residents", decimals=2
    )
    result = calculate_one(indicator, until=date(2025, 12, 31), today=TODAY)
    assert result.latest.label == "2025-12"
    assert result.origin.build
    assert result.origin.receipts
    assert result.unit == "per 1,000 residents per 30 days"
    assert "Not known since December 2025" in text_of(
        browser_of("board").get(reverse("indicator", args=[indicator.pk]))
    )


def test_indicator_is_made_by_form_and_its_parts_too(db, example, browser_of, cast):
    make_indicator()
    manager = browser_of("manager")
    from upstream_web.organisations.models import Organisation
    from upstream_web.performance.models import Indicator

    form = {
        "title": "Robbery", "key": "robbery", "question": "Are streets safer?", "level": "outcome",
        "priority_number": "5",
        "priority_name": "Enforcement", "source": "measure", "measure": "robbery_rate", "multiplier": "1000",
        "unit": "per 1,000 residents", "decimals": "2", "polarity": "lower is better", "frequency": "month",
        "due_after_days": "30", "lead_role": "Chief", "lead_body": Organisation.objects.get(key="police").pk,
        "good": "Fewer", "adopted_on": "2026-01-01", "review_on": "2027-01-01",
    }  # fmt: skip
    assert "Choose the measure" in text_of(manager.post(reverse("indicator-new"), form | {"measure": ""}))
    assert manager.post(reverse("indicator-new"), form).status_code == 302
    made = Indicator.objects.get(key="robbery")
    target = {"side": "at most", "way": "2026-01-01 2\n2027-01-01 1", "valid_from": "2026-01-01",
              "valid_until": "2027-01-01", "why": "w", "agreed_by": "Board", "agreed_on": "2026-01-01"}  # fmt: skip
    assert "not a day and a value" in text_of(
        manager.post(reverse("target-new", args=[made.pk]), target | {"way": "soon 5"})
    )
    assert manager.post(reverse("target-new", args=[made.pk]), target).status_code == 302
    assert Target.objects.get().points == [["2026-01-01", 2.0], ["2027-01-01", 1.0]]


def test_register_says_what_waits_and_when(lessons, cast):
    from upstream_web.performance.register import INDICATORS

    titles = [dated.title for dated in INDICATORS.waiting_for(cast["manager"], date(2026, 12, 5))]
    assert "Type in Lessons, 2026-11" in titles
    assert "Review the indicator Lessons" in titles
    days = list(INDICATORS.dates(cast["board"], date(2026, 12, 1), date(2027, 2, 1)))
    assert date(2027, 1, 1) in [dated.on for dated in days]
