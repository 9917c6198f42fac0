from __future__ import annotations

from datetime import date

import pytest

from upstream.responses import read_response
from upstream.responses.dates import dates_in
from upstream.responses.items import item_head
from upstream.responses.paragraphs import join_lines, paragraphs_of, to_markdown
from upstream.responses.reading.line import Line
from upstream.responses.wording import find_label

FIRST, CHIEF, LAST = "commissioner_initial_response", "chief_constable_response", "commissioner_overall_comments"


# Headings as they stand in responses of several offices, and as their forms could spell them.
@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Police Crime and Commissioner's initial response", FIRST),
        ("Police, Fire and Crime Commissioner’s overall comments", LAST),
        ("Chief Constable’s response", CHIEF),
        ("FORCE RESPONSE TO RECOMMENDATIONS", CHIEF),
        ("PCC RESPONSE TO INSPECTION", FIRST),
        ("Comment by the PCC:", FIRST),
        ("Comments from the Chief Constable", CHIEF),
        ("Response of the Commissioner", FIRST),
        ("1. Police & Crime Commissioner comments:", FIRST),
        ("Deputy Mayor for Policing and Crime’s response", FIRST),
        ("Response from Westmarsh Police", CHIEF),
        ("Chief Constable’s response to the Commissioner", CHIEF),
        ("PFCC final comments", LAST),
        ("Areas for Improvement (AFI)", "areas_for_improvement_text"),
        ("Section 2: Recommendations", "recommendations_text"),
        ("Date HMICFRS report was published", "published_on"),
        ("Response forwarded to Home Office", "sent_to_home_office"),
    ],
)
def test_headings_that_are_known(heading: str, field: str) -> None:
    found = find_label(heading)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize(
    "sentence",
    [
        "The Chief Constable has responded to each of these findings in writing",
        "I welcome the Chief Constable’s response.",
        "Officers and staff of the force",
        "Title deeds",
    ],
)
def test_sentences_that_are_no_headings(sentence: str) -> None:
    assert find_label(sentence) is None


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Recommendation 1:", ("recommendation", "1", "")),
        ("RECOMMENDATION TWO – Forces should", ("recommendation", "2", "Forces should")),
        ("Area for Improvement (AFI) 3", ("area for improvement", "3", "")),
        ("AFI 4: The force must", ("area for improvement", "4", "The force must")),
        ("Cause of concern", ("cause of concern", "", "")),
        ("Recommendation 4 of this report is done", None),
        ("Recommendations were made", None),
    ],
)
def test_beginnings_of_recommendations(text: str, head: tuple[str, str, str] | None) -> None:
    found = item_head(text)
    assert (found and (found.kind, found.number, found.rest)) == head


@pytest.mark.parametrize(
    ("text", "day", "only_month"),
    [
        ("20/11/2025", date(2025, 11, 20), False),
        ("8th March 2023", date(2023, 3, 8), False),
        ("8 Mar. 2023", date(2023, 3, 8), False),
        ("2023-03-08", date(2023, 3, 8), False),
        ("March 8, 2023", date(2023, 3, 8), False),
        ("05.09.22", date(2022, 9, 5), False),
        ("March 2023", date(2023, 3, 1), True),
    ],
)
def test_dates(text: str, day: date, only_month: bool) -> None:
    (found,) = dates_in(f"it was {text}, they say")
    assert (found.day, found.only_month) == (day, only_month)


def test_impossible_dates_are_none() -> None:
    assert list(dates_in("31/02/2024 and 13/13/2024")) == []


@pytest.mark.parametrize(
    ("first", "second", "words", "joined"),
    [
        ("a place-", "based plan", {"place", "plan"}, "a place-based plan"),
        ("an improve-", "ment plan", {"improvement"}, "an improvement plan"),
        ("Stoke-on-", "Trent", set(), "Stoke-on-Trent"),
        ("one -", "two", set(), "one - two"),
        ("improve\u00ad", "ment", set(), "improvement"),
    ],
)
def test_hyphens_at_the_ends_of_lines(first: str, second: str, words: set[str], joined: str) -> None:
    assert join_lines([Line(1, first), Line(2, second, starts=False)], words) == joined


def test_tags_of_an_editor_become_paragraphs_and_lists() -> None:
    text = '<p>Pay &amp; rank &#8211; both.</p> <ul style="a: b"> • one • two</ul> <p>End</p> <ol> 1. A 2 b 2. C</ol>'
    written = to_markdown(paragraphs_of([Line(1, text)]))
    assert written == "Pay & rank – both.\n\n- one\n- two\n\nEnd\n\n1. A 2 b\n2. C"


def test_list_over_a_page_break_is_one_list() -> None:
    lines = [Line(1, "1. one that goes on"), Line(2, "and ends."), Line(3, "2."), Line(4, "Two"), Line(5, "- three")]
    assert to_markdown(paragraphs_of(lines)) == "1. one that goes on and ends.\n2. Two\n- three"


def test_bare_figures_in_a_text_are_unplaced() -> None:
    record = read_response(b"Chief Constable's response\n\nFirst page.\n\n12\n\nSecond page.", file_name="a.txt")
    assert record.chief_constable_response.value == "First page.\n\nSecond page."
    assert [line.text for line in record.unplaced] == ["12"]


def test_form_keeps_its_order_when_columns_are_lost() -> None:
    text = (
        "PCC and CC Force Inspection response record\n\nForce Mercia\n\nChief Constable Sam Poe\n\n"
        "Summary of inspection It was short.\n\nForce was not used.\n\nGrade\n\n"
        "Chief Constable’s response\n\nGrade A is ours."
    )
    record = read_response(text.encode(), file_name="a.txt")
    assert (record.force.value, record.chief_constable.value) == ("Mercia", "Sam Poe")
    assert record.summary.value == "It was short.\n\nForce was not used."
    assert record.grade.value is None
    assert record.chief_constable_response.value == "Grade A is ours."


def test_all_recommendations_accepted_but_not_when_denied() -> None:
    for words, accepted in (
        ("accepts all the recommendations", "accepted"),
        ("cannot accept all the recommendations", None),
    ):
        text = f"Recommendation 1: Forces should count.\n\nChief Constable's response\n\nThe force {words}."
        (item,) = read_response(text.encode(), file_name="a.txt").recommendations
        assert item.accepted.value == accepted


def test_text_without_headings_is_the_commissioners_if_only_likely() -> None:
    text = (
        b"PCC response to HMICFRS report: Exhibits\n\nI welcome the report and have asked for a plan by the summer.\n"
    )
    field = read_response(text, file_name="a.txt").commissioner_initial_response
    assert (field.value or "").startswith("I welcome")
    assert field.certainty == "likely"


def test_quoted_chief_constable_ends_with_the_quotation() -> None:
    text = (
        "PCC response to HMICFRS report: Working across borders\n\n"
        "I welcome this report and have read it with care.\n\nThe Chief Constable’s response was:\n\n"
        "“We agree.\n\nMore is to come.”\n\nI shall ask again in the spring of next year.\n"
    )
    record = read_response(text.encode(), file_name="a.txt")
    assert record.title.value == "Working across borders"
    assert record.chief_constable_response.value == "“We agree.\n\nMore is to come.”"
    assert record.commissioner_initial_response.value == (
        "I welcome this report and have read it with care.\n\nI shall ask again in the spring of next year."
    )
