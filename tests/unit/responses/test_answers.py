"""Deadlines, stances, speakers and groups of recommendations, as tables of wordings."""

from __future__ import annotations

from datetime import date

import pytest

from upstream.responses import read_response
from upstream.responses.deadlines import deadline_in, printed_deadline
from upstream.responses.items import group_head, item_head
from upstream.responses.speakers import announces_inline, speaker
from upstream.responses.stances import accepts
from upstream.responses.wording import addressees_in, find_label

CHIEF, COMMISSIONER = "chief_constable_response", "commissioner_initial_response"


# The days are counted by hand; a month without a day is its last (31 December 2025, 29 February 2024).
@pytest.mark.parametrize(
    ("text", "day", "said"),
    [
        ("By 31 March 2024, forces should", date(2024, 3, 31), ""),
        ("No later than 1st May 2024, forces should", date(2024, 5, 1), ""),
        ("Before the end of February 2024, forces should", date(2024, 2, 29), "Before the end of February 2024"),
        ("By December 2025, forces should", date(2025, 12, 31), "By December 2025"),
        ("By the start of May 2024, forces should", date(2024, 5, 1), "By the start of May 2024"),
        ("By the end of 2024, forces should", date(2024, 12, 31), "By the end of 2024"),
        ("By the end of the financial year 2024/25", date(2025, 3, 31), "By the end of the financial year 2024/25"),
        ("Within six months of publication, forces should", None, "Within six months of publication"),
        ("Immediately, forces should", None, "Immediately"),
        ("By spring 2025, forces should", None, "By spring 2025"),
        ("By 31 March, forces should", None, "By 31 March"),
        ("Forces should count to ten", None, ""),
    ],
)  # fmt: skip
def test_deadlines(text: str, day: date | None, said: str) -> None:
    found = deadline_in(text, [])
    assert (found.value, found.said) == (day, said)
    if said and day is None:
        assert "no date is printed" in found.doubts[0]


@pytest.mark.parametrize(
    ("printed", "day"),
    [("31/03/2024", date(2024, 3, 31)), ("end of 2024", date(2024, 12, 31)), ("Ongoing", None), ("TBC", None)],
)
def test_deadlines_in_a_column(printed: str, day: date | None) -> None:
    assert printed_deadline(printed, []).value == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Within six months", date(2025, 2, 28)),  # 31 August 2024 and six months: February has no 31st
        ("Within 28 days of the publication of this report", date(2024, 9, 28)),
        ("Within two years", date(2026, 8, 31)),
        ("Within three months of the new system’s start", None),  # not counted from publication
    ],
)
def test_spans_are_counted_from_publication_only(words: str, day: date | None) -> None:
    text = f"Report published on 31 August 2024\n\nRecommendation 1: {words}, forces should count.\n"
    (item,) = read_response(text.encode(), file_name="a.txt").recommendations
    assert item.deadline.value == day
    assert item.deadline.said.casefold().startswith("within")
    (undated,) = read_response(text.replace("31 August 2024", "").encode(), file_name="a.txt").recommendations
    assert undated.deadline.value is None


@pytest.mark.parametrize(
    ("text", "by_label", "stance"),
    [
        ("Yes", True, "accepted"),
        ("Y", True, "accepted"),
        ("Accepted in full", True, "accepted"),
        ("Partially", True, "in part"),
        ("No", True, "not accepted"),
        ("N/A", True, None),
        ("For the Home Office", True, None),
        ("Accepted. Training began.", False, "accepted"),
        ("The Constabulary fully accepts this.", False, "accepted"),
        ("This recommendation is accepted by us.", False, "accepted"),
        ("We accept this in principle.", False, "in part"),
        ("Accepted in part: two of three.", False, "in part"),
        ("We cannot accept this.", False, "not accepted"),
        ("We don’t agree.", False, "not accepted"),
        ("A date was agreed with the council.", False, None),
        ("The public accept that cells are cold.", False, None),
        ("We agreed to meet in May.", False, None),
    ],
)
def test_stances(text: str, by_label: bool, stance: str | None) -> None:
    found = accepts(text, by_label=by_label)
    assert (found and found.value) == stance


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("I asked for the Chief Constable’s view, and he has stated:", CHIEF),
        ("Responding, Mercia’s Police and Crime Commissioner Jo Bloggs said:", COMMISSIONER),
        ("Writing to the Chief Constable, the PCC said:", COMMISSIONER),
        ("They commented:", CHIEF),
        ("The Commissioner of Police of the Metropolis commented:", CHIEF),
        ("I ask three things of the Chief Constable:", None),
        ("The Chief Constable said so in May.", None),
    ],
)
def test_speakers(text: str, who: str | None) -> None:
    assert speaker(text) == who


def test_a_quotation_in_the_line_that_announces_it() -> None:
    assert announces_inline("The Chief Constable, Jo Bloggs, said: “We agree.”") == CHIEF
    assert announces_inline("The report said: “Forces are slow.”") is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Recommendations 1 to 3", ("1", "2", "3")),
        ("Recommendations 2, 4 and 7:", ("2", "4", "7")),
        ("Recommendations 1-2 & 5: Accepted", ("1", "2", "5")),
        ("AFIs 1 and 2", ("1", "2")),
        ("Recommendation 1 - 3 officers", None),
        ("Recommendations 1 and 2 were hard", None),
    ],
)
def test_several_recommendations_in_one_heading(text: str, numbers: tuple[str, ...] | None) -> None:
    found = group_head(text)
    assert (found and found.numbers) == numbers


def test_short_names_of_recommendations() -> None:
    for text, kind, number in (("Rec 4: Forces should", "recommendation", "4"), ("CoC 1", "cause of concern", "1")):
        found = item_head(text)
        assert found is not None
        assert (found.kind, found.number) == (kind, number)
    assert item_head("Record 4 of these") is None


def test_addressees_and_headings_that_name_them() -> None:
    named = [each.name for each in addressees_in("the College of Policing and the National Police Chiefs' Council")]
    assert named == ["national police chiefs' council", "college of policing"]
    heading = find_label("Recommendations made to police and crime commissioners")
    assert heading is not None
    assert heading.field == "recommendations_text"
    assert find_label("Recommendations for a quieter life") is None


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph_and_says_so() -> None:
    text = (
        "PCC response to HMICFRS report: Kites\n\nI have read this with care and asked about it.\n\n"
        "The Chief Constable’s response was:\n\n“We agree with “all of it” and go on\n\nI shall ask again in May.\n"
    )
    record = read_response(text.encode(), file_name="a.txt")
    assert record.chief_constable_response.value == "“We agree with “all of it” and go on"
    assert "not closed" in record.chief_constable_response.doubts[0]
    assert (record.commissioner_initial_response.value or "").endswith("I shall ask again in May.")


def test_words_that_are_announced_but_not_marked_off_have_a_doubt() -> None:
    begins = "Dear Home Secretary,\n\nI welcome it.\n\n"
    text = f"{begins}The Chief Constable’s response is as follows:\n\nWe agree.\n\nI am content.\n"
    field = read_response(text.encode(), file_name="a.txt").chief_constable_response
    assert (field.certainty, field.doubts) == (
        "likely",
        ("Nothing in the letter shows where the chief constable’s words end.",),
    )
    text = f"{begins}I asked what the Chief Constable thinks, and his views on it are:\n\nWe agree.\n\nI am content.\n"
    record = read_response(text.encode(), file_name="a.txt")
    assert record.chief_constable_response.value is None
    assert "nothing shows where they end" in " ".join(record.commissioner_initial_response.doubts)


def test_two_letters_in_one_file_are_said() -> None:
    letter = "Dear Home Secretary,\n\nI have read the report with care.\n\n"
    text = letter + "Dear Home Secretary,\n\nI have read another report with care.\n"
    record = read_response(text.encode(), file_name="a.txt")
    assert "may hold several responses" in " ".join(record.commissioner_initial_response.doubts)
