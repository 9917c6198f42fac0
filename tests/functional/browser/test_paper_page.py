"""A paper's page as it is mailed round: opened from a file, by itself, on a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories.small_paper import small_paper

from upstream.papers import write

pytestmark = pytest.mark.browser

FAULTS = """axe.run().then(found => found.violations.flatMap(
    fault => fault.nodes.map(node => fault.id + " " + node.html.slice(0, 200))))"""
AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(small_paper(), tmp_path_factory.mktemp("paper"), "pack", forms=("html",))["html"].as_uri()


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_axe_finds_no_fault_and_nothing_is_cut_off(browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    faults = page.evaluate(FAULTS)
    across = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert faults == []
    assert across == width
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
