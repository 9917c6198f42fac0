"""Two people who edit one record never lose either's words, whatever they type and in whatever order they save.

The reference is a merge by three texts that knows nothing of the site: what a person began from, what is saved now,
and what the person sends.
"""

from __future__ import annotations

import html
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
FIELDS = ("title", "text", "due_on", "amount")

WORDS = st.text(alphabet="aäb <&'", min_size=1, max_size=6)
TYPED = {
    "title": WORDS,
    "text": st.lists(WORDS, max_size=2).map("\n".join),
    "due_on": st.sampled_from(["2026-12-01", "2027-01-15", "", "tomorrow"]),
    "amount": st.sampled_from(["1", "22", "", "many"]),
}
TYPING = st.fixed_dictionaries({}, optional=TYPED)
# A round: what each of the two types, who saves in which order, and who opens the form again at its end.
ROUND = st.tuples(TYPING, TYPING, st.lists(st.integers(0, 1), min_size=1, max_size=4), st.sets(st.integers(0, 1)))


@dataclass
class Writer:
    """One person at their browser, with the form before them."""

    browser: Client
    address: str
    form: dict[str, str] = field(default_factory=dict)
    began: dict[str, str] = field(default_factory=dict)

    def look(self, response) -> None:
        shown = {bound.html_name: bound.value() for bound in response.context["form"]}
        self.form = {name: str(value) for name, value in shown.items() if value not in (None, False)}

    def open(self) -> None:
        self.look(self.browser.get(self.address))
        self.began = {name: self.form.get(name, "") for name in FIELDS}

    def save(self):
        return self.browser.post(self.address, {**self.form, "text": self.form.get("text", "").replace("\n", "\r\n")})


def kept(note) -> dict[str, str]:
    """What the record holds, as it is typed."""
    return {name: "" if getattr(note, name) is None else str(getattr(note, name)) for name in FIELDS}


def as_kept(name: str, typed: str) -> str:
    """A text as a form takes it: without blanks around it."""
    return typed.strip()


def is_fit(form: dict[str, str]) -> bool:
    """Whether the form could be saved if nobody else were there."""
    return bool(form.get("title", "").strip()) and form.get("due_on") != "tomorrow" and form.get("amount") != "many"


@pytest.fixture
def two_managers(db):
    from upstream_web.access.operations import users
    from upstream_web.access.roles import Manager

    def browser(name: str) -> Client:
        user = users.make(username=f"{name}@test", name=name, role=Manager, body="", password="x", by="tests", at=AT)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser("ash"), browser("sam")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rounds=st.lists(ROUND, min_size=1, max_size=3))
def test_two_people_never_lose_words(two_managers, rounds):
    from integration.web.notebook.models import Note

    from upstream_web.records.operations import keeping

    note = keeping.make(record=Note(title="begun", text="first\nlines"), by="tests", at=AT)
    writers = [Writer(browser, f"/notes/{note.pk}/change/") for browser in two_managers]
    for writer in writers:
        writer.open()
    for of_one, of_other, saving, opening in rounds:
        for writer, typed in zip(writers, (of_one, of_other), strict=True):
            writer.form |= typed
        for who in saving:
            check_saving(note, writers[who])
        for who in opening:
            writers[who].open()


def check_saving(note, writer: Writer) -> None:
    """Save, and hold the outcome against the merge by three texts."""
    from upstream_web.records import history

    note.refresh_from_db()
    saved_before, began, sent = kept(note), dict(writer.began), dict(writer.form)
    yours = {name: as_kept(name, sent.get(name, "")) for name in FIELDS}
    disputed = {
        name for name in FIELDS
        if began[name] not in (saved_before[name], yours[name]) and saved_before[name] != yours[name]
    }  # fmt: skip
    response = writer.save()
    note.refresh_from_db()
    if response.status_code == 302:
        assert is_fit(sent)
        assert not disputed, "somebody's words were overwritten without being shown"
        merged = {name: saved_before[name] if yours[name] == began[name] else yours[name] for name in FIELDS}
        assert kept(note) == merged
        past = [history.base_values(note, number) for number in range(1, note.version + 1)]
        for name in FIELDS:  # what was there before is in the record or in its history
            assert saved_before[name] in {"" if one[name] is None else str(one[name]) for one in past}
        writer.open()
        return
    assert kept(note) == saved_before, "a form that was shown again had written something"
    assert disputed or not is_fit(sent)
    shown = html.unescape(response.content.decode())
    for name in FIELDS:  # the person who must decide sees their own words and the other's
        if name in disputed:
            assert saved_before[name] in shown
        if yours[name] != began[name]:
            assert yours[name] in shown.replace("\r\n", "\n")
    writer.look(response)
    writer.began = saved_before  # they have now seen what the other saved
