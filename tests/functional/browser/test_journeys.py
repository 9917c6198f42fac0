"""What people do, as they do it: with the keyboard alone, on a phone, from sign-in to a loaded file."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
ROW = (
    "{0:064x},2026-01,Staffordshire Police,Staffordshire Police,-2.17,53.02,On or near High Street,"
    "E01014370,Stoke-on-Trent 015D,{1},Under investigation,"
)


def focused(page) -> str:
    """What has the focus, by its text or label."""
    return page.evaluate(
        "(document.activeElement.innerText || document.activeElement.getAttribute('aria-label')"
        " || document.activeElement.id || document.activeElement.tagName).trim()"
    )


def test_signing_in_and_out_with_the_keyboard_alone(open_page, live_site):
    page = open_page("/know/feeds/", who=None)
    assert page.url.endswith("/sign-in/?next=%2Fknow%2Ffeeds%2F")
    page.keyboard.type("board@example")
    page.keyboard.press("Tab")
    page.keyboard.type(live_site.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/know/feeds/")
    page.locator(".me > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "Your account"
    page.keyboard.press("Tab")
    assert focused(page) == "Calendar"
    page.keyboard.press("Tab")
    assert focused(page) == "Sign out"
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/")


def test_first_tab_skips_to_the_content(open_page):
    page = open_page("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_that_has_focus_shows_it(open_page):
    page = open_page("/")
    for _ in range(25):
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert ring == "3px", f"{focused(page)} has no ring"


def test_slash_goes_to_the_search_and_escape_closes_a_menu(open_page):
    page = open_page("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("robbery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=robbery")
    expect(page.get_by_role("heading", name="Measures")).to_be_visible()
    page.locator(".me > summary").click()
    expect(page.locator(".me__menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".me__menu")).to_be_hidden()


def test_results_follow_what_is_typed(open_page):
    page = open_page("/search/")
    page.locator("#q").press_sequentially("hanley", delay=20)
    expect(page.locator("#results .results").first).to_contain_text("Hanley")


def test_menu_of_the_phone_works_without_script(browser, live_site, signed_in):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=live_site.address, java_script_enabled=False
    )
    context.add_cookies(signed_in("manager"))
    page = context.new_page()
    page.goto("/")
    expect(page.locator("#find-phone")).to_be_hidden()
    page.locator(".masthead__menu > summary").click()
    expect(page.locator("#find-phone")).to_be_visible()
    page.fill("#find-phone", "drugs")
    page.press("#find-phone", "Enter")
    page.wait_for_url("**/search/?q=drugs")
    context.close()


def test_password_can_be_shown(open_page):
    page = open_page("/sign-in/", who=None)
    page.fill("#id_password", "visible")
    page.get_by_role("button", name="Show password").click()
    assert page.get_attribute("#id_password", "type") == "text"


def test_wrong_password_puts_the_focus_on_the_error(open_page):
    page = open_page("/sign-in/", who=None)
    page.fill("#id_username", "nobody@example")
    page.fill("#id_password", "wrong")
    page.click("form.form button[type=submit]")
    expect(page.locator(".error-summary")).to_be_focused()


def test_file_is_checked_then_loaded_and_its_receipt_read(open_page, tmp_path):
    rows = [ROW.format(number, "Robbery") for number in range(40)]
    file = tmp_path / "2026-01-staffordshire-street.csv"
    file.write_text("\n".join([HEADER, *rows, ROW.format(99, "Piracy"), ""]))
    page = open_page("/know/feeds/police_street/load/", who="steward")
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Send the file").click()
    load = page.get_by_role("button", name="Load this file")
    expect(load).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Piracy").first).to_be_visible()
    load.click()
    page.wait_for_url("**/receipts/**", timeout=120_000)
    expect(page.locator(".lede")).to_contain_text("40 rows taken, 1 row refused")
    with page.expect_download() as download:
        page.get_by_role("link", name="Refused rows as CSV").click()
    assert "Piracy" in download.value.path().read_text()


def test_button_pressed_twice_makes_one_record(open_page):
    page = open_page("/act/actions/new/", who="manager")
    page.fill("#id_title", "Pressed twice")
    page.select_option("#id_commitment", index=1)
    page.select_option("#id_lead_body", index=1)
    page.fill("#id_starts_on", "2026-11-01")
    page.fill("#id_due_on", "2027-03-31")
    button = page.get_by_role("button", name="Make action")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    for _ in range(2):
        page.mouse.click(box["x"] + 20, box["y"] + 10)
    page.wait_for_url(re.compile(r"/act/actions/\d+/$"))
    page.goto("/act/actions/?q=Pressed+twice")
    expect(page.locator("main table tbody tr")).to_have_count(1)


def test_home_prints_on_one_sheet(open_page):
    page = open_page("/")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    from io import BytesIO

    from pypdf import PdfReader

    assert len(PdfReader(BytesIO(pdf)).pages) == 1
