"""Rules: what ships, what a partnership may say, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from upstream.clocks import BankHoliday, Basis, Calendar, ClockRuleIncomplete, Unit, UnknownClock, get_rule, load_rules
from upstream.clocks.rules.reader import find_faults
from upstream.exceptions import ExitCode

SOUND = """
[[clock]]
name = "first_contact"
title = "First contact"
basis = "agreed locally"
why = "Agreed with the schools."
source = "Protocol"
length = 3
unit = "working days"
starts = "the notice"
stops = "the conversation"
"""


def folder_with(tmp_path: Path, *texts: str) -> Path:
    """Make a partnership's folder with files of clocks."""
    (tmp_path / "clocks").mkdir()
    for number, text in enumerate(texts):
        (tmp_path / "clocks" / f"ours_{number}.toml").write_text(text, encoding="utf-8")
    return tmp_path


# Lengths as the Acts, guidance and terms of reference in the rules' own sources give them.
@pytest.mark.parametrize(
    ("name", "limit", "basis"),
    [
        ("inspection_response", "56 days", Basis.LAW),
        ("recommendation_monitoring", "2 months", Basis.AGREED_LOCALLY),
        ("closure_recheck_6_months", "6 months", Basis.AGREED_LOCALLY),
        ("closure_recheck_12_months", "12 months", Basis.AGREED_LOCALLY),
        ("strategy_review", "1 year", Basis.GUIDANCE),
        ("needs_assessment_review", "1 year", Basis.GUIDANCE),
        ("delivery_group_cycle", "6 to 8 weeks", Basis.AGREED_LOCALLY),
        ("board_cycle", "3 months", Basis.AGREED_LOCALLY),
        ("inspection_board_cycle", "2 months", Basis.AGREED_LOCALLY),
        ("papers_sent", "5 working days before", Basis.AGREED_LOCALLY),
        ("draft_minutes", "10 working days", Basis.AGREED_LOCALLY),
        ("risk_review", "3 months", Basis.AGREED_LOCALLY),
        ("escalation_acknowledged", "5 working days", Basis.AGREED_LOCALLY),
        ("consultation_reply", "20 working days", Basis.AGREED_LOCALLY),
        ("quarterly_return", "30 days", Basis.AGREED_LOCALLY),
        ("access_recertification", "1 year", Basis.AGREED_LOCALLY),
        ("dormant_account", "90 days", Basis.AGREED_LOCALLY),
        ("break_glass_review", "2 working days", Basis.AGREED_LOCALLY),
        ("return_home_interview", "72 hours", Basis.GUIDANCE),
        ("victim_details_to_gateway", "48 hours", Basis.AGREED_LOCALLY),
        ("victim_referral", "2 working days", Basis.GUIDANCE),
        ("subject_access", "1 month", Basis.LAW),
        ("subject_access_extended", "3 months", Basis.LAW),
        ("breach_notification", "72 hours", Basis.LAW),
        ("data_complaint_acknowledged", "30 days", Basis.LAW),
        ("accessibility_reply", "12 weeks", Basis.GUIDANCE),
    ],
)
def test_rules_that_ship(name: str, limit: str, basis: Basis) -> None:
    rule = load_rules()[name]
    assert (rule.limit, rule.basis) == (limit, basis)


def test_what_is_only_a_default_says_so() -> None:
    for rule in load_rules().values():
        if rule.basis is Basis.AGREED_LOCALLY:
            assert any(word in rule.why for word in ("gree", "default", "decide")), rule.name
        assert rule.source, rule.name


def test_only_what_says_so_counts_its_first_day() -> None:
    # Police Act 1996, section 55(7); Procurement Act 2023, section 68(2); the last is a careful default.
    first_day_counts = {"inspection_response", "invoice_payment", "weapons_review_notification"}
    assert {rule.name for rule in load_rules().values() if rule.inclusive} == first_day_counts
    assert load_rules()["inspection_response"].sentence == (
        "Within 56 days of publication of the report, that day being day 1."
    )


def test_partnership_adds_a_rule(tmp_path: Path) -> None:
    rule = load_rules(folder_with(tmp_path, SOUND), bank_holidays="scotland")["first_contact"]
    assert (rule.length, rule.unit, rule.subject, rule.done) == (3, Unit.WORKING_DAYS, "ours_0", "Done")
    assert rule.calendar == Calendar("scotland")


def test_partnership_changes_a_rule_and_leaves_the_rest(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, '[[clock]]\nname = "draft_minutes"\nlength = 5\nremind = [0, 2]\n')
    ours, shipped = load_rules(folder)["draft_minutes"], load_rules()["draft_minutes"]
    assert (ours.length, ours.remind) == (5, (2, 0))
    assert (ours.title, ours.unit, ours.subject) == (shipped.title, shipped.unit, shipped.subject)


def test_partnership_cannot_lengthen_the_law_in_passing(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, '[[clock]]\nname = "inspection_response"\nlength = 60\nremind = [7]\n')
    with pytest.raises(ClockRuleIncomplete, match="is law; who changes its length also gives why and source"):
        load_rules(folder)


def test_partnership_may_remind_otherwise_of_what_is_law(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, '[[clock]]\nname = "inspection_response"\nremind = [7]\n')
    assert load_rules(folder)["inspection_response"].remind == (7,)


def test_law_that_has_changed_is_followed_with_its_source(tmp_path: Path) -> None:
    text = '[[clock]]\nname = "inspection_response"\nlength = 70\nwhy = "Amended."\nsource = "A later Act"\n'
    assert load_rules(folder_with(tmp_path, text))["inspection_response"].length == 70


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    faulty = '[[clock]]\nname = "odd"\nunit = "fortnights"\nlenght = 2\n'
    with pytest.raises(ClockRuleIncomplete) as refused:
        load_rules(folder_with(tmp_path, faulty, SOUND + SOUND, "not TOML", "[clocks]\n"))
    said = str(refused.value)
    for part in (
        "odd: lenght is not known",
        "odd: title should be text",
        "odd: unit should be one of hours, days",
        "ours_1.toml: first_contact is written twice",
        "ours_2.toml is not TOML",
        "ours_3.toml: clocks is not known",
    ):
        assert part in said
    assert refused.value.exit_code is ExitCode.INPUT_REFUSED


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"length": 0}, "length should be at least 1"),
        ({"length": True}, "length should be a whole number"),
        ({"earliest_length": 3}, "earliest_length should be less than length"),
        ({"backwards": True, "pauses": ["ill"]}, "a clock that counts backwards cannot be paused"),
        ({"recurs": True, "inclusive": True}, "a clock that recurs counts forwards"),
        ({"unit": "hours", "inclusive": True}, "hours have no first day"),
        ({"lands_on": "next working day"}, "hours and working days end where they end"),
        ({"escalate_to": "the chair"}, "escalate_to and escalate_after go together"),
        ({"remind": [-1]}, "remind should be a list of whole numbers"),
        ({"pauses": "ill"}, "pauses should be a list of reasons"),
        ({"calendar": "wales"}, "calendar should be one of england-and-wales"),
        ({"inclusive": "yes"}, "inclusive should be true or false"),
    ],
)
def test_contradictions(change: dict[str, object], fault: str) -> None:
    sound = {
        "name": "n", "title": "t", "basis": "law", "why": "w", "source": "s", "length": 3, "unit": "working days",
        "starts": "a", "stops": "b",
    }  # fmt: skip
    assert find_faults(sound) == []
    (found,) = find_faults(sound | change)
    assert found.startswith(fault)


def test_partnership_adds_a_bank_holiday(tmp_path: Path) -> None:
    text = '[[bank_holiday]]\nday = 2031-06-03\nname = "Proclaimed"\nin_place_of = 2031-05-26\n'
    calendar = load_rules(folder_with(tmp_path, text))["draft_minutes"].calendar
    assert calendar.added == (BankHoliday(calendar.added[0].day, "Proclaimed"),)
    assert f"{calendar.removed[0]}" == "2031-05-26"


def test_bank_holiday_without_a_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClockRuleIncomplete, match="a bank_holiday needs a day"):
        load_rules(folder_with(tmp_path, '[[bank_holiday]]\nname = "Some day"\n'))


def test_rule_that_names_its_own_calendar(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SOUND + 'calendar = "northern-ireland"\n')
    rules = load_rules(folder, bank_holidays="scotland")
    assert rules["first_contact"].calendar.division == "northern-ireland"
    assert rules["draft_minutes"].calendar.division == "scotland"


def test_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(UnknownClock, match="Nearest names: draft_minutes"):
        get_rule(load_rules(), "draft_minute")
