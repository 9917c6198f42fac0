"""Chapters in the making: labels, parts that may be missing, and what a finding may suggest."""

from __future__ import annotations

import polars as pl
import pytest

from upstream.assessments.chapters import summary
from upstream.assessments.document import NotKnown
from upstream.assessments.drafting import Draft, bullets, paragraph, said, section, unknown_chapter


@pytest.fixture
def draft() -> Draft:
    return Draft(4, "places", "Where")


def test_an_unsure_finding_is_said_and_suggests_nothing(draft: Draft) -> None:
    draft.find(said("It is clear."), "Act.", "More data.")
    draft.find(said("It is not clear."), "Act too.", "More data.", sure=False)
    draft.find(None, "Nothing found.")
    assert [finding.suggests for finding in draft.findings] == ["Act.", ""]
    chapter = summary.chapter(draft.findings)
    (table,) = (block for part in chapter.sections for block in part.blocks if hasattr(block, "frame"))
    assert [row.split("  ")[1] for row in table.frame["Draft priority"]] == ["Act.", summary.ALWAYS.suggests]
    assert "It is not clear." in " ".join(item.text for item in chapter.sections[0].blocks[0].items)  # type: ignore[union-attr]


def test_table_labels_count_up_and_unknown_columns_are_left_out(draft: Draft) -> None:
    frame = pl.DataFrame({"Place": ["a", "b"], "Rate": ["not known", None], "Count": [1.0, None]})
    first = draft.table("T", frame, "lrr", weights=(3, 1, 1))
    second = draft.table("U", frame[:, :1], "l")
    assert first is not None
    assert second is not None
    assert (first.label, second.label) == ("4.1", "4.2")
    assert (first.frame.columns, first.align, first.weights) == (["Place", "Count"], "lr", (3, 1))
    assert draft.table("V", frame.clear(), "lrr") is None


def test_parts_without_content_vanish(draft: Draft) -> None:
    assert paragraph(None) is None
    assert bullets([None]) is None
    assert section("Empty", None) is None
    draft.add(None)
    draft.plan(None)
    assert draft.sections == []


def test_braces_in_text_from_data_do_not_break_a_sentence() -> None:
    assert said("A {strange} name").text == "A {strange} name"


def test_unknown_chapter_says_what_would_settle_it(draft: Draft) -> None:
    made = unknown_chapter(draft, "where it happens", "No place is held.", "places.")
    assert made.answer[0].text == "Not known: where it happens."
    assert made.sections[0].blocks == (NotKnown("where it happens", "No place is held.", "places."),)
