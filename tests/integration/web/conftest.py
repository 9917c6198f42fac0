"""The standing cast of people, and browsers signed in as each."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")

from django.test import Client

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PASSWORD = "three words that nobody guesses"
SIGNED_OUT = "signed out"
OUTSIDER = "outsider"  # signs in, but was given no access
# Where those work whose role belongs to one organisation; the others have theirs in the whole partnership.
BODY_OF = {"navigator": "harbour-project", "service_manager": "harbour-project", "lead": "police"}


@pytest.fixture
def cast(db):
    """One person of each role, by the key of the role, and the outsider, who has none."""
    return make_cast()


def make_cast():
    """Make the standing cast in the database that is open."""
    from upstream_web.access.operations import users
    from upstream_web.access.roles import ROLES

    def make(key, title, role=None):
        return users.make(
            username=f"{key}@test",
            name=title,
            role=role,
            body=BODY_OF.get(key, ""),
            password=PASSWORD,
            by="tests",
            at=NOW,
        )

    return {role.key: make(role.key, role.title, role) for role in ROLES} | {OUTSIDER: make(OUTSIDER, "Outsider")}


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


@pytest.fixture
def site_of(settings, own_example):
    """The site on a copy of the worked example that the test may change."""
    settings.DATA_ROOT = str(own_example.data.root.parent)
    settings.UPLOADS = own_example.data.root / "uploads"
    return own_example
