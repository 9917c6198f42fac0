"""Changing many actions at once: by spreadsheet and by selection. Nothing is lost, and nothing is written unseen."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from integration.web.plan_of_two import make_plan

from upstream_web.records.operations import keeping
from upstream_web.records.spreadsheets import SheetRow, read
from upstream_web.strategy import plan_changes
from upstream_web.strategy.models import Action, ChangeSet, Rebaseline
from upstream_web.strategy.operations import actions, changesets
from upstream_web.strategy.operations.actions import Report
from upstream_web.strategy.sheet_fields import known_labels, sheet_fields

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture
def plan(db):
    return make_plan()


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def exported(browser, form="csv") -> bytes:
    response = browser.get(reverse("action-export", args=[form]))
    assert response.status_code == 200
    return response.content


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_csv(rows: list[dict[str, str]]) -> bytes:
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue().encode()


def upload(browser, content: bytes, name="actions.csv", reason="") -> ChangeSet:
    given_ = {"file": SimpleUploadedFile(name, content), "reason": reason}
    response = browser.post(reverse("action-import"), given_)
    assert response.status_code == 302, response.content.decode()
    return ChangeSet.objects.latest("pk")


def kinds(changes: ChangeSet) -> list[str]:
    return sorted(row["kind"] for row in changes.rows)


def apply(browser, changes: ChangeSet) -> ChangeSet:
    browser.post(reverse("change-set-apply", args=[changes.pk]))
    return fresh(changes)


# ---- round trip -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_sent_back_changes_nothing(plan, form, browser_of, example):
    changes = upload(browser_of("manager"), exported(browser_of("manager"), form), f"actions.{form}")
    assert kinds(changes) == ["unchanged"] * 4
    assert not any(row["notes"] for row in changes.rows)


# Whatever people write: signs that a spreadsheet takes for formulas, quotes, line ends, other scripts.
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("=+-@'\"\n,;"), max_size=60
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(title=WORDS, what=WORDS, role=WORDS, cost=st.decimals(0, 99999, places=2), form=st.sampled_from(["csv", "xlsx"]))
def test_any_words_come_back_unchanged(plan, cast, title, what, role, cost, form):
    from upstream_web.records.exports import write_table
    from upstream_web.strategy.register import ACTIONS

    values = {"title": title, "what": what, "lead_role": role, "cost_planned": cost}
    Action.objects.filter(pk=plan.police_action.pk).update(**values)
    records = ACTIONS.visible_to(cast["manager"]).filter(pk=plan.police_action.pk)
    response, _ = write_table(ACTIONS, records, form, at=NOW, by="tests")
    rows = read(f"a.{form}", response.content, known_labels())
    (found,) = plan_changes.propose(rows, sheet_fields(), cast["manager"], on=TODAY, reason="")
    assert (found.kind, found.changes, found.faults) == ("unchanged", (), ())


CELLS = st.dictionaries(st.sampled_from(known_labels()), st.text(max_size=30) | st.integers().map(str), max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(cells=CELLS, key=st.sampled_from(["", "real", "0", "99999999999999999999", "x"]))
def test_any_cells_end_as_one_of_five_kinds(plan, cast, cells, key):
    row = SheetRow(2, cells | {"Key": str(plan.police_action.pk) if key == "real" else key})
    (found,) = plan_changes.propose([row], sheet_fields(), cast["manager"], on=TODAY, reason="why")
    assert found.kind in ("new", "changed", "unchanged", "refused", "conflict")
    assert found.kind not in ("refused", "conflict") or found.faults
    assert plan_changes.Proposal.from_kept(found.kept()) == found


# ---- what a changed file does ---------------------------------------------------------------------------------
def test_changed_cells_are_shown_first_and_written_when_applied(plan, browser_of, example):
    browser = browser_of("manager")
    rows = rows_of(exported(browser))
    mine = next(row for row in rows if row["Action"] == "Patrol the park")
    mine |= {"Lead, by role": "Inspector", "Planned cost, £": "1,500", "Done, %": "35%", "Due": "31/01/2027"}
    changes = upload(browser, as_csv(rows), reason="Frost.")
    assert kinds(changes) == ["changed", "unchanged", "unchanged", "unchanged"]
    assert fresh(plan.police_action).lead_role == ""  # nothing is written yet
    assert "Inspector" in browser.get(reverse("change-set", args=[changes.pk])).content.decode()
    apply(browser, changes)
    action = fresh(plan.police_action)
    assert (action.lead_role, action.cost_planned, action.percent) == ("Inspector", 1500, 35)
    assert action.due_on == date(2027, 1, 31)
    assert Rebaseline.objects.get().reason == "Frost."


def test_applying_leaves_one_line_in_the_trail(plan, cast, browser_of, example):
    from upstream_web.audit.models import Event

    rows = rows_of(exported(browser_of("manager")))
    for row in rows:
        row["Output expected"] = "Something."
    changes = upload(browser_of("manager"), as_csv(rows))
    before = Event.objects.count()
    changesets.apply(changes=changes, by=cast["manager"], at=NOW)
    assert Event.objects.count() == before + 1


def test_row_without_a_key_makes_an_action(plan, browser_of, example):
    content = "Action,Commitment,Lead body,Starts,Due\nLight the path,1.2,Testshire Council,2027-01-04,2027-03-31\n"
    changes = apply(browser_of("manager"), upload(browser_of("manager"), content.encode()))
    made = Action.objects.get(title="Light the path")
    assert (made.commitment, made.lead_body, made.state) == (plan.commitments[1], plan.council, "not_started")
    assert (made.number, changes.rows[0]["outcome"]) == (5, "done")


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        ("Lead body", "Nobody", "is no body of the partnership"),
        ("Due", "soon", "is no day"),
        ("Due", "2027-01-31", "No reason is given"),
        ("Due", "2025-01-01", "before it starts"),
        ("Done, %", "140", "whole number"),
        ("State", "Perhaps", "is no state"),
        ("State", "Blocked", "without words"),
        ("Commitment", "9.9", "is no commitment"),
        ("Action", "", "no title"),
        ("Lead, sign-in name", "ghost", "is no sign-in name"),
        ("Planned cost, £", "-5", "amount"),
        ("Key", "123456", "no action with the key"),
    ],
)
def test_bad_cell_is_refused_with_its_reason(plan, column, cell, fault, browser_of, example):
    browser = browser_of("manager")
    rows = [row for row in rows_of(exported(browser)) if row["Action"] == "Patrol the park"]
    rows[0][column] = cell
    changes = upload(browser, as_csv(rows))
    assert kinds(changes) == ["refused"]
    assert fault in " ".join(changes.rows[0]["faults"])


def test_bad_file_is_refused_on_the_page(plan, browser_of, example):
    given_ = {"file": SimpleUploadedFile("bad.csv", b"one,two\n1,2\n")}
    page = browser_of("manager").post(reverse("action-import"), given_).content.decode()
    assert "names none of the columns" in page
    assert not ChangeSet.objects.exists()


def test_two_who_change_different_fields_both_keep_theirs(plan, browser_of, example):
    browser = browser_of("manager")
    rows = [row for row in rows_of(exported(browser)) if row["Action"] == "Patrol the park"]
    action = fresh(plan.police_action)
    action.lead_role = "Sergeant"
    actions.change(action=action, fields=["lead_role"], by="somebody", at=NOW)
    rows[0]["Output expected"] = "Sixty patrols"
    changes = apply(browser, upload(browser, as_csv(rows)))
    assert kinds(changes) == ["changed"]
    action = fresh(action)
    assert (action.lead_role, action.output_expected) == ("Sergeant", "Sixty patrols")


def test_progress_reported_meanwhile_is_no_conflict_where_the_file_does_not_touch_it(plan, browser_of, example):
    """What steps set was compared with an empty action: each such row was left out, or a changed cell passed over."""
    browser = browser_of("manager")
    rows = [row for row in rows_of(exported(browser)) if row["Action"] == "Patrol the park"]
    before = rows[0]["Done, %"]
    actions.report(action=fresh(plan.police_action), said=Report("Some.", 83, "high"), by="somebody", at=NOW)
    rows[0]["Output expected"] = "Sixty patrols"
    changes = upload(browser, as_csv(rows))
    assert kinds(changes) == ["changed"], changes.rows[0]["faults"]
    assert [each["name"] for each in changes.rows[0]["changes"]] == ["output_expected"]
    rows[0]["Done, %"] = "0" if before != "0" else "1"
    changes = upload(browser, as_csv(rows))
    assert kinds(changes) == ["conflict"]
    assert "changed it to “83”" in changes.rows[0]["faults"][0]


def test_file_with_a_new_action_makes_it_once(plan, browser_of, example):
    content = "Action,Commitment,Lead body,Starts,Due\nLight the path,1.2,Testshire Council,2027-01-04,2027-03-31\n"
    browser = browser_of("manager")
    twice = upload(browser, f"{content}{content.splitlines()[1]}\n".encode())
    assert [row["kind"] for row in twice.rows] == ["new", "refused"]
    apply(browser, upload(browser, content.encode()))
    again = upload(browser, content.encode())
    made = Action.objects.get(title="Light the path")
    assert again.rows[0]["faults"] == [
        f"It stands in the plan already: to change it, write its key, which is {made.pk}."
    ]


def test_no_row_is_taken_where_two_have_one_key(plan, browser_of, example):
    rows = rows_of(exported(browser_of("manager")))
    rows[0]["Key"] = rows[1]["Key"]
    changes = upload(browser_of("manager"), as_csv(rows))
    refused = [row for row in changes.rows if row["kind"] == "refused"]
    assert [row["line"] for row in refused] == [2, 3]
    assert refused[0]["faults"] == [f"2 rows have the key {rows[1]['Key']}: leave one of them."]


def test_two_who_change_one_field_are_shown_both(plan, browser_of, example):
    browser = browser_of("manager")
    rows = [row for row in rows_of(exported(browser)) if row["Action"] == "Patrol the park"]
    action = fresh(plan.police_action)
    action.lead_role = "Sergeant"
    actions.change(action=action, fields=["lead_role"], by="somebody", at=NOW)
    rows[0]["Lead, by role"] = "Inspector"
    changes = upload(browser, as_csv(rows))
    assert kinds(changes) == ["conflict"]
    (fault,) = changes.rows[0]["faults"]
    assert "somebody has changed it to “Sergeant”; the file says “Inspector”" in fault
    apply(browser, changes)
    assert fresh(action).lead_role == "Sergeant"


def test_change_between_look_and_apply_is_not_overwritten(plan, browser_of, example):
    browser = browser_of("manager")
    rows = [row for row in rows_of(exported(browser)) if row["Action"] == "Patrol the park"]
    rows[0]["Lead, by role"] = "Inspector"
    changes = upload(browser, as_csv(rows))
    action = fresh(plan.police_action)
    action.lead_role = "Sergeant"
    actions.change(action=action, fields=["lead_role"], by="somebody", at=NOW)
    changes = apply(browser, changes)
    assert changes.rows[0]["outcome"] == "not done"
    assert "somebody has changed it since" in changes.rows[0]["faults"][0]
    assert fresh(action).lead_role == "Sergeant"


def test_prepared_changes_are_applied_once_and_seen_by_nobody_else(plan, cast, browser_of, example):
    browser = browser_of("manager")
    changes = upload(browser, exported(browser))
    apply(browser, changes)
    with pytest.raises(changesets.AppliedAlready):
        changesets.apply(changes=fresh(changes), by=cast["manager"], at=NOW)
    ChangeSet.objects.update(made_by="somebody else")
    assert browser.get(reverse("change-set", args=[changes.pk])).status_code == 404


def test_template_can_be_filled_in_and_sent_back(plan, browser_of, example):
    browser = browser_of("manager")
    book = openpyxl.load_workbook(io.BytesIO(browser.get(reverse("action-template")).content))
    sheet = book["Actions"]
    head = [cell.value for cell in sheet[1]]
    values = {"Action": "Light the path", "Commitment": "1.2", "Lead body": "Testshire Council"}
    values |= {"Starts": date(2027, 1, 4), "Due": date(2027, 3, 31)}
    for label, value in values.items():
        sheet.cell(2, head.index(label) + 1, value)
    held = io.BytesIO()
    book.save(held)
    assert kinds(upload(browser, held.getvalue(), "actions.xlsx")) == ["new"]


# ---- selection ------------------------------------------------------------------------------------------------
def select(browser, records, **wanted):
    given_ = {"key": [record.pk for record in records], "reason": "Reorganised.", **wanted}
    response = browser.post(reverse("action-bulk"), given_)
    assert response.status_code == 302, response.content.decode()
    return ChangeSet.objects.latest("pk")


def test_selected_actions_get_another_lead_body(plan, browser_of, example):
    browser = browser_of("manager")
    both = [plan.police_action, plan.council_action]
    changes = apply(browser, select(browser, both, lead_body=plan.council.pk))
    assert kinds(changes) == ["changed", "unchanged"]
    assert {fresh(each).lead_body for each in both} == {plan.council}


def test_selected_actions_move_by_days_and_finished_ones_say_why_not(plan, browser_of, example):
    browser = browser_of("manager")
    changes = apply(browser, select(browser, [plan.police_action, plan.done_action], move_days=30))
    assert kinds(changes) == ["changed", "refused"]
    assert fresh(plan.police_action).due_on == date(2027, 1, 30)
    page = browser.get(reverse("change-set", args=[changes.pk])).content.decode()
    assert "An open action" in page or "is “Done”" in page


def undo(browser, changes):
    answer = browser.post(reverse("change-set-undo", args=[changes.pk]))
    assert answer.status_code == 302
    return ChangeSet.objects.latest("pk")


def test_applied_changes_are_undone_after_a_look(plan, browser_of, example):
    browser = browser_of("manager")
    both, was = [plan.police_action, plan.council_action], [plan.police_action.due_on, plan.council_action.due_on]
    leads = [each.lead_body for each in both]
    changes = apply(browser, select(browser, both, lead_body=plan.council.pk, move_days=30))
    back = undo(browser, changes)
    assert kinds(back) == ["changed", "changed"]
    assert [fresh(each).due_on for each in both] != was  # nothing is written before it is applied
    apply(browser, back)
    assert [fresh(each).due_on for each in both] == was
    assert [fresh(each).lead_body for each in both] == leads
    assert fresh(plan.police_action).rebaselines.latest("pk").reason == "Undone: Reorganised."


def test_undoing_leaves_what_was_changed_since(plan, browser_of, example):
    browser = browser_of("manager")
    changes = apply(browser, select(browser, [plan.police_action], lead_role="Head of one thing"))
    select_again = select(browser, [plan.police_action], lead_role="Head of another")
    apply(browser, select_again)
    back = undo(browser, changes)
    assert kinds(back) == ["conflict"]
    assert "has changed it since" in browser.get(reverse("change-set", args=[back.pk])).content.decode()


def test_state_is_undone_with_its_words(plan, browser_of, example):
    browser = browser_of("manager")
    changes = apply(browser, select(browser, [plan.police_action], state="blocked", state_words="No room."))
    state = plan.police_action.state
    apply(browser, undo(browser, changes))
    assert (fresh(plan.police_action).state, fresh(plan.police_action).blocked_by) == (state, "")


@pytest.mark.parametrize(
    ("state", "words"), [("under_way", ""), ("blocked", "No money.")], ids=["another state", "other words"]
)
def test_undoing_leaves_a_state_that_was_changed_since(plan, browser_of, example, state, words):
    browser = browser_of("manager")
    changes = apply(browser, select(browser, [plan.police_action], state="blocked", state_words="No room."))
    action = fresh(plan.police_action)
    action.state, action.blocked_by, action.blocked_on = state, words, TODAY if words else None
    keeping.change(record=action, fields=["state"], by="ash@test", at=NOW)
    back = undo(browser, changes)
    assert kinds(back) == ["conflict"]
    assert "State: ash@test has changed it since" in browser.get(reverse("change-set", args=[back.pk])).content.decode()


def test_selection_of_nothing_or_for_nothing_says_so(plan, browser_of, example):
    browser = browser_of("manager")
    page = browser.post(reverse("action-bulk"), {}, follow=True).content.decode()
    assert "Tick the actions" in page
    page = browser.post(reverse("action-bulk"), {"key": [plan.police_action.pk], "reason": "x"}).content.decode()
    assert "Choose at least one thing to change" in page
