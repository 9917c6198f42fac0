"""Nothing runs over an edge: columns hold their words, slides hold their lines, and nothing is lost between two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upstream.papers import Cell, Column, State, Table
from upstream.papers.columns import letters_of
from upstream.papers.markdown import Run, parse
from upstream.papers.sheets import sheets_of
from upstream.papers.slide_fit import lines_of, pages_of, paragraph_lines, prose_lines, width_of

TEXTS = st.text(alphabet="abcdefgh WM\n", max_size=300)


@given(TEXTS, st.sampled_from([12.0, 20.0, 44.0]), st.floats(0.8, 12.0))
def test_lines_fit_and_keep_every_letter(text: str, size: float, width: float) -> None:
    lines = lines_of(text, size, width)
    assert all(width_of(line.rstrip(), size) <= width for line in lines)
    assert "".join(lines) == text.replace("\n", "")


@given(TEXTS, st.floats(1.0, 5.0))
def test_pages_hold_no_more_than_their_height(text: str, height: float) -> None:
    lines = paragraph_lines((Run(text),), 20.0, 6.0)
    pages = pages_of(lines, height)
    assert [line for page in pages for line in page] == lines
    assert all(sum(line.height for line in page) <= height for page in pages if len(page) > 1)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=12), st.booleans())
def test_sheets_fit_a_slide_and_keep_every_word(rows: list[tuple[str, str, str]], headed: bool) -> None:
    columns = (Column("Name"), Column("What"), Column("State"))
    table = Table("T", columns, tuple((a, b, Cell(c, state=State.LATE)) for a, b, c in rows))
    sheets = sheets_of(table, 12.0, 5.0, headed=headed)
    assert all(sheet.height <= 5.0 for sheet in sheets)
    assert all(sum(sheet.widths) == pytest.approx(12.0) for sheet in sheets)
    for place in range(2):
        shown = "".join(row[place].text for sheet in sheets for row in sheet.rows[headed:])
        assert "".join(shown.split()) == "".join("".join(row[place] for row in rows).split())


def test_every_sheet_repeats_the_head() -> None:
    table = Table("T", (Column("Name"), Column("Number", "r")), tuple((f"row {n}", n) for n in range(100)))
    sheets = sheets_of(table, 12.0, 5.0)
    assert len(sheets) > 1
    assert all([cell.text for cell in sheet.rows[0]] == ["Name", "Number"] for sheet in sheets)


@given(st.lists(st.text(alphabet="abc ", min_size=1, max_size=60), min_size=1, max_size=8), st.floats(40, 120))
def test_columns_share_the_whole_width(texts: list[str], total: float) -> None:
    table = Table("T", tuple(Column("c") for _ in texts), (tuple(texts),))
    assert sum(letters_of(table, total)) == pytest.approx(total)


def test_a_column_holds_a_day_and_a_state_whole() -> None:
    columns = (Column("Escalation", weight=90), Column("Answer by", weight=5), Column("State", weight=5))
    row = ("text " * 30, date(2026, 9, 11), Cell("Waits for an answer", state=State.OPEN))
    _, day, state = letters_of(Table("T", columns, (row,)), 105.0)
    assert day >= len("11 September 2026")
    assert state >= len("Waits for an answer")


def test_a_column_holds_its_longest_word_whatever_its_weight() -> None:
    table = Table("T", (Column("a", weight=99), Column("Disproportionality", "r", weight=1)), (("text " * 30, 1),))
    assert letters_of(table, 100)[1] >= len("Disproportionality")


@pytest.mark.parametrize("before", range(8, 16))
def test_a_slide_does_not_end_with_what_leads_on_to_a_list(before: int) -> None:
    text = "\n\n".join(["Something was done."] * before) + "\n\nReported by those who lead:\n\n- First\n- Second"
    pages = pages_of(prose_lines(parse(text), 20.0, 12.0), 5.0)
    assert sum(len(page) for page in pages) == before + 3
    assert all(page[-1].runs[0].text != "Reported by those who lead:" for page in pages)


def test_a_point_of_a_few_lines_is_not_parted_between_slides() -> None:
    points = [paragraph_lines((Run("word " * 30),), 20.0, 6.0) for _ in range(8)]
    pages = pages_of([line for point in points for line in point], 2.7)
    assert len(points[0]) > 2
    assert len(pages) > 1
    assert all(page[0].opens for page in pages)
