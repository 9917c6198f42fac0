"""Who may open what: every address of the site against the standing cast. An address without a row fails.

The rows are in `access_matrix/`, a file for each app.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from integration.web.access_matrix.rows import CAST, SIGNED_OUT, Row, all_rows
from integration.web.conftest import make_cast

from upstream_web.core import errors

MATRIX = all_rows()
WHO = (*CAST, SIGNED_OUT)


def routes(patterns=None) -> dict[str, URLPattern]:
    """Every address of the site by its name."""
    found: dict[str, URLPattern] = {}
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            found |= routes(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            assert pattern.name not in found, f"two addresses are called {pattern.name}"
            found[pattern.name] = pattern
    return found


ROUTES = cache(routes)


def address(name: str) -> str:
    """An address of that name, its parts filled from the matrix, or with a plain word."""
    pattern = ROUTES()[name].pattern
    given = MATRIX[name].parts
    wanted = getattr(pattern, "converters", None) or pattern.regex.groupindex
    return reverse(name, kwargs={part: given.get(part, "none") for part in wanted})


def test_every_address_has_a_row():
    assert sorted(routes()) == sorted(MATRIX)


def test_every_view_declares_its_rule():
    from upstream_web.access.authorisation import rule_of

    assert [name for name, pattern in routes().items() if rule_of(pattern.callback) is None] == []


@pytest.fixture(autouse=True)
def _no_kept_results():
    """Keep what pages calculated from one address to the next: all of them read the same data."""


@pytest.fixture(autouse=True)
def _plain_pages_of_errors(monkeypatch):
    """Tell an error by its status only: drawing the page of every refusal takes longer than deciding it."""
    monkeypatch.setattr(errors, "_page", lambda request, status, *said: HttpResponse(status=status))


@pytest.fixture(scope="module")
def sessions(django_db_setup, django_db_blocker, example):
    """The cast, signed in once for all addresses, by the cookie of each; what a request writes is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {who: _signed_in(person) for who, person in make_cast().items()} | {SIGNED_OUT: SimpleCookie()}
        transaction.set_rollback(True)


def _signed_in(person) -> SimpleCookie:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo whatever is written within."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def answered(row: Row, where: str, cookies: SimpleCookie) -> str:
    """Say what somebody is told at an address: "in", "sign in first", "refused" or "failed"."""
    client = Client()
    client.cookies = SimpleCookie({name: cookie.value for name, cookie in cookies.items()})
    with taken_back():
        return told(getattr(client, row.method)(where, row.data))


def told(response) -> str:
    """Read an answer to its end and say what it tells."""
    if response.streaming:  # a file that is sent in pieces would stay open; the client closes what was read to its end
        b"".join(response)
    if response.status_code == 302 and response.headers["Location"].startswith(f"{reverse('sign-in')}?next="):
        return "sign in first"
    return {401: "sign in first", 403: "refused", 500: "failed"}.get(response.status_code, "in")


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_address_answers_whom_it_should(name, sessions, db):
    row, where = MATRIX[name], address(name)
    expected = {who: "in" if who in row.may else "refused" for who in CAST}
    expected[SIGNED_OUT] = "in" if SIGNED_OUT in row.may else "sign in first"
    assert {who: answered(row, where, sessions[who]) for who in WHO} == expected
