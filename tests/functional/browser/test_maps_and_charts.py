"""Maps and charts in a real browser: drawn live where that can be, and the server's drawing wherever it cannot."""

from __future__ import annotations

import os
import shutil

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGE = "/know/measures/violence_rate/"
GRAPHICS = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
NO_GRAPHICS = ["--disable-gpu", "--disable-software-rasterizer", "--disable-webgl", "--disable-webgl2"]
WAIT = 30_000


@pytest.fixture
def page_of(browser, live_site, signed_in):
    """Open the page in a Chromium started with the arguments given, with or without scripts."""
    named = os.environ.get("UPSTREAM_CHROMIUM", "")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    opened = []

    def open_with(arguments: list[str], *, scripts: bool = True, width: int = 1440):
        started = browser.browser_type.launch(executable_path=found, args=["--no-sandbox", *arguments])
        opened.append(started)
        context = started.new_context(
            viewport={"width": width, "height": 1400}, base_url=live_site.address, java_script_enabled=scripts
        )
        context.add_cookies(signed_in("analyst"))
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.goto(PAGE)
        return page

    yield open_with
    for started in opened:
        started.close()


def test_map_is_drawn_live_and_answers_to_the_field_that_finds(page_of):
    page = page_of(GRAPHICS)
    page.wait_for_selector('[data-area-map][data-ready="live"]', timeout=WAIT)
    assert page.locator(".map-live canvas").is_visible()
    assert not page.locator(".map-drawn").is_visible()
    page.fill("#find-on-map", "E01014287")
    page.press("#find-on-map", "Enter")
    assert page.locator('#map-readout [data-part="name"]').inner_text() == "Hanley & Etruria"
    assert page.locator('#map-readout [data-part="value"]').inner_text() == "376"
    assert page.complaints == []


def test_map_points_and_chooses_without_leaving_the_keyboard_behind(page_of):
    page = page_of(GRAPHICS)
    page.wait_for_selector('[data-area-map][data-ready="live"]', timeout=WAIT)
    before = page.locator('#map-readout [data-part="name"]').inner_text()
    box = page.locator(".map-live canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.2)
    page.wait_for_timeout(500)
    assert page.locator('#map-readout [data-part="name"]').inner_text() != before
    link = page.locator('#map-readout [data-part="link"]').get_attribute("href")
    assert link.startswith("/know/areas/lsoa21/E01")


def test_without_graphics_the_servers_map_stays_and_still_answers(page_of):
    page = page_of(NO_GRAPHICS)
    page.wait_for_selector("[data-area-map].is-drawn-only", timeout=WAIT)
    assert page.locator(".map-drawn svg.map").is_visible()
    assert page.locator(".map-live").count() == 0
    path = page.locator(".map-drawn path[data-code]").nth(5)
    path.dispatch_event("click")
    chosen = page.locator('#map-readout [data-part="link"]').get_attribute("href")
    assert chosen == f"/know/areas/lsoa21/{path.get_attribute('data-code')}/"
    assert page.complaints == []


def test_without_scripts_everything_is_there(page_of):
    page = page_of([], scripts=False)
    assert page.locator(".map-drawn svg.map path[data-code]").count() == 697
    assert page.locator("#through-time .figure__drawn svg").first.is_visible()
    assert page.locator("#small tbody tr").count() == 25
    assert page.locator("#small .pages a").first.is_visible()


@pytest.mark.parametrize(("width", "shown"), [(1440, 530), (390, 358)])
def test_chart_is_drawn_live_in_the_size_for_the_width(page_of, width, shown):
    page = page_of([], width=width)
    page.locator("#through-time").scroll_into_view_if_needed()
    page.wait_for_selector("#through-time .is-live .figure__live svg", timeout=WAIT)
    drawn = page.locator("#through-time .figure__live svg")
    assert float(drawn.get_attribute("viewBox").split()[2]) == pytest.approx(shown, abs=8)
    assert not page.locator("#through-time .figure__drawn").is_visible()
    assert page.locator("#through-time .figure__live [role]").count() == 0
    assert page.locator("#through-time .figure__live").get_attribute("aria-label")


def test_short_table_is_sorted_in_place_and_keeps_the_whole_area_first(page_of):
    page = page_of([])
    table = page.locator("table[data-sortable]").first
    table.locator("thead button", has_text="Area").click()
    names = table.locator("tbody th").all_inner_texts()
    assert names[0] == "Whole area"
    assert names[1:] == sorted(names[1:])
    assert table.locator('thead th[aria-sort="ascending"]').inner_text().startswith("Area")


def test_citation_can_be_copied_or_is_selected(page_of):
    page = page_of([])
    page.locator("#cite summary").click()
    page.locator('button[data-copy="citation"]').click()
    page.wait_for_selector("#citation-said:not(:empty)", timeout=WAIT)
    assert page.locator("#citation-said").inner_text().startswith(("Copied", "Selected"))
