"""Marks that a text may carry, and words that must come through as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream.papers import plain
from upstream.papers.markdown import Listing, Paragraph, Prose, Run, parse, parse_line, text_of
from upstream.papers.plain_text import breakable, clean, runs_right_to_left


def words(pieces: tuple[Prose, ...]) -> str:
    found = []
    for piece in pieces:
        if isinstance(piece, Listing):
            found.extend(words(item) for item in piece.items)
        else:
            found.append(piece.text)
    return "\n".join(found)


def test_bold_italics_links_and_numbers() -> None:
    (made,) = parse("**b** *i* ***both*** [site](https://a.example) [12](figure:spend:2025-Q3)")
    assert isinstance(made, Paragraph)
    assert [run for run in made.runs if run.text.strip()] == [
        Run("b", bold=True), Run("i", italic=True), Run("both", bold=True, italic=True),
        Run("site", link="https://a.example"), Run("12", key="spend:2025-Q3"),
    ]  # fmt: skip


def test_lists_keep_their_kind_first_number_and_depth() -> None:
    (made,) = parse("3. three\n4. four\n   - inside")
    assert isinstance(made, Listing)
    assert made.first == 3
    inner = made.items[1][1]
    assert isinstance(inner, Listing)
    assert inner.first is None


@pytest.mark.parametrize(
    "text",
    ["# not a heading", "<b>not bold</b>", "`not code`", "> not a quotation", "    not code", "&amp; stays",
     "![not](a-picture)", "a\n---", "[name]: https://a.example", "[x](javascript:alert(1))"],
)  # fmt: skip
def test_what_is_no_mark_is_shown_as_typed(text: str) -> None:
    assert words(parse(text)).strip() == text.strip()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "//a"]
)
def test_links_lead_to_safe_addresses_only(address: str) -> None:
    assert all(not run.link for run in parse_line(f"[x](<{address}>) <{address}>"))


def test_line_breaks_are_kept() -> None:
    assert text_of(parse_line("one\ntwo")) == "one\ntwo"


@given(st.text(alphabet="ab *_[]()<>\\`-+.1)#!&:/~|\n"))
def test_plain_shows_a_text_as_it_was_typed(text: str) -> None:
    def bare(shown: str) -> list[str]:
        return shown.split()

    assert bare(words(parse(plain(text)))) == bare(text)
    assert bare(text_of(parse_line(plain(text)))) == bare(text)


def test_too_deep_a_list_loses_nothing() -> None:
    assert words(parse("- " * 200 + "deep")).split()[-1] == "deep"


def test_clean_takes_out_what_no_file_holds_and_what_turns_a_page() -> None:
    assert clean("a\x00\x1b\ud800\ufffeb\u202ec\u2066d\r\ne\tf\u2003g") == "abcd\ne f g"
    assert clean("é ß — “q” 😀 \u200d") == "é ß — “q” 😀 \u200d"


def test_long_words_may_break_and_short_ones_may_not() -> None:
    assert breakable("short words stay") == "short words stay"
    assert breakable("x" * 40).replace("\u200b", "") == "x" * 40
    assert max(map(len, breakable("x" * 400).split("\u200b"))) < 25
    assert breakable("violence_positive_outcome_rate").split("\u200b") == ["violence_", "positive_", "outcome_", "rate"]


@pytest.mark.parametrize(("text", "expected"), [("محمد", True), ("1. שלום", True), ("Ann محمد", False), ("12", False)])
def test_direction_is_that_of_the_first_letter(text: str, expected: bool) -> None:
    assert runs_right_to_left(text) is expected
