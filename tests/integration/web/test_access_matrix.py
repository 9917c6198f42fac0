"""Who may open what: every address of the site against the standing cast. An address without a row fails."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

CAST = ("analyst", "steward", "manager", "board")
SIGNED_OUT = "signed out"
EVERYONE = frozenset({*CAST, SIGNED_OUT})
STAFF = frozenset(CAST)
WITHOUT_BOARD = STAFF - {"board"}
LOADERS = frozenset({"analyst", "steward"})
MAKERS = frozenset({"analyst", "manager"})


@dataclass(frozen=True)
class Row:
    """One address: who may, and what its parts stand for."""

    may: frozenset[str]
    parts: dict[str, Any] = field(default_factory=dict)


MATRIX: dict[str, Row] = {
    # ---- open to everyone -------------------------------------------------------------------------
    "sign-in": Row(EVERYONE),
    "sign-out": Row(EVERYONE),
    "help": Row(EVERYONE),
    "accessibility": Row(EVERYONE),
    "privacy": Row(EVERYONE),
    "healthz": Row(EVERYONE),
    # ---- everybody who signs in -------------------------------------------------------------------
    "today": Row(STAFF),
    "password-change": Row(STAFF),
    "search": Row(STAFF),
    "glossary": Row(STAFF),
    "job": Row(STAFF, {"job_id": uuid.UUID(int=1)}),
    "measure-list": Row(STAFF),
    "measure": Row(STAFF, {"name": "violence_rate"}),
    "measure-map": Row(STAFF, {"name": "violence_rate"}),
    "area-outlines": Row(STAFF, {"level": "district"}),
    "area-list": Row(STAFF),
    "area": Row(STAFF, {"level": "district", "code": "E06000021"}),
    "assessment-list": Row(STAFF),
    "assessment": Row(STAFF, {"version_id": "2026-11-20.1"}),
    "assessment-chapter": Row(STAFF, {"version_id": "2026-11-20.1", "slug": "where"}),
    "assessment-file": Row(STAFF, {"version_id": "2026-11-20.1", "name": "needs-assessment.pdf"}),
    "feed-list": Row(STAFF),
    "feed": Row(STAFF, {"feed": "police_street"}),
    "receipt": Row(STAFF, {"feed": "police_street", "receipt_id": "none"}),
    "build-list": Row(STAFF),
    "build": Row(STAFF, {"build_id": "2026-11-20.1"}),
    # ---- some -------------------------------------------------------------------------------------
    "measure-download": Row(WITHOUT_BOARD, {"name": "violence_rate", "kind": "csv"}),
    "feed-load": Row(LOADERS, {"feed": "police_street"}),
    "receipt-rejected": Row(LOADERS, {"feed": "police_street", "receipt_id": "none"}),
    "build-make": Row(LOADERS),
    "assessment-make": Row(MAKERS),
}


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


@pytest.mark.parametrize("who", [*CAST, SIGNED_OUT])
@pytest.mark.parametrize("name", sorted(MATRIX))
def test_address_answers_whom_it_should(name, who, browser_of, example):
    response = browser_of(who).get(address(name))
    to_sign_in = response.status_code == 302 and response.headers["Location"].startswith(reverse("sign-in"))
    if who in MATRIX[name].may:
        assert response.status_code not in {403, 500}
        assert not to_sign_in
    elif who == SIGNED_OUT:
        assert to_sign_in
    else:
        assert response.status_code == 403


@pytest.mark.parametrize("who", [*CAST, SIGNED_OUT])
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
