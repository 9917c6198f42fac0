"""Notices, letters, calendars and saved filters: what people set up for themselves, within what they may see."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import icalendar
import pytest
from django.core import mail
from integration.web.notebook.models import Note

from upstream_web.access.models.emergency import EmergencyReason
from upstream_web.access.operations import emergencies, grants
from upstream_web.access.permissions import Permission
from upstream_web.audit.models import Event
from upstream_web.core import jobs, schedule
from upstream_web.core.models import Due, Job
from upstream_web.records import background, digests
from upstream_web.records.models import CalendarAddress, Digest, Notice, SavedFilter
from upstream_web.records.operations import keeping, notices

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)  # a Friday
MORNING = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


def make_note(title: str = "The plan", *, by="tests", **fields) -> Note:
    return keeping.make(record=Note(title=title, **fields), by=by, at=AT)


def change(note: Note, *, by, at=AT, **fields) -> None:
    for name, value in fields.items():
        setattr(note, name, value)
    keeping.change(record=note, fields=list(fields), by=by, at=at)


def told(person) -> list[tuple[str, str]]:
    return [(one.reason, one.words) for one in Notice.objects.filter(person=person).order_by("pk")]


def flat(response) -> str:
    return response.content.decode()


# ---- Notices ----
def test_change_of_a_followed_record_is_told_once_a_day(cast):
    note = make_note()
    notices.follow(record=note, by=cast["board"], at=AT)
    for title in ("One", "Two"):
        change(note, title=title, by=cast["manager"])
    change(note, title="Mine", by=cast["board"])
    assert told(cast["board"]) == [("changed", "Partnership manager changed it")]
    change(note, title="Next day", by=cast["manager"], at=AT + timedelta(days=1))
    assert len(told(cast["board"])) == 2
    notices.leave(record=note, by=cast["board"], at=AT)
    change(note, title="Later", by=cast["manager"], at=AT + timedelta(days=5))
    assert len(told(cast["board"])) == 2


def test_who_is_newly_named_on_a_record_is_told_once(cast):
    note = make_note(lead=cast["lead"], by=cast["manager"])
    change(note, title="Other", by=cast["manager"])
    assert told(cast["lead"]) == [("assigned", "Partnership manager named you on it")]
    change(note, lead=cast["analyst"], by=cast["manager"])
    assert told(cast["analyst"]) == [("assigned", "Partnership manager named you on it")]
    change(note, lead=cast["manager"], by=cast["manager"])
    assert told(cast["manager"]) == []


def test_page_shows_unread_and_marks_them_read(cast, browser_of):
    note, browser = make_note(), browser_of("board")
    assert "Follow</button>" in flat(browser.get(f"/notes/{note.pk}/"))
    browser.post(f"/on/note/{note.pk}/follow/")
    assert "Stop following" in flat(browser.get(f"/notes/{note.pk}/"))
    change(note, title="New title", by=cast["manager"])
    page = flat(browser.get("/notices/"))
    assert "1 notice you have not read" in page
    assert "New title" in page
    assert "<b>1</b> unread" in page
    notice = Notice.objects.get()
    assert browser_of("manager").post(f"/notices/{notice.pk}/").status_code == 404
    assert browser.post(f"/notices/{notice.pk}/", {"open": 1}).url == f"/notes/{note.pk}/"
    assert "You have read everything" in flat(browser.get("/notices/"))
    assert "unread</a>" not in flat(browser.get("/notices/"))


def test_notice_of_a_record_that_was_closed_since_shows_no_title(cast, browser_of):
    note = make_note("Between us")
    notices.follow(record=note, by=cast["board"], at=AT)
    change(note, closed=True, lead=cast["analyst"], by=cast["manager"])
    assert told(cast["board"])
    page = flat(browser_of("board").get("/notices/"))
    assert "Between us" not in page
    assert "not open to you" in page
    assert browser_of("board").post(f"/notices/{Notice.objects.get(person=cast['board']).pk}/", {"open": 1}).url == (
        "/notices/"
    )


def test_reviewers_are_told_of_a_record_opened_in_an_emergency(cast):
    note = make_note("Between us", closed=True, lead=cast["analyst"])
    Notice.objects.all().delete()
    emergencies.open_record(
        record=("note", str(note.pk)), permission=Permission.PLAN_VIEW, reason=EmergencyReason.LIFE, words="Now",
        by=cast["manager"], at=AT,
    )  # fmt: skip
    # Reviewers by their roles: the steward and the manager, who does not review their own.
    assert {(one.person.username, one.reason) for one in Notice.objects.all()} == {("steward@test", "emergency")}


# ---- What is done by the clock ----
@pytest.fixture
def only_mornings(monkeypatch):
    """Leave what other parts of the site do each day aside."""
    monkeypatch.setattr(schedule, "_daily", {"morning": schedule._daily["morning"]})


@pytest.mark.parametrize(
    ("moment", "queued"),
    [
        (datetime(2026, 11, 20, 6, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 20, 7, 0, tzinfo=UTC), 1),
        (datetime(2026, 7, 1, 5, 59, tzinfo=UTC), 0),  # summer time: 06:59 in Stafford
        (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), 1),
        (datetime(2026, 11, 20, 23, 0, tzinfo=UTC), 1),
    ],
)
def test_morning_begins_at_seven_by_the_partnership_s_clock(moment, queued, db, only_mornings):
    assert schedule.queue_due(moment) == queued


def test_morning_is_queued_once_a_day_whoever_looks(db, only_mornings):
    assert [schedule.queue_due(AT + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]
    assert schedule.queue_due(AT + timedelta(days=3)) == 1  # the days between are left out
    assert Job.objects.filter(kind="morning").count() == 2
    assert Due.objects.count() == 2


@pytest.fixture
def letters(settings, cast):
    """The board member wants letters every morning, the manager on Mondays, the analyst has no address."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for who, often in (("board", "daily"), ("manager", "weekly"), ("analyst", "daily")):
        cast[who].email = "" if who == "analyst" else f"{who}@letters.example"
        cast[who].save()
        notices.choose_digest(often=often, by=cast[who], at=AT)
    return cast


def run_morning(at=MORNING):
    job = jobs.enqueue("morning", title="Morning", by="tests", at=at)
    return background.morning(jobs.Run(job=job, at=at, claimed_by="tests", clock=lambda: at))


def test_letter_tells_what_is_unread_and_goes_out_once(letters):
    note = make_note("Street outreach")
    for who in ("board", "manager", "analyst"):
        notices.follow(record=note, by=letters[who], at=AT)
    change(note, text="New", by="lead@test")
    assert run_morning()["digests"] == 1
    assert run_morning()["digests"] == 0
    (letter,) = mail.outbox
    assert letter.to == ["board@letters.example"]
    assert "Street outreach" in letter.body
    assert f"http://127.0.0.1:8000/notes/{note.pk}/" in letter.body
    assert "Street outreach" in letter.alternatives[0][0]
    assert letter.extra_headers["Message-ID"].startswith(f"<digest-{letters['board'].pk}-2026-11-21@")
    assert run_morning(MORNING + timedelta(days=1))["digests"] == 0  # told once
    assert run_morning(MORNING + timedelta(days=2))["digests"] == 1  # Monday, for the manager
    assert mail.outbox[1].to == ["manager@letters.example"]


def test_letter_is_not_sent_twice_when_its_sender_dies_on_the_way(letters, monkeypatch):
    note = make_note()
    notices.follow(record=note, by=letters["board"], at=AT)
    change(note, text="New", by="lead@test")
    sent = []

    class Dies:
        def send(self):
            sent.append("handed in")
            raise SystemExit

    monkeypatch.setattr(digests, "letter", lambda *_: Dies())
    with pytest.raises(SystemExit):
        run_morning()
    assert run_morning()["digests"] == 0
    assert sent == ["handed in"]
    assert Digest.objects.get().sent_at is None
    monkeypatch.undo()
    assert run_morning(MORNING + timedelta(days=1))["digests"] == 1  # what it would have told is in the next one


def test_letter_says_nothing_of_what_its_reader_may_no_longer_see(letters):
    open_note, closing = make_note("Street outreach"), make_note("Between us")
    for note in (open_note, closing):
        notices.follow(record=note, by=letters["board"], at=AT)
        change(note, text="New", by="lead@test")
    change(closing, closed=True, by="lead@test")
    run_morning()
    (letter,) = mail.outbox
    assert "Street outreach" in letter.body
    assert "Between us" not in letter.body + letter.alternatives[0][0]


def test_late_clock_is_told_once_to_whom_it_waits_for(cast):
    note = make_note("Overdue", due_on=date(2026, 11, 1), lead=cast["lead"])
    Notice.objects.all().delete()
    for day in range(3):
        run_morning(MORNING + timedelta(days=day))
    assert [one.reason for one in Notice.objects.filter(person=cast["lead"])] == ["late"]
    notices.read_all(by=cast["lead"], at=AT)
    run_morning(MORNING + timedelta(days=4))
    assert not Notice.objects.filter(person=cast["lead"], read_at=None).exists()
    change(note, due_on=date(2026, 11, 15), by="tests")  # put off, and late again
    run_morning(MORNING + timedelta(days=5))
    assert Notice.objects.filter(person=cast["lead"], reason="late").count() == 2


def test_people_of_the_worked_example_find_what_is_new_and_not_years_of_it(cast, monkeypatch, tmp_path):
    """Loaded on Friday 20 November: what became theirs or late by the 6th was read; what is newer waits for them."""
    from upstream_web import example

    def write(title, day, due_on):
        note = Note(title=title, lead=cast["manager"], due_on=due_on)
        keeping.make(record=note, by="set-up", at=datetime(2026, *day, 9, tzinfo=UTC))

    def load(folder, *, by, at):
        if Note.objects.exists():
            return 0
        write("Long theirs, long late", (3, 2), date(2026, 4, 1))
        write("Long theirs, newly late", (3, 2), date(2026, 11, 16))
        write("Newly theirs", (11, 9), date(2026, 12, 1))
        return 3

    monkeypatch.setitem(sys.modules, "loads_notes", SimpleNamespace(load=load))
    monkeypatch.setattr(example, "LOADERS", ("loads_notes",))
    example.load_example(tmp_path, at=AT)
    key = dict(Note.objects.values_list("title", "pk"))
    unread = Notice.objects.filter(person=cast["manager"], read_at=None)
    assert list(unread.values_list("reason", "record_key")) == [("assigned", key["Newly theirs"])]
    run_morning(MORNING)
    assert set(unread.values_list("reason", "record_key")) == {
        ("assigned", key["Newly theirs"]), ("late", key["Long theirs, newly late"]),
    }  # fmt: skip
    late = Notice.objects.get(reason="late", record_key=key["Long theirs, long late"])
    assert (late.at, late.read_at) == (datetime(2026, 11, 6, 9, 30, tzinfo=UTC), AT)
    # Started again, nothing is loaded, and nobody's notices are touched.
    example.load_example(tmp_path, at=AT + timedelta(days=60))
    assert unread.count() == 2


def test_without_a_mail_server_the_page_says_so(cast, browser_of, settings):
    settings.EMAIL_BACKEND = digests.NO_MAIL
    cast["board"].email = "board@letters.example"
    cast["board"].save()
    browser = browser_of("board")
    page = flat(browser.post("/notices/digest/", {"often": "weekly"}, follow=True))
    assert "no mail server" in page
    assert 'value="weekly" selected' in page
    assert run_morning()["digests"] == 0
    assert "Nothing was changed" in flat(browser.post("/notices/digest/", {"often": "hourly"}, follow=True))


# ---- Calendar ----
def read_calendar(response) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


@pytest.fixture
def dated(db):
    today = datetime.now(UTC).date()
    return [make_note(title, due_on=today + timedelta(days=days)) for title, days in (("Soon", 3), ("Far", 900))]


def new_address(browser) -> str:
    return browser.post("/calendar/").context["address"].removeprefix("http://testserver")


def test_calendar_holds_whole_days_that_stay_themselves(dated, browser_of):
    browser, anybody = browser_of("board"), browser_of("signed out")
    address = new_address(browser)
    (event,) = read_calendar(anybody.get(address))
    assert event["SUMMARY"] == "Soon is due"
    assert event["DTSTART"].dt == dated[0].due_on
    assert event["DTEND"].dt == dated[0].due_on + timedelta(days=1)
    assert event["URL"] == f"http://testserver/notes/{dated[0].pk}/"
    first = str(event["UID"])
    change(dated[0], title="Renamed", due_on=dated[0].due_on + timedelta(days=2), by="tests")
    (event,) = read_calendar(anybody.get(address))
    assert str(event["UID"]) == first
    assert event["SUMMARY"] == "Renamed is due"


def test_calendar_shows_what_its_owner_may_see_now_and_nothing_more(dated, cast, browser_of):
    make_note("Hidden", due_on=dated[0].due_on, closed=True, lead=cast["analyst"])
    board, analyst = new_address(browser_of("board")), new_address(browser_of("analyst"))
    anybody = browser_of("signed out")
    assert len(read_calendar(anybody.get(board))) == 1
    assert len(read_calendar(anybody.get(analyst))) == 2
    for grant in cast["board"].grants.all():
        grants.end(grant=grant, reason="Left", by="tests", at=AT)
    assert anybody.get(board).status_code == 404
    cast["analyst"].is_active = False
    cast["analyst"].save()
    assert anybody.get(analyst).status_code == 404


def test_address_of_a_calendar_is_secret_renewed_and_closed(dated, browser_of):
    browser, anybody = browser_of("board"), browser_of("signed out")
    first = new_address(browser)
    token = first.split("/")[-1].removesuffix(".ics")
    assert len(token) >= 43  # 256 bits
    assert token not in str(CalendarAddress.objects.values_list())
    assert token not in flat(browser.get("/calendar/"))
    second = new_address(browser)
    assert anybody.get(first).status_code == 404
    assert anybody.get(second).status_code == 200
    browser.post("/calendar/", {"revoke": 1})
    assert anybody.get(second).status_code == 404


def test_reading_a_calendar_is_written_down_once_a_day(dated, browser_of):
    address, anybody = new_address(browser_of("board")), browser_of("signed out")
    for _ in range(3):
        anybody.get(address)
    (event,) = Event.objects.filter(action="calendar read")
    assert (event.actor, event.detail) == ("board@test", {"events": 1})


# ---- Saved filters ----
def save_filter(browser, **given):
    return browser.post("/lists/note/filters/", {"name": "Mine", "query": "state=done&q=x&invented=1", **given})


def test_filter_is_saved_without_what_the_list_does_not_know(cast, browser_of):
    browser = browser_of("board")
    saved = save_filter(browser)
    assert saved.url == "/notes/?state=done&q=x"
    assert "“Mine” shows this list from now on." in flat(browser.get(saved.url))
    assert SavedFilter.objects.get().query == "state=done&q=x"
    assert ">Mine</a>" in flat(browser.get("/notes/"))
    assert ">Mine</a>" not in flat(browser_of("manager").get("/notes/"))


def test_shared_filter_is_seen_by_others_and_changed_by_its_owner_only(cast, browser_of):
    save_filter(browser_of("board"), shared=1)
    kept = SavedFilter.objects.get()
    assert ">Mine</a>" in flat(browser_of("manager").get("/notes/"))
    assert browser_of("manager").post(f"/filters/{kept.pk}/delete/").status_code == 404
    assert browser_of("manager").post(f"/filters/{kept.pk}/default/").status_code == 404
    browser_of("board").post(f"/filters/{kept.pk}/delete/")
    assert not SavedFilter.objects.exists()


def test_list_opens_with_the_default_filter_until_all_are_asked_for(cast, browser_of):
    browser = browser_of("board")
    save_filter(browser, default=1)
    save_filter(browser, name="Other", query="state=open", default=1)
    assert SavedFilter.objects.filter(is_default=True).get().name == "Other"
    assert browser.get("/notes/").url == "/notes/?state=open"
    assert browser.get("/notes/?all=1").status_code == 200
    browser.post(f"/filters/{SavedFilter.objects.get(name='Other').pk}/default/")
    assert browser.get("/notes/").status_code == 200


def test_filter_of_a_list_that_is_not_open_is_refused(cast, browser_of):
    assert save_filter(browser_of("administrator")).status_code == 403
    assert "no name" in flat(browser_of("board").post("/lists/note/filters/", {"name": " "}, follow=True))
