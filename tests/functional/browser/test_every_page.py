"""Every page at two widths: axe finds no fault, the policy refuses nothing, nobody else is asked, nothing is cut."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    "/",
    "/?since=7",
    "/know/measures/",
    "/know/measures/violence_rate/",
    "/know/measures/no_suspect_share/",
    "/know/areas/",
    "/know/areas/district/E06000021/",
    "/know/areas/lsoa21/E01014287/",
    "/know/assessments/",
    "/know/feeds/",
    "/know/feeds/police_street/",
    "/know/feeds/police_outcomes/",
    "/know/feeds/police_street/load/",
    "/know/builds/",
    "/search/?q=violence",
    "/search/?q=nothing-is-called-this",
    "/account/",
    "/account/password/",
    "/account/app/",
    "/account/passkeys/new/",
    "/help/",
    "/accessibility/",
    "/privacy/",
    "/glossary/",
]
PAGES_OF_ADMINISTRATOR = [
    "/account/organisations/",
    "/account/organisations/1/",
    "/account/organisations/new/",
    "/account/people/",
    "/account/people/new/",
    "/account/people/1/",
    "/account/people/1/give/",
    "/account/people/1/stop/",
    "/account/people/grants/1/",
    "/account/people/joined-moved-left/",
    "/account/people/confirmation/",
    "/account/people/unused/",
]
OPEN_PAGES = ["/sign-in/", "/help/", "/accessibility/", "/privacy/"]


def faults(page) -> list[str]:
    """What axe finds, a line a fault."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


def check_sound(page) -> None:
    assert faults(page) == []
    assert page.complaints == []
    assert page.elsewhere == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_sound(open_page, path, width):
    check_sound(open_page(path, width=width))


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", PAGES_OF_ADMINISTRATOR)
def test_page_about_people_and_access_is_sound(open_page, path, width):
    check_sound(open_page(path, who="administrator", width=width))


@pytest.mark.parametrize("width", [1440, 390])
def test_list_of_emergencies_is_sound(open_page, width):
    check_sound(open_page("/account/people/emergencies/", who="steward", width=width))


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", OPEN_PAGES)
def test_page_for_those_signed_out_is_sound(open_page, path, width):
    check_sound(open_page(path, who=None, width=width))


@pytest.mark.parametrize("path", ["/", "/know/feeds/police_street/"])
def test_page_holds_at_320_pixels(open_page, path):
    page = open_page(path, width=320)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_missing_page_is_sound(open_page):
    page = open_page("/no/such/page/")
    assert faults(page) == []
    assert page.locator("h1").inner_text() == "There is nothing at this address"
