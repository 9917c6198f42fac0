"""The morning's reminders: much is asked once for all people, and nobody hears of what they may not see."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from integration.web.notebook.models import Note

from upstream_web.access.models import Grant, User
from upstream_web.access.permissions import Permission
from upstream_web.records import reminding
from upstream_web.records.models import Notice
from upstream_web.records.models.answers import Answers
from upstream_web.records.operations import keeping, notices
from upstream_web.records.operations.notices import Told

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = date(2026, 11, 20)


def told(person, keys, words=""):
    return [Told(person.pk, "late", ("note", key), words, "day 2026-11-01", to_mail=False) for key in keys]


def queries_of(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def more_of(role, number):
    for each in range(number):
        user = User.objects.create(username=f"{role}{each}@test", name="One more", made_at=AT)
        Grant.objects.create(
            user=user, role=role, starts_on=date(2026, 1, 1), reason="More of them.", given_by="tests", given_at=AT
        )


def test_reminders_take_the_same_queries_however_many(cast):
    notices.remind(waiting=told(cast["lead"], [1]), by="tests", at=AT)  # begins the trail
    few = queries_of(lambda: notices.remind(waiting=told(cast["lead"], range(2, 5)), by="tests", at=AT))
    many = queries_of(lambda: notices.remind(waiting=told(cast["lead"], range(10, 90)), by="tests", at=AT))
    assert many == few
    assert Notice.objects.filter(person=cast["lead"], reason="late", to_mail=False).count() == 84


def test_of_two_reminders_that_are_alike_the_first_is_told_once(cast):
    twice = [*told(cast["lead"], [1], "The first"), *told(cast["lead"], [1], "The second")]
    for waiting in (twice, told(cast["lead"], [1], "Another day")):
        notices.remind(waiting=waiting, by="tests", at=AT)
    assert Notice.objects.get(person=cast["lead"]).words == "The first"
    assert notices.tell_of_clocks(told=told(cast["lead"], [1, 2]), by="tests", at=AT) == 1


def test_people_of_the_same_rights_are_asked_for_once(cast):
    def asked():
        return queries_of(lambda: list(reminding.waiting_by_person(DAY)))

    few = asked()
    more_of("analyst", 10)
    of_their_own = 12  # what they lead, own or judge, which nobody else is asked for
    assert asked() - few <= 10 * of_their_own


def test_the_same_question_is_asked_once_and_others_are_not(cast):
    keeping.make(record=Note(title="Open", lead=cast["lead"]), by="tests", at=AT)
    keeping.make(record=Note(title="Closed", closed=True, lead=cast["lead"]), by="tests", at=AT)

    def seen_by(who):
        return [note.title for note in Note.objects.visible_to(cast[who], Permission.PLAN_VIEW).order_by("pk")]

    answers = Answers()
    with answers:
        for _ in range(2):  # Django learns of its fields while it asks, which makes the first question another one
            assert seen_by("lead") == ["Open", "Closed"]
            assert seen_by("manager") == ["Open"]
        with CaptureQueriesContext(connection) as asked:
            assert seen_by("lead") == ["Open", "Closed"]
            assert seen_by("manager") == ["Open"]
    assert not [each["sql"] for each in asked if Note._meta.db_table in each["sql"]]
    keeping.make(record=Note(title="Newer"), by="tests", at=AT)
    assert seen_by("manager") == ["Open", "Newer"]


def test_everybody_hears_what_they_would_if_asked_alone(cast):
    for number, lead in enumerate(("lead", "manager", "board")):
        keeping.make(record=Note(title=f"Note {number}", lead=cast[lead], due_on=date(2026, 11, 1)), by="tests", at=AT)
    waiting = {each[0].person: each for each in reminding.waiting_by_person(DAY) if each}
    assert {cast[who].pk for who in ("lead", "manager", "board")} <= waiting.keys()
    for person in User.objects.all():
        assert waiting.get(person.pk, []) == reminding.waiting_on(DAY, person, set())
