"""What guards an address beside its row in the matrix: forms are guarded like pages, and silence is refusal."""

from __future__ import annotations

import pytest
from integration.web.access_matrix.rows import CAST, ROLES, SIGNED_OUT, all_rows
from integration.web.test_access_matrix import address

MATRIX = all_rows()
WHO = (*CAST, SIGNED_OUT)


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
