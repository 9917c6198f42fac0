"""A partnership with six months of one feed: an honest assessment, not a crash."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from upstream import store
from upstream.assessments import needs_assessment, write
from upstream.assessments.document import Document, NotKnown
from upstream.partnership import Partnership, open_partnership

pytestmark = pytest.mark.slow

AT = datetime(2026, 2, 11, 9, 30, tzinfo=UTC)
SETTINGS = """\
slug = "smallshire"
name = "Smallshire"
national_open_data = false

[area]
force_name = "Staffordshire Police"
force_code = "E23000015"
force_slug = "staffordshire"
districts = ["E06000021", "E07000197"]
"""


def small_partnership(example: Partnership, folder: Path) -> Partnership:
    """Two districts of the worked example with half a year of crime, outlines and residents, and nothing else."""
    given = example.folder / "open_data"
    for feed, pattern in (("police_street", "2025-0[1-6]*"), ("boundaries_lsoa21", "*"), ("population_lsoa21", "*")):
        (folder / "open_data" / feed).mkdir(parents=True)
        for path in (given / feed).glob(pattern):
            shutil.copy(path, folder / "open_data" / feed)
    (folder / "partnership.toml").write_text(SETTINGS, encoding="utf-8")
    return open_partnership(folder, data=folder / "var")


@pytest.fixture(scope="module")
def partnership(example: Partnership, tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    made = small_partnership(example, tmp_path_factory.mktemp("smallshire"))
    store.prepare(made, at=AT)
    return made


@pytest.fixture(scope="module")
def document(partnership: Partnership) -> Document:
    return needs_assessment(partnership, at=AT)


def gaps(document: Document) -> set[str]:
    return {
        block.subject for _, section in document.sections() for block in section.blocks if isinstance(block, NotKnown)
    }


def test_what_is_not_held_is_said(document: Document) -> None:
    assert {
        "violence by ward",
        "whether violence follows deprivation",
        "whether powers are used alike on all groups",
        "how the area compares",
        "whether violence has risen or fallen since a year before",
        "the ethnic groups of residents",
    } <= gaps(document)


def test_what_is_held_is_answered(document: Document) -> None:
    chapters = {chapter.slug: chapter for chapter in document.chapters}
    assert "January to June 2025" in chapters["amount"].answer[0].text
    assert chapters["places"].answer[0].text.startswith("Half of recorded violence")
    assert "the limits rest on 6 months only" in " ".join(s.text for s in chapters["amount"].answer)


def test_tables_leave_out_columns_of_which_nothing_is_known(document: Document) -> None:
    for table in document.table_blocks():
        for name in table.frame.columns[1:]:
            assert any(value not in (None, "not known") for value in table.frame[name]), (table.title, name)


def test_all_forms_are_written(document: Document, tmp_path: Path) -> None:
    written = write(document, tmp_path)
    assert sorted(written) == ["docx", "html", "json", "pdf"]
    assert all(page.extract_text().strip() for page in pypdf.PdfReader(written["pdf"]).pages)


def test_without_any_data_every_chapter_says_so(example: Partnership, tmp_path: Path) -> None:
    (tmp_path / "partnership.toml").write_text(SETTINGS, encoding="utf-8")
    empty = open_partnership(tmp_path, data=tmp_path / "var")
    store.make_build(empty, at=AT)
    document = needs_assessment(empty, at=AT)
    assert len(document.chapters) == 12
    assert document.numbers() == {}
    assert all(chapter.answer for chapter in document.chapters)
    assert sorted(write(document, tmp_path / "out")) == ["docx", "html", "json", "pdf"]
