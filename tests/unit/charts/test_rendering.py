"""Pictures, their cache and the typeface they are drawn in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from factories.drawings import CALM, control

import upstream
from upstream.charts import render, theme
from upstream.charts.fonts import font_files, register_fonts

SITE = Path(upstream.__file__).parent.parent / "upstream_web"


def test_png_has_the_pixels_asked_for() -> None:
    """530 by 264 CSS pixels at 96 an inch are 1104 by 550 at 200 an inch; width and height stand at bytes 16 to 24."""
    drawn = render.png(control(list(CALM)), ppi=200)
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    assert abs(int.from_bytes(drawn[16:20]) - 1104) <= 1
    assert abs(int.from_bytes(drawn[20:24]) - 550) <= 1


def test_drawing_is_kept_by_content(tmp_path: Path) -> None:
    figure = control(list(CALM))
    first = render.svg(figure, cache=tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_text(first.replace("<svg", "<svg data-kept='yes'", 1), encoding="utf-8")
    assert "data-kept" in render.svg(figure, cache=tmp_path)
    assert "data-kept" not in render.svg(control([*CALM[:-1], 13.0]), cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_wide_and_narrow_and_pictures_are_kept_apart(tmp_path: Path) -> None:
    figure = control(list(CALM))
    render.svg(figure, cache=tmp_path)
    render.svg(figure, wide=False, cache=tmp_path)
    render.png(figure, cache=tmp_path, ppi=96)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".png", ".svg", ".svg"]


def test_figure_opens_as_an_altair_chart() -> None:
    chart = render.altair_chart(control(list(CALM)))
    assert chart.to_dict()["layer"]


def test_typeface_is_registered_or_its_stand_in_named() -> None:
    assert register_fonts() == (theme.FONT_FAMILY if font_files() else theme.SYSTEM_FONT)


def test_colours_agree_with_the_style_sheet_of_the_site() -> None:
    sheets = sorted(SITE.rglob("*tokens*.*css"))
    if not sheets:
        pytest.skip("the site's style sheet with the tokens is not there")
    declared = dict(
        re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", sheets[0].read_text(encoding="utf-8").split("@media")[0])
    )
    assert {name: value for name, value in theme.TOKENS.items() if declared.get(name) != value} == {}
