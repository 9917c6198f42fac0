"""Versions of the assessment are whole or absent, and differ by the sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from upstream.assessments.differences import SentenceChange, changed_sentences
from upstream.assessments.document import Chapter, Document, Paragraph, Section, Sentence
from upstream.assessments.versions import UnknownVersion, get_version, keep_version, list_versions
from upstream.store.layout import DataFolder


class Folder:
    """As much of a partnership as versions need."""

    def __init__(self, root: Path) -> None:
        self.data = DataFolder(root)


def document(*said: str, summary: str = "In short.") -> Document:
    section = Section("A", (Paragraph(tuple(Sentence(text) for text in said)),))
    chapter = Chapter(1, "where", "Where", (Sentence("Here."),), "", "", (section,))
    made_at = datetime(2026, 2, 11, 9, tzinfo=UTC)
    return Document(
        "Assessment", "Cast", made_at, date(2025, 12, 31), "2026-02-11.2", (Sentence(summary),), (chapter,),
        pl.DataFrame(), (),
    )  # fmt: skip


def write(_: Document, folder: Path) -> None:
    (folder / "needs-assessment.html").write_text("page")
    (folder / "private.txt").write_text("not for download")


def test_versions_are_numbered_within_a_day_and_listed_newest_first(tmp_path: Path) -> None:
    partnership = Folder(tmp_path)
    first = keep_version(partnership, document("One."), write, made_by="ash")  # type: ignore[arg-type]
    second = keep_version(partnership, document("Two."), write, made_by="sam")  # type: ignore[arg-type]
    assert (first.id, second.id) == ("2026-02-11.1", "2026-02-11.2")
    assert [version.id for version in list_versions(partnership)] == ["2026-02-11.2", "2026-02-11.1"]  # type: ignore[arg-type]
    read = get_version(partnership, second.id)  # type: ignore[arg-type]
    assert read == second
    assert read.document().chapters[0].sections[0].blocks[0] == Paragraph((Sentence("Two."),))
    assert [path.name for path in read.files()] == ["needs-assessment.html"]


def test_interrupted_version_is_not_a_version(tmp_path: Path) -> None:
    def broken(_: Document, folder: Path) -> None:
        (folder / "needs-assessment.html").write_text("half")
        raise OSError("disk full")

    partnership = Folder(tmp_path)
    with pytest.raises(OSError, match="disk full"):
        keep_version(partnership, document("One."), broken, made_by="ash")  # type: ignore[arg-type]
    assert list_versions(partnership) == []  # type: ignore[arg-type]
    assert keep_version(partnership, document("One."), write, made_by="ash").id == "2026-02-11.1"  # type: ignore[arg-type]


@pytest.mark.parametrize("identifier", ["2026-02-11.9", "../../etc", "", "..", "2026-02-11.1/.."])
def test_unknown_version_names_those_there_are(tmp_path: Path, identifier: str) -> None:
    partnership = Folder(tmp_path)
    keep_version(partnership, document("One."), write, made_by="ash")  # type: ignore[arg-type]
    with pytest.raises(UnknownVersion, match=r"2026-02-11\.1"):
        get_version(partnership, identifier)  # type: ignore[arg-type]


def test_differences_name_changed_new_and_dropped_sentences() -> None:
    before = document("Rate 36.", "Same.", "Gone.", summary="Up.")
    after = document("Rate 37.", "Same.", summary="Down.")
    assert changed_sentences(before, after) == (
        SentenceChange("Summary", "Up.", "Down."),
        SentenceChange("Where", "Rate 36.", "Rate 37."),
        SentenceChange("Where", "Gone.", ""),
    )
    assert changed_sentences(before, before) == ()


def test_differences_of_a_chapter_that_came_or_went() -> None:
    before = document("One.")
    after = replace(before, chapters=(replace(before.chapters[0], slug="new", title="New"),))
    assert {(change.chapter, change.before, change.after) for change in changed_sentences(before, after)} == {
        ("New", "", "Here."), ("New", "", "One."), ("Where", "Here.", ""), ("Where", "One.", ""),
    }  # fmt: skip
