"""The assessment's page as it is mailed round: opened from a file, by itself, on a desk, on a phone and for print."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories.small_document import small_document

from upstream.assessments import write

pytestmark = pytest.mark.browser

# One line for every element that breaks a rule: the rule and the element.
FAULTS = """axe.run().then(found => found.violations.flatMap(
    fault => fault.nodes.map(node => fault.id + " " + node.html.slice(0, 200))))"""
AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(small_document(), tmp_path_factory.mktemp("page"))["html"].as_uri()


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


def test_a_number_leads_to_its_entry(browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.click("main .number >> nth=0")
    shown = page.evaluate("document.querySelector(':target').textContent")
    page.close()
    assert "41,429" in shown
    assert "Violence, whole area" in shown


def test_print_leaves_out_the_furniture(browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.emulate_media(media="print")
    hidden = page.evaluate("getComputedStyle(document.querySelector('.contents')).display")
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert hidden == "none"
    assert printed.startswith(b"%PDF")
