"""Styles that every document carries: the page's foundation, and the pieces of the printed form."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

HERE = files("upstream.rendering")


@cache
def base_css() -> str:
    """The tokens, type, tables and figures of every page."""
    return HERE.joinpath("base.css").read_text(encoding="utf-8")


@cache
def base_typ() -> str:
    """The colours and pieces that every Typst document imports."""
    return HERE.joinpath("base.typ").read_text(encoding="utf-8")
