"""A published response taken in from a file, confirmed field by field, and taken over."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

# Written for this test in the form that one office uses; names and words are invented.
DOCUMENT = """\
PCC and CC Force Inspection response record

Version: March 2024

Force\tMercia
Police and Crime Commissioner\tAda Reeve
Chief Constable\tBo Marsh
Title of inspection\tAn inspection of kites and strings
Published Date\t05/02/2024
Inspectorate\tHMICFRS
Summary of inspection\tInspectors looked at kites.
Grade\tGood
Recommendations\tRecommendation 1 By 30 June 2024, chief constables should make sure that every kite has a string.
Areas for improvement\t

Police and Crime Commissioner's initial response

I welcome the report.

Chief Constable's response

We accept it and have ordered strings.

Police and Crime Commissioner's overall comments

I will look at the strings myself.
"""
AS_SENT = DOCUMENT.encode()


@pytest.fixture
def manager(browser_of, site_of):
    """The manager's browser, on a site that the test may change."""
    return browser_of("manager")


def hand_in(client, content=AS_SENT, name="mercia.txt"):
    """Hand a file in as the page does."""
    return client.post("/account/inspections/import/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def imported():
    """Give the one import."""
    from upstream_web.inspections.models import ImportedResponse

    return ImportedResponse.objects.get()


def confirm(client, field, value):
    """Confirm a field with a value, having looked at it as it is now; gives the page that follows."""
    field.refresh_from_db()
    address = f"/account/inspections/import/{field.imported_id}/fields/{field.pk}/"
    return client.post(address, {"value": value, "version": field.version}, follow=True).content.decode()


def seen(fields):
    """Give the fields as the page says which it showed."""
    return {"seen": [f"{field.pk}:{field.version}" for field in fields]}


def confirm_all(client, held):
    """Confirm every field as it was read."""
    for field in held.fields.all():
        confirm(client, field, field.value)


def test_a_document_becomes_a_report_and_a_response(manager):
    page = hand_in(manager).content.decode()
    held = imported()
    read = {(field.item, field.name): field.was_read for field in held.fields.all()}
    assert read[0, "force"] == "Mercia"
    assert read[0, "published_on"] == "2024-02-05"
    assert read[1, "deadline"] == "2024-06-30"
    assert "Take over" in page
    confirm_all(manager, held)
    manager.post(f"/account/inspections/import/{held.pk}/take-over/", {"whose": "theirs"})
    held.refresh_from_db()
    assert held.state == "done"
    inspection, response = held.inspection, held.response
    assert (inspection.title, inspection.inspectorates, str(inspection.published_on), inspection.grade) == (
        "An inspection of kites and strings", "hmicfrs", "2024-02-05", "Good"
    )  # fmt: skip
    asked = inspection.recommendations.get()
    assert (asked.number, str(asked.due_on), asked.asked_of) == ("1", "2024-06-30", "national")
    assert asked.title == "Chief constables should make sure that every kite has a string"
    assert (response.force, response.commissioner_name, response.chief_name) == ("Mercia", "Ada Reeve", "Bo Marsh")
    assert response.part("chief").words == "We accept it and have ordered strings."
    assert response.part("commissioner").closing_words == "I will look at the strings myself."


def test_only_those_who_may_open_an_import_are_led_to_it(manager, browser_of):
    hand_in(manager)
    held = imported()
    confirm_all(manager, held)
    manager.post(f"/account/inspections/import/{held.pk}/take-over/", {"whose": "ours"})
    held.refresh_from_db()
    for address in (held.response.get_absolute_url(), held.response.inspection.get_absolute_url()):
        link = f'href="/account/inspections/import/{held.pk}/"'
        assert link in manager.get(address).content.decode()
        page = browser_of("board").get(address).content.decode()
        assert link not in page
        assert held.file_name in page


def test_each_field_keeps_who_confirmed_it_and_what_was_read(manager):
    hand_in(manager)
    held = imported()
    field = held.fields.get(item=0, name="grade")
    confirm(manager, field, "Adequate")
    field.refresh_from_db()
    assert (field.value, field.was_read, field.confirmed_by, field.was_corrected) == (
        "Adequate", "Good", "manager@test", True
    )  # fmt: skip


def test_nothing_is_taken_over_while_a_field_waits(manager):
    from upstream_web.inspections.models import Inspection

    hand_in(manager)
    page = manager.post(f"/account/inspections/import/{imported().pk}/take-over/", {"whose": "ours"}, follow=True)
    assert "fields were not confirmed" in page.content.decode()
    assert Inspection.objects.count() == 0


def test_all_that_are_sure_are_confirmed_only_as_far_as_they_were_seen(manager):
    hand_in(manager)
    held = imported()
    shown = list(held.fields.all()[:3])
    manager.post(f"/account/inspections/import/{held.pk}/sure/", seen(shown))
    assert set(held.fields.filter(confirmed_at__isnull=False)) <= set(shown)
    manager.post(f"/account/inspections/import/{held.pk}/sure/", seen(held.fields.all()))
    left = held.fields.filter(confirmed_at__isnull=True)
    assert all(field.doubts or field.certainty == "likely" for field in left)


def test_what_is_unclear_stands_first_and_says_what_the_document_says(manager):
    document = DOCUMENT.replace("By 30 June 2024", "Within six months")
    page = hand_in(manager, document.encode()).content.decode()
    held = imported()
    deadline = held.fields.get(item=1, name="deadline")
    assert (deadline.value, deadline.said) == ("2024-08-05", "Within six months")  # from 5 February 2024
    assert "counted from the day of publication, 5 February 2024" in page
    assert "in the document: “Within six months”" in page
    first = page.index("Look at these first")
    assert first < page.index(f'id="field-{deadline.pk}"') < page.index("Read with certainty")
    assert page.index("Read with certainty") < page.index("Not found in the document")


def test_the_last_confirmation_is_undone_by_whoever_gave_it(manager, browser_of):
    hand_in(manager)
    held = imported()
    address = f"/account/inspections/import/{held.pk}/"
    grade = held.fields.get(item=0, name="grade")
    confirm(manager, grade, "Adequate")
    manager.post(f"{address}sure/", seen(held.fields.all()))
    assert held.fields.filter(confirmed_at__isnull=False).count() > 1
    manager.post(f"{address}undo/")  # all that were confirmed together
    assert list(held.fields.filter(confirmed_at__isnull=False)) == [grade]
    manager.post(f"{address}undo/")
    grade.refresh_from_db()
    assert (grade.is_confirmed, grade.value) == (False, "Adequate")
    assert "You confirmed nothing here yet" in manager.post(f"{address}undo/", follow=True).content.decode()


def test_a_recommendation_accepted_in_part_stays_so(manager):
    hand_in(manager)
    held = imported()
    confirm_all(manager, held)
    field = held.fields.get(item=1, name="accepted")
    address = f"/account/inspections/import/{held.pk}/"
    page = confirm(manager, field, "perhaps")
    assert "“perhaps” is none of accepted, in part, not accepted" in page
    confirm(manager, field, "in part")
    manager.post(f"{address}take-over/", {"whose": "theirs"})
    held.refresh_from_db()
    assert held.response.part("chief").answers.get().stance == "in part"


def test_two_who_confirm_one_field_see_the_words_of_each(manager, browser_of):
    hand_in(manager)
    field = imported().fields.get(item=0, name="grade")
    address = f"/account/inspections/import/{field.imported_id}/fields/{field.pk}/"
    looked_at = field.version
    confirm(manager, field, "Adequate")
    late = browser_of("manager").post(address, {"value": "Requires improvement", "version": looked_at})
    page = late.content.decode()
    assert late.status_code == 400
    assert "manager@test wrote here meanwhile: “Adequate”" in page
    assert 'value="Requires improvement"' in page
    field.refresh_from_db()
    assert field.value == "Adequate"
    confirm(manager, field, "Requires improvement")  # having seen both
    field.refresh_from_db()
    assert field.value == "Requires improvement"


def test_what_is_sure_is_confirmed_at_once_only_as_it_was_shown(manager):
    hand_in(manager)
    held = imported()
    shown = seen(held.fields.all())
    summary = held.fields.get(item=0, name="summary")
    line = held.unplaced[0]
    manager.post(f"/account/inspections/import/{held.pk}/lines/", {"line": line, "field": summary.pk})
    manager.post(f"/account/inspections/import/{held.pk}/sure/", shown)
    waiting = held.fields.filter(confirmed_at__isnull=True)
    assert [field for field in waiting if not field.is_unclear] == [summary]


def test_an_impossible_day_is_refused_with_the_reason(manager):
    hand_in(manager)
    held = imported()
    field = held.fields.get(item=0, name="published_on")
    page = confirm(manager, field, "31 June")
    assert "is not a day" in page
    assert 'value="31 June"' in page
    field.refresh_from_db()
    assert not field.is_confirmed


def test_the_same_file_again_is_known(manager):
    hand_in(manager)
    page = hand_in(manager, name="another-name.txt")
    assert page.status_code == 400
    assert "held already: it came as “mercia.txt”" in page.content.decode()
    assert imported().file_name == "mercia.txt"


def test_unplaced_lines_are_shown_and_can_be_put_into_a_field(manager):
    hand_in(manager)
    held = imported()
    number = held.unplaced[0]
    text = next(text for line, text, _ in held.lines if line == number)
    assert text in manager.get(f"/account/inspections/import/{held.pk}/").content.decode()
    field = held.fields.get(item=0, name="summary")
    manager.post(f"/account/inspections/import/{held.pk}/lines/", {"line": number, "field": field.pk})
    field.refresh_from_db()
    held.refresh_from_db()
    assert field.value.endswith(text)
    assert number not in held.unplaced


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scan.pdf", b"%PDF-1.7\n%%EOF"),
        ("broken.docx", b"PK\x03\x04 and nothing more"),
        ("empty.txt", b""),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64),
    ],
)
def test_a_bad_file_says_what_is_wrong_and_is_not_lost(manager, name, content):
    page = hand_in(manager, content, name)
    held = imported()
    assert (held.state, bool(held.fault), held.fields.count()) == ("failed", True, 0)
    assert "could not be read" in page.content.decode()
    assert b"".join(manager.get(f"/account/inspections/import/{held.pk}/file/")) == content
    manager.post(f"/account/inspections/import/{held.pk}/set-aside/")
    hand_in(manager, content, name)  # may come again once it was set aside


def test_a_response_of_another_area_joins_the_report_that_is_held(manager):
    from upstream_web.inspections.models import Inspection

    hand_in(manager)
    held = imported()
    confirm_all(manager, held)
    manager.post(f"/account/inspections/import/{held.pk}/take-over/", {"whose": "ours"})
    other = DOCUMENT.replace("Mercia", "Wessex").replace("An inspection of kites", "Inspection report on kites")
    hand_in(manager, other.encode(), "wessex.txt")
    from upstream_web.inspections.models import ImportedResponse

    second = ImportedResponse.objects.get(file_name="wessex.txt")
    confirm_all(manager, second)
    manager.post(f"/account/inspections/import/{second.pk}/take-over/", {"whose": "theirs"})
    inspection = Inspection.objects.get()
    assert inspection.recommendations.count() == 1
    assert sorted(inspection.responses.values_list("force", "is_ours")) == [("Mercia", True), ("Wessex", False)]
    page = manager.get(inspection.recommendations.get().get_absolute_url()).content.decode()
    assert "Wessex" in page


def test_only_who_keeps_the_register_imports(browser_of, site_of):
    for who in ("lead", "board", "analyst"):
        assert browser_of(who).get("/account/inspections/import/").status_code == 403
