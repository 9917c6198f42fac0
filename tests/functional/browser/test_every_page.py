"""Every page at two widths: axe finds no fault, the policy refuses nothing, nobody else is asked, nothing is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from functional.browser.conftest import watched
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
PAGES_OF_ANALYST = [
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
PAGES_OF_MANAGER = [
    "/act/strategies/1/",
    "/act/strategies/1/beside/",
    "/act/priorities/6/",
    "/act/commitments/1/",
    "/act/findings/",
    "/act/findings/1/",
    "/act/actions/",
    "/act/actions/board/",
    "/act/actions/timeline/",
    "/act/actions/80/",
    "/act/actions/80/change/",
    "/act/actions/80/history/",
    "/act/actions/import/",
    "/act/strategy-reviews/1/",
    "/act/performance/",
    "/act/performance/1/",
    "/act/performance/1/change/",
    "/act/performance/values/",
    "/act/performance/quarters/1/",
    "/act/board-packs/",
    "/act/meetings/",
    "/act/meetings/17/",
    "/act/meetings/20/agenda/",
    "/act/meetings/17/minutes/",
    "/act/meetings/forward-plan/",
    "/act/meetings/attendance/",
    "/act/boards/1/",
    "/act/risks/",
    "/act/risks/1/",
    "/act/risks/1/review/",
    "/act/escalations/1/",
    "/act/escalations/new/",
    "/act/time-limits/",
    "/account/plan-updates/",
    "/account/plan-updates/1/",
    "/account/sections-of-updates/1/",
    "/on/action/80/chain/",
    "/on/recommendation/3/chain/",
    "/on/action/80/links/",
    "/on/action/80/files/",
    "/search/?q=outcome+22",
    "/notices/",
    "/calendar/",
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
PAGES_OF_INSPECTIONS = [
    "/account/inspections/",
    "/account/inspections/1/",
    "/account/inspections/summary/",
    "/account/inspections/for-the-public/",
    "/account/inspections/import/",
    "/account/recommendations/",
    "/account/recommendations/3/",
    "/account/recommendations/5/",
    "/account/recommendations/4/steps/review/",
    "/account/responses/1/",
    "/account/responses/1/preview/",
    "/account/responses/1/publish/",
    "/account/responses/1/sent/",
    "/account/responses/1/versions/1/",
    "/account/response-parts/1/",
    "/account/practice/",
    "/account/practice/1/",
    "/account/practice/to-table/",
    "/act/strategies/1/public/",
]
PAGES_OF_DUTY = [
    "/account/duty/",
    "/account/duty/sharing/",
    "/account/duty/bodies/1/",
    "/account/duty/agreements/1/",
    "/account/duty/definitions/1/",
    "/account/duty/notices/1/",
    "/account/duty/consultations/",
    "/account/duty/consultations/1/",
    "/account/duty/disclosures/1/",
    "/account/duty/evaluations/1/",
    "/account/duty/judgements/14/",
    "/account/duty/judgements/28/change/",
    "/account/duty/funding/",
    "/account/duty/funding/1/",
    "/account/duty/returns/1/",
    "/account/duty/returns/2/fill/",
]
PAGES_OF_REVIEWS = [
    "/account/reviews/",
    "/account/reviews/1/",
    "/account/reviews/themes/",
    "/account/reviews/learning/1/",
    "/account/reviews/actions/1/",
    "/account/reviews/briefs/1/",
    "/account/learning-briefs/1/",
]
PAGES_OF_COMMISSIONING = [
    "/act/funds/",
    "/act/funds/1/",
    "/act/funds/costs/",
    "/act/funds/awards/",
    "/act/grants/1/",
    "/act/grants/1/change/",
    "/act/provider-returns/1/",
    "/act/payments/1/",
    "/act/rounds/1/",
    "/act/bids/1/",
]
PAGES_OF_EDUCATION = [
    "/act/education/",
    "/act/education/packages/1/",
    "/act/education/settings/1/",
    "/act/education/sessions/",
    "/act/education/sessions/1/",
    "/act/education/sessions/1/report/",
    "/act/education/observations/1/",
    "/act/education/courses/",
    "/act/education/courses/1/",
    "/act/education/teams/1/",
    "/act/education/training/sheet/",
    "/act/education/campaigns/1/",
    "/act/education/charters/1/",
    "/act/education/signatures/1/",
    "/act/education/programmes/1/",
]
PUBLIC_PAGES = [
    "/public/",
    "/public/strategy/",
    "/public/strategy/1/",
    "/public/responses/",
    "/public/responses/1/",
    "/public/responses/1/version-1/",
    "/public/plan-updates/",
    "/public/plan-updates/1/",
    "/public/you-said/",
]
OPEN_PAGES = ["/sign-in/", "/help/", "/accessibility/", "/privacy/"]
PAGES = {
    "analyst": PAGES_OF_ANALYST,
    "manager": [
        *PAGES_OF_MANAGER,
        *PAGES_OF_INSPECTIONS,
        *PAGES_OF_DUTY,
        *PAGES_OF_REVIEWS,
        *PAGES_OF_COMMISSIONING,
        *PAGES_OF_EDUCATION,
    ],
    "administrator": PAGES_OF_ADMINISTRATOR,
    "steward": ["/account/people/emergencies/"],
    "": [*OPEN_PAGES, *PUBLIC_PAGES],
}


@pytest.fixture(scope="module")
def window(browser, live_site, signed_in):
    """Give the window of somebody, or of nobody, used for every page: to open one takes longer than most pages."""
    opened: dict[str, Page] = {}

    def of(who: str) -> Page:
        if who not in opened:
            context = browser.new_context(base_url=live_site.address)
            context.add_cookies(signed_in(who) if who else [])
            opened[who] = watched(context.new_page(), live_site.address)
        return opened[who]

    yield of
    for page in opened.values():
        page.context.close()


def faults(page: Page) -> list[str]:
    """What axe finds, a line a fault."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


def is_cut(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize(("who", "path"), [(who, path) for who, paths in PAGES.items() for path in paths])
def test_page_is_sound(window, who, path):
    page = window(who)
    page.complaints.clear()
    page.elsewhere.clear()
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.goto(path).status == 200
    page.wait_for_load_state("networkidle")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, faults(page), page.complaints, page.elsewhere, is_cut(page)) == (width, [], [], [], False)


def test_public_pages_leave_no_cookie(open_page):
    page = open_page("/public/", who=None)
    assert [page.goto(path).status for path in PUBLIC_PAGES] == [200] * len(PUBLIC_PAGES)
    assert page.context.cookies() == []


@pytest.mark.parametrize("path", ["/", "/know/feeds/police_street/"])
def test_page_holds_at_320_pixels(open_page, path):
    assert not is_cut(open_page(path, width=320))


def test_number_of_the_page_shown_can_be_read(open_page):
    """Axe takes a word of one sign for none unless it is told otherwise, and so passes over such numbers."""
    page = open_page("/act/actions/", who="manager")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    contrast = {"normal": {"expected": 4.5}, "large": {"expected": 3}}
    options = {"ignoreLength": True, "boldValue": 700, "boldTextPt": 14, "largeTextPt": 18, "contrastRatio": contrast}
    page.evaluate("given => axe.configure({checks: [{id: 'color-contrast', options: given}]})", options)
    found = page.evaluate("axe.run('.pages', {runOnly: ['color-contrast']})")
    assert found["violations"] == []
    assert len(found["passes"][0]["nodes"]) >= 2


def test_missing_page_is_sound(open_page):
    page = open_page("/no/such/page/")
    assert faults(page) == []
    assert page.locator("h1").inner_text() == "There is nothing at this address"
