"""A paper kept and read again is the same paper, and makes the same files."""

from __future__ import annotations

from factories.small_paper import small_paper

from upstream.papers import render
from upstream.papers.storing import pack, unpack


def test_paper_comes_back_as_it_was() -> None:
    paper = small_paper()
    assert pack(unpack(pack(paper))) == pack(paper)
    assert unpack(pack(paper)).title == paper.title


def test_paper_read_again_makes_the_same_page() -> None:
    paper = small_paper()
    assert render(unpack(pack(paper)), "html") == render(paper, "html")
