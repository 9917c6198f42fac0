"""Letters as a mail server gets them: what they say, and that one which is away, silent or refuses loses nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from factories.letter_box import letter_box
from integration.web.notebook.models import Note

from upstream_web.audit.models import Event
from upstream_web.core import jobs, schedule
from upstream_web.mail_server import site_address
from upstream_web.records import background, digests
from upstream_web.records.models import Digest, Notice
from upstream_web.records.operations import comments, keeping, notices
from upstream_web.settings_registry import SettingNotUnderstood

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)  # a Friday
MORNING = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
READERS = ("board", "lead", "manager")


@pytest.fixture
def box(settings, cast):
    """A mail server that takes letters, and three people who want theirs every morning."""
    settings.SITE_ADDRESS = "https://upstream.example.org/"
    for who in READERS:
        cast[who].email = f"{who}@letters.example"
        cast[who].save()
        notices.choose_digest(often="daily", by=cast[who], at=AT)
    with letter_box() as opened:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", opened.port, 0.3
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield opened


@pytest.fixture
def note(cast):
    """A note that the three follow, and that was changed."""
    made = keeping.make(record=Note(title="Street outreach"), by="tests", at=AT)
    for who in READERS:
        notices.follow(record=made, by=cast[who], at=AT)
    made.text = "New"
    return keeping.change(record=made, fields=["text"], by=cast["analyst"], at=AT)


def ran(kind, at):
    """Do the work of an hour as a worker does, by a clock that goes on."""
    passed = iter(range(100_000))
    job = jobs.enqueue(kind, title=kind, by="tests", at=at)
    claimed = jobs.claim(worker="tests", at=at)
    assert claimed is not None
    jobs.carry_out(jobs.Run(claimed, at, "tests", lambda: at + timedelta(milliseconds=next(passed))))
    job.refresh_from_db()
    assert (job.state, job.failure) == ("done", "")
    return job.result


def handed_in(result):
    return result["letters"], result["digests"], result["refused"]


def test_letter_as_it_arrives(box, note, cast):
    comments.add(record=note, text="Look, @board@test: it is *late*", by=cast["manager"], at=AT)
    assert handed_in(ran("morning", MORNING)) == (0, 3, 0)
    [letter] = [each for each in box.letters if each["To"] == "board@letters.example"]
    plain, html = (letter.get_body((form,)).get_content() for form in ("plain", "html"))
    for said in (plain, html):
        assert "Street outreach" in said
        assert "Partnership analyst changed it" in said  # by the name that people know
        assert "Partnership manager named you in a comment" in said
        assert "it is *late*" not in said  # what was said is read where the rights are asked
        links = re.findall(r'https?://[^\s"<]+', said)
        assert set(links) == {
            f"https://upstream.example.org/notes/{note.pk}/", "https://upstream.example.org/notices/",
        }  # fmt: skip
    assert letter["Subject"].endswith(": 2 notices")


@pytest.mark.parametrize("is_silent", [False, True])
def test_mail_server_that_is_away_is_tried_once_and_again_at_noon(box, note, cast, settings, is_silent):
    box.is_silent = is_silent
    if not is_silent:
        settings.EMAIL_PORT = 9  # nobody listens there
    result = ran("morning", MORNING)
    assert (handed_in(result), result["mail_server"]) == ((0, 0, 0), "takes no letters")
    assert box.visits == (1 if is_silent else 0)  # the others need not wait for the same silence
    assert not Digest.objects.exists()
    assert Event.objects.filter(action="digest not sent").count() == 1
    note.text = "Changed in the forenoon"
    keeping.change(record=note, fields=["text"], by=cast["steward"], at=AT + timedelta(days=1))
    box.is_silent, settings.EMAIL_PORT = False, box.port
    assert handed_in(ran("letters-again", NOON)) == (0, 3, 0)
    [letter] = box.letters_to("lead@letters.example")
    assert "Partnership analyst changed it" in letter
    assert "steward" not in letter  # that is for the next morning
    assert handed_in(ran("letters-again", NOON)) == (0, 0, 0)
    assert handed_in(ran("morning", MORNING + timedelta(days=1))) == (0, 3, 0)
    assert "steward" in box.letters_to("lead@letters.example")[1]


def test_refused_address_keeps_nobody_else_from_their_letter(box, note, cast):
    box.refused = {"board@letters.example"}
    assert handed_in(ran("morning", MORNING)) == (0, 2, 1)
    assert not box.letters_to("board@letters.example")
    box.refused.clear()
    assert handed_in(ran("letters-again", NOON)) == (0, 1, 0)
    assert "Street outreach" in box.letters_to("board@letters.example")[0]


def test_reminder_that_went_out_as_a_letter_is_not_in_the_digest_too(box, note, cast):
    told = notices.Told(cast["lead"].pk, "late", (note.kind, note.pk), "Review of it. 1 day late.", "review")
    notices.tell_of_clocks(told=[told], by="tests", at=AT)
    assert handed_in(ran("morning", MORNING)) == (1, 3, 0)
    first, second = box.letters_to("lead@letters.example")
    assert "1 day late" in first
    assert "1 day late" not in second


def test_refused_reminder_waits_for_noon(box, note, cast):
    box.refused = {"lead@letters.example"}
    told = notices.Told(cast["lead"].pk, "late", (note.kind, note.pk), "Review of it. 1 day late.", "review")
    notices.tell_of_clocks(told=[told], by="tests", at=AT)
    ran("morning", MORNING)
    assert not Notice.objects.filter(to_mail=True).exclude(mailed_at=None).exists()
    box.refused.clear()
    assert handed_in(ran("letters-again", NOON)) == (1, 1, 0)
    assert "1 day late" in box.letters_to("lead@letters.example")[0]


def test_what_the_morning_itself_tells_is_in_its_digest(box, cast):
    keeping.make(record=Note(title="Overdue", due_on=AT.date(), lead=cast["lead"]), by=cast["lead"], at=AT)
    assert handed_in(ran("morning", MORNING)) == (0, 1, 0)
    assert "Late: Overdue" in box.letters_to("lead@letters.example")[0]


def test_letter_that_cannot_hold_all_says_how_much_more_there_is(box, cast):
    for number in range(digests.MOST + 2):
        keeping.make(record=Note(title=f"Note {number}", lead=cast["lead"]), by="tests", at=AT)
    ran("morning", MORNING)
    [letter] = box.letters_to("lead@letters.example")
    assert letter.count("It is yours now") == digests.MOST
    assert "And 2 more: https://upstream.example.org/notices/" in letter


def test_person_without_rights_any_more_gets_no_letter(box, note, cast):
    from upstream_web.access.operations import grants

    for grant in cast["lead"].grants.all():
        grants.end(grant=grant, reason="Left", by=cast["administrator"], at=AT)
    assert handed_in(ran("morning", MORNING)) == (0, 2, 0)
    assert not box.letters_to("lead@letters.example")


def test_nothing_waits_of_a_record_that_was_removed(box, note, cast):
    told = notices.Told(cast["lead"].pk, "late", (note.kind, note.pk), "Review of it. 1 day late.", "review")
    notices.tell_of_clocks(told=[told], by="tests", at=AT)
    keeping.remove(record=note, reason="Made twice", by=cast["manager"], at=AT)
    assert handed_in(ran("morning", MORNING)) == (0, 3, 0)
    [letter] = box.letters_to("lead@letters.example")
    assert "1 day late" not in letter
    assert "Partnership manager changed it" in letter


def test_noon_is_queued_as_the_morning_is(db):
    assert schedule._daily["letters-again"].hour == background.NOON


@pytest.mark.parametrize(
    "given", ["upstream.example.org", "ftp://upstream.example.org/", "https://example.org/upstream/"]
)
def test_address_of_the_site_that_makes_no_links_is_refused(given):
    with pytest.raises(SettingNotUnderstood, match="UPSTREAM_SITE_ADDRESS"):
        site_address(given)


def test_address_of_the_site_ends_as_links_need_it():
    assert site_address("https://upstream.example.org") == "https://upstream.example.org/"
