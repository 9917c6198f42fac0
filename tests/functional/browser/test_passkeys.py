"""A passkey from its making to signing in without a password, with a key that Chromium plays."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def person(browser, live_site):
    """A browser with a key built in, at the name of this machine: a passkey belongs to a name, not to figures."""
    context = browser.new_context(base_url=live_site.address.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def sign_in(page, password: str) -> None:
    page.goto("/sign-in/")
    page.fill("#id_username", "panel@example")
    page.fill("#id_password", password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page) -> None:
    page.locator("details.me summary").click()
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url("**/sign-in/")


def test_passkey_is_made_used_and_removed(person, live_site):
    page = person
    sign_in(page, live_site.password)
    page.wait_for_url("**/")
    page.goto("/account/passkeys/new/")
    page.fill("#id_password", live_site.password)  # who are you, once more
    page.get_by_role("button", name="Go on").click()
    page.fill("#id_name", "Work telephone")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/account/recovery-codes/")
    expect(page.locator("ul.codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Passkey “Work telephone”")).to_be_visible()

    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()  # neither name nor password
    page.wait_for_url(lambda address: address.endswith("/"))
    expect(page.locator("details.me summary")).to_contain_text("Pat Example")

    sign_out(page)
    sign_in(page, live_site.password)  # with the password, the passkey is the second factor
    page.wait_for_url("**/sign-in/second-factor/")
    page.get_by_role("button", name="Use a passkey or security key").click()
    expect(page.locator("details.me summary")).to_contain_text("Pat Example")

    page.goto("/account/")
    page.get_by_role("link", name="Remove Work telephone").click()
    page.get_by_role("button", name="Use a passkey or security key").or_(page.locator("#id_password")).first.wait_for()
    if page.locator("#id_password").count():
        page.fill("#id_password", live_site.password)
        page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("Add a passkey")).to_be_visible()
    sign_out(page)
    sign_in(page, live_site.password)
    page.wait_for_url("**/")
    assert page.complaints == []


def test_page_at_an_address_of_figures_says_what_a_passkey_needs(open_page, live_site):
    page = open_page("/account/passkeys/new/", who="navigator")
    page.fill("#id_password", live_site.password)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("A passkey needs the name of the site")).to_be_visible()
