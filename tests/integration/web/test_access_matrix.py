"""Who may open what: every address of the site against the standing cast. An address without a row fails.

The rows are in `access_matrix/`, a file for each app.
"""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from integration.web.access_matrix.rows import CAST, ROLES, SIGNED_OUT, Row, all_rows

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


def address(name: str) -> str:
    """An address of that name, its parts filled from the matrix, or with a plain word."""
    pattern = routes()[name].pattern
    given = MATRIX[name].parts
    wanted = getattr(pattern, "converters", None) or pattern.regex.groupindex
    return reverse(name, kwargs={part: given.get(part, "none") for part in wanted})


def test_every_address_has_a_row():
    assert sorted(routes()) == sorted(MATRIX)


def test_every_view_declares_its_rule():
    from upstream_web.access.authorisation import rule_of

    assert [name for name, pattern in routes().items() if rule_of(pattern.callback) is None] == []


def answered(row: Row, where: str, who: str, browser_of) -> str:
    """Say what somebody is told at an address: "in", "sign in first", "refused" or "failed"."""
    response = getattr(browser_of(who), row.method)(where, row.data)
    if response.streaming:  # a file that is sent in pieces would stay open; the client closes what was read to its end
        b"".join(response)
    if response.status_code == 302 and response.headers["Location"].startswith(f"{reverse('sign-in')}?next="):
        return "sign in first"
    return {401: "sign in first", 403: "refused", 500: "failed"}.get(response.status_code, "in")


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_address_answers_whom_it_should(name, browser_of, example):
    row, where = MATRIX[name], address(name)
    expected = {who: "in" if who in row.may else "refused" for who in CAST}
    expected[SIGNED_OUT] = "in" if SIGNED_OUT in row.may else "sign in first"
    assert {who: answered(row, where, who, browser_of) for who in WHO} == expected


def test_cast_has_one_person_of_every_role(cast):
    from upstream_web.access.roles import ROLES as ALL_ROLES

    assert {role.key for role in ALL_ROLES} == set(ROLES)
    assert set(cast) == set(CAST)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", ["build-make", "feed-load", "assessment-make"])
def test_posting_is_guarded_like_reading(name, who, browser_of, example):
    from upstream_web.core.models import Job

    response = browser_of(who).post(address(name))
    allowed = who in MATRIX[name].may
    assert (response.status_code == 403) == (not allowed and who != SIGNED_OUT)
    assert allowed or Job.objects.count() == 0


def test_view_that_declares_nothing_is_refused(rf, cast):
    from django.core.exceptions import PermissionDenied
    from django.http import HttpResponse

    from upstream_web.access.middleware import DenyUnlessDeclared

    request = rf.get("/")
    request.user = cast["analyst"]
    with pytest.raises(PermissionDenied):
        DenyUnlessDeclared(lambda _: HttpResponse()).process_view(request, lambda _: HttpResponse(), (), {})


def test_inactive_person_may_nothing(cast):
    from upstream_web.access.authorisation import may
    from upstream_web.access.permissions import Permission

    person = cast["analyst"]
    assert may(person, Permission.FEED_LOAD)
    person.is_active = False
    assert not any(may(person, permission) for permission in Permission)
