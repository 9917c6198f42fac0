"""The standing cast of people, and browsers signed in as each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")

from django.test import Client

from upstream.partnership import open_partnership

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PASSWORD = "three words that nobody guesses"
SIGNED_OUT = "signed out"
EXAMPLE = Path(__file__).resolve().parents[3] / "partnerships" / "staffordshire"
OUTSIDER = "outsider"  # signs in, but was given no access
# Where those work whose role belongs to one organisation; the others have theirs in the whole partnership.
BODY_OF = {
    "navigator": "harbour-project", "service_manager": "harbour-project", "lead": "police", "board": "police",
}  # fmt: skip


@pytest.fixture
def cast(db):
    """One person of each role, by the key of the role, and the outsider, who has none."""
    return make_cast()


def make_cast():
    """Make the standing cast in the database that is open: many tests want it, so it is written in two statements."""
    from django.contrib.auth.hashers import make_password

    from upstream_web.access.models import Grant, User
    from upstream_web.access.roles import ROLES

    titles = {role.key: role.title for role in ROLES} | {OUTSIDER: "Outsider"}
    password = make_password(PASSWORD)
    people = User.objects.bulk_create(
        User(username=f"{key}@test", name=title, password=password, made_at=NOW) for key, title in titles.items()
    )
    cast = dict(zip(titles, people, strict=True))
    Grant.objects.bulk_create(
        Grant(user=cast[role.key], role=role.key, body=BODY_OF.get(role.key, ""), starts_on=NOW.date(),
              reason="Of the standing cast.", given_by="tests", given_at=NOW)
        for role in ROLES
    )  # fmt: skip
    return cast


@pytest.fixture
def browser_of(cast) -> Callable[[str], Client]:
    """Give a browser signed in as one of the cast, or signed out."""

    def browser(who: str) -> Client:
        client = Client()
        if who != SIGNED_OUT:
            client.force_login(cast[who], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser


@pytest.fixture(autouse=True)
def _long_leases(settings):
    """No claim goes stale while a busy machine takes its time; tests of stale claims set their own."""
    settings.JOB_LEASE_SECONDS = 3600


@pytest.fixture(autouse=True)
def _no_kept_results():
    """Forget what pages calculated: another test may have other data."""
    from upstream_web.core.workbench import forget_results

    yield
    forget_results()


@contextmanager
def loaded_once(blocker, pristine, data):
    """Hold what is loaded within for all tests of a module, with files beside a copy of the example in `data`.

    Each test changes it for itself; all of it is taken back in the end. A fixture of that kind is called
    `kept_example`, and the tests that use it run after the others of their module, which begin from nothing.
    """
    from django.db import transaction
    from django.test import override_settings

    from upstream_web.organisations.operations.organisations import ensure_members

    shutil.copytree(pristine, data)
    site = open_partnership(EXAMPLE, data=data)
    places = override_settings(DATA_ROOT=str(data), UPLOADS=site.data.root / "uploads")
    with blocker.unblock(), transaction.atomic(), places:
        ensure_members(site.config.members, at=NOW)
        yield site
        transaction.set_rollback(True)


def put_site(settings, partnership):
    """Let the site use the data folder of `partnership`."""
    settings.DATA_ROOT = str(partnership.data.root.parent)
    settings.UPLOADS = partnership.data.root / "uploads"
    return partnership


@pytest.fixture
def rendering_holds_nobody(monkeypatch):
    """Fail where a paper is rendered once an operation has begun, which keeps everybody else from writing."""
    from upstream_web.core.operations import NoOperationUnderWay, under_way
    from upstream_web.records.operations import papers

    rendered = papers.render

    def render(paper, form):
        with pytest.raises(NoOperationUnderWay):
            under_way()
        return rendered(paper, form)

    monkeypatch.setattr(papers, "render", render)


@pytest.fixture
def site_of(settings, own_example):
    """The site on a copy of the worked example that the test may change."""
    return put_site(settings, own_example)
