"""What every answer carries, and that no page breaks the content policy it declares."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

PAGES = ["today", "search", "help", "privacy", "accessibility", "glossary", "feed-list", "build-list", "sign-in"]


def policy(response) -> dict[str, list[str]]:
    directives = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {words[0]: words[1:] for words in directives if words}


def test_policy_allows_this_site_only(client, db):
    declared = policy(client.get(reverse("sign-in")))
    assert declared["default-src"] == declared["script-src"] == declared["style-src"] == ["'self'"]
    assert declared["object-src"] == declared["base-uri"] == declared["frame-ancestors"] == ["'none'"]
    everything = {word for words in declared.values() for word in words}
    assert everything <= {"'self'", "'none'", "data:", "blob:"}
    assert "data:" not in declared["script-src"]


def test_headers_keep_others_out(client, db):
    headers = client.get(reverse("sign-in")).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "private" in headers["Cache-Control"]


def test_session_cookie_is_out_of_reach_of_scripts(client, cast):
    client.post(reverse("sign-in"), {"username": "board@test", "password": "three words that nobody guesses"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("name", PAGES)
def test_page_has_nothing_that_the_policy_refuses(name, browser_of, example):
    page = browser_of("signed out" if name == "sign-in" else "analyst").get(reverse(name)).content.decode()
    assert not re.search(r"<[^>]+\sstyle\s*=", page)
    assert not re.search(r"<[^>]+\son[a-z]+\s*=\s*[\"']", page)
    assert "<style" not in page
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


@pytest.mark.parametrize("name", PAGES)
def test_page_points_at_no_other_site_for_what_it_needs(name, browser_of, example):
    page = browser_of("signed out" if name == "sign-in" else "analyst").get(reverse(name)).content.decode()
    fetched = re.findall(r"<(?:script|img|link|iframe)[^>]+(?:src|href)=\"([^\"]+)\"", page)
    assert fetched
    assert all(address.startswith("/") for address in fetched)


def test_form_without_its_token_is_refused(cast):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post(reverse("sign-in"), {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert b"too old" in response.content


@pytest.mark.parametrize(("path", "status", "says"), [("/nothing/", 404, b"nothing at this address")])
def test_missing_page_is_in_the_look_of_the_site(client, db, path, status, says):
    response = client.get(path)
    assert response.status_code == status
    assert says in response.content
    assert b"masthead" in response.content


def test_failure_of_ours_gives_a_code_and_no_detail(rf):
    from upstream_web.core.errors import failed

    request = rf.get("/")
    request.request_id = "abc123def456"
    response = failed(request)
    assert response.status_code == 500
    assert b"abc123def456" in response.content


def test_healthz_says_no_more_than_that_it_lives(client, db):
    response = client.get(reverse("healthz"))
    assert response.json() == {"status": "ok"}
