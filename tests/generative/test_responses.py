"""Whatever comes, it gives a record, and every word of it is in exactly one field or among the unplaced lines."""

from __future__ import annotations

import io
import re
from collections import Counter
from itertools import chain

import docx
from hypothesis import given
from hypothesis import strategies as st

from upstream.responses import DocumentHasNoText, ResponseRecord, read_response

LABELS = [
    "Force", "Chief Constable", "Police and Crime Commissioner", "Title of inspection", "Published Date: 3 May 2024",
    "Summary of inspection", "Recommendations", "Areas for improvement", "Chief Constable’s response", "PCC’s comments",
    "Recommendation 1",
    "Recommendation 2: Before May 2024 each chief constable should", "Response:",
    "Dear Home Secretary", "Yours sincerely", "Commissioner’s overall comments",
    "For Office Use Only", "Type of inspection", "☒ National",
    "Version 3", "AFI 1: the force must", "Accepted: yes", "Response forwarded to Home Office", "1. ", "- ", "2",
    "The Chief Constable’s response was as follows:", "“We agree", "We agree.”", "He said: “We agree.”", "1.2 We agree",
    "Recommendations 1 and 2: agreed", "Recommendations for the College of Policing", "Skip to content",
    "What action will be taken?", "Within six months forces should", "Dear Priti,", "Commissioner Jo Bloggs said:",
    "PCC and CC Force Inspection response record", "Jo Bloggs, Chief Constable", "The report made 3 recommendations",
]  # fmt: skip
LONG = (
    "summary", "terms_of_reference", "recommendations_text", "areas_for_improvement_text", "practice",
    "commissioner_initial_response", "chief_constable_response", "commissioner_overall_comments",
)  # fmt: skip
SENTENCES = st.lists(st.from_regex(r"[A-Za-z]{1,9}", fullmatch=True), min_size=1, max_size=14).map(" ".join)
LINES = st.lists(
    st.one_of(
        st.sampled_from(LABELS), SENTENCES, st.tuples(st.sampled_from(LABELS), SENTENCES).map("\t".join), st.just("")
    ),
    min_size=1,
    max_size=25,
)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def placed_once(record: ResponseRecord) -> None:
    numbers = [line.number for line in record.lines]
    assert numbers == list(range(1, len(numbers) + 1))
    loose = {line.number for line in record.unplaced}
    assert loose | set(record.places) == set(numbers)
    assert not loose & set(record.places)
    assert set(record.places.values()) <= {name for name, _ in record.fields()}
    for _, field in record.fields():
        assert all(1 <= where.first <= where.last <= len(numbers) for where in field.where)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=400))
def test_any_text_gives_a_record(text: str) -> None:
    try:
        record = read_response(text.encode(), file_name="response.txt")
    except DocumentHasNoText:
        assert not re.search(r"[^\W_]", re.sub(r"[\x00-\x1f]", "", text))
        return
    placed_once(record)


@given(LINES, st.booleans())
def test_every_word_is_in_a_field_or_unplaced(lines: list[str], apart: bool) -> None:
    text = ("\n\n" if apart else "\n").join(lines)
    try:
        record = read_response(text.encode(), file_name="response.txt")
    except DocumentHasNoText:
        return
    placed_once(record)
    assert sum((words(line.text) for line in record.lines), Counter()) == words(text)
    for name, field in record.fields():
        if isinstance(field.value, str) and name in set(record.places.values()) and name != "office":
            own = words(" ".join(line.text for line in record.lines if record.places.get(line.number) == name))
            assert words(field.value) <= own, name
            if name in LONG:  # nothing is lost either, but the words of labels and the numbers of lists
                lost = own - words(field.value)
                assert {word for word in lost if not word.isdigit()} <= set(words(" ".join(LABELS))), name


@given(st.lists(SENTENCES, min_size=1, max_size=8), st.lists(SENTENCES, min_size=1, max_size=8))
def test_texts_under_headings_come_back_whole(first: list[str], second: list[str]) -> None:
    document = docx.Document()
    for line in chain(["Chief Constable’s response"], first, ["Commissioner’s overall comments"], second):
        document.add_paragraph(f"{line} so it ends." if line in first + second else line)
    held = io.BytesIO()
    document.save(held)
    record = read_response(held.getvalue())
    assert record.chief_constable_response.value == "\n\n".join(f"{line} so it ends." for line in first)
    assert record.commissioner_overall_comments.value == "\n\n".join(f"{line} so it ends." for line in second)


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["a.pdf", "a.docx", "a.txt", "a.html", ""]))
def test_any_bytes_give_a_record_or_say_why_not(content: bytes, name: str) -> None:
    from upstream.exceptions import InputRefused

    for start in (b"", b"%PDF-1.7\n", b"PK\x03\x04"):
        record, why_not = None, ""
        try:
            record = read_response(start + content, file_name=name)
        except InputRefused as refused:
            why_not = str(refused)
        assert why_not or record is not None
        if record is not None:
            placed_once(record)
