"""Signing in, being locked out, changing a password, and what the trail says of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from integration.web.access_matrix.rows import ROLES

from upstream_web.audit.models import Event

PASSWORD = "three words that nobody guesses"


def attempt(client, password, username="analyst@test", **more):
    return client.post(reverse("sign-in"), {"username": username, "password": password, **more})


def trail():
    return list(Event.objects.values_list("actor", "action"))


def test_right_password_opens_the_page_that_was_asked_for(client, cast):
    response = attempt(client, PASSWORD, next="/know/feeds/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/know/feeds/"
    assert ("analyst@test", "signed in") in trail()


def test_name_is_known_in_capitals_too(client, cast):
    assert attempt(client, PASSWORD, username="ANALYST@test").status_code == 302


def test_page_asked_for_on_another_site_is_not_followed(client, cast):
    response = attempt(client, PASSWORD, next="https://elsewhere.example/")
    assert response.headers["Location"] == reverse("today")


def test_wrong_password_says_so_and_is_written_down(client, cast):
    response = attempt(client, "wrong")
    assert response.status_code == 200
    assert b"do not match" in response.content
    assert trail()[-1] == ("analyst@test", "sign-in failed")


def test_password_never_reaches_the_trail(client, cast):
    attempt(client, "a secret typed into the wrong box")
    assert not any("secret" in str(event.detail) + event.actor + event.about for event in Event.objects.all())


def test_name_is_locked_out_after_the_set_number_of_failures(client, cast, settings):
    settings.AXES_FAILURE_LIMIT = 3
    statuses = [attempt(client, "wrong").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    response = attempt(client, PASSWORD)
    assert response.status_code == 429
    assert b"locked out for 15 minutes" in response.content
    assert ("analyst@test", "locked out") in trail()


def test_other_name_from_the_same_place_is_not_locked_out(client, cast, settings):
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        attempt(client, "wrong")
    assert attempt(client, PASSWORD, username="board@test").status_code == 302


def test_sign_out_ends_the_session_and_is_written_down(browser_of):
    browser = browser_of("board")
    assert browser.post(reverse("sign-out")).status_code == 302
    assert browser.get(reverse("today")).status_code == 302
    assert trail()[-1] == ("board@test", "signed out")


def test_session_that_ended_is_known_to_have_ended_in_every_process(settings):
    # A session engine with a cache of its own in each process would let a signed-out session live on in the others.
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"


def test_inactive_person_cannot_sign_in(client, cast):
    person = cast["analyst"]
    person.is_active = False
    person.save()
    assert attempt(client, PASSWORD).status_code == 200


def test_changed_password_works_and_the_old_one_does_not(browser_of, client):
    browser = browser_of("manager")
    new = "four quite different words now"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert browser.post(reverse("password-change"), form).status_code == 302
    assert browser.get(reverse("help")).status_code == 200
    assert attempt(client, PASSWORD, username="manager@test").status_code == 200
    assert attempt(client, new, username="manager@test").status_code == 302
    assert ("manager@test", "password changed") in trail()


@pytest.mark.parametrize("weak", ["short", "123456789012", "manager@test"])
def test_weak_password_is_refused(browser_of, weak):
    browser = browser_of("manager")
    form = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    response = browser.post(reverse("password-change"), form)
    assert response.status_code == 200
    assert b"has-error" in response.content


def test_fragment_asked_for_after_the_session_ended_leads_to_sign_in(client, db):
    response = client.get(reverse("search"), headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == reverse("sign-in")


def test_new_visit_begins_after_four_quiet_hours(cast):
    from datetime import UTC, datetime

    from upstream_web.access.operations import visits

    person, morning = cast["board"], datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    visits.note(user=person, at=morning)
    visits.note(user=person, at=morning + timedelta(hours=1))
    assert person.visit_before_at is None
    visits.note(user=person, at=morning + timedelta(hours=6))
    person.refresh_from_db()
    assert person.visit_before_at == morning + timedelta(hours=1)
    assert person.last_seen_at == morning + timedelta(hours=6)


def test_example_people_share_a_password_that_only_the_owner_can_read(db, tmp_path, client):
    from datetime import UTC, datetime

    from upstream.store.layout import DataFolder
    from upstream_web.access.operations import users

    at = datetime(2026, 11, 20, tzinfo=UTC)
    first = users.ensure_example_users(DataFolder(tmp_path), at=at)
    again = users.ensure_example_users(DataFolder(tmp_path), at=at)
    assert first == again
    assert first.kept_in.stat().st_mode & 0o077 == 0
    assert first.usernames == (*(f"{role}@example" for role in ROLES), "chief@example")
    assert attempt(client, first.password, username="steward@example").status_code == 302
