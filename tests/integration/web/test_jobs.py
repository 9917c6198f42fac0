"""Background work: claimed once, taken over when its worker dies, never lost and never done twice at once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from upstream.exceptions import InputRefused
from upstream_web.core import jobs
from upstream_web.core.models import Job

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch):
    """Kinds of work for tests; what was done is written to the list."""
    written: list[str] = []

    def note(run):
        run.progress("Writing", 0.5)
        written.append(run.asked["word"])
        return {"word": run.asked["word"]}

    def refuse(run):
        raise InputRefused("The file is empty.", do="Send it again.")

    def break_down(run):
        raise RuntimeError("a secret detail")

    kinds = {"note": note, "refuse": refuse, "break": break_down}
    monkeypatch.setattr(jobs, "_kinds", kinds)
    return written


def ask(kind="note", word="a", at=NOON):
    return jobs.enqueue(kind, title=word, by="analyst@test", at=at, payload={"word": word})


def test_work_is_done_in_the_order_asked_for(db, done):
    for minute, word in enumerate("abc"):
        ask(word=word, at=NOON + timedelta(minutes=minute))
    assert jobs.work(once=True, clock=lambda: NOON + timedelta(hours=1)) == 3
    assert done == ["a", "b", "c"]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_result_and_progress_are_kept(db, done):
    job = ask(word="kept")
    jobs.work(once=True, clock=lambda: NOON)
    job.refresh_from_db()
    assert (job.state, job.percent, job.message, job.result) == ("done", 100, "Writing", {"word": "kept"})
    assert job.finished_at == NOON


def test_failure_that_can_be_acted_on_is_told_in_its_own_words(db, done):
    job = ask("refuse")
    jobs.work(once=True, clock=lambda: NOON)
    job.refresh_from_db()
    assert (job.state, job.failure) == ("failed", "The file is empty. Send it again.")


def test_breakdown_is_told_without_detail_and_does_not_stop_the_worker(db, done):
    broken, sound = ask("break"), ask(at=NOON + timedelta(minutes=1))
    assert jobs.work(once=True, clock=lambda: NOON + timedelta(hours=1)) == 2
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert broken.state == "failed"
    assert "secret" not in broken.failure
    assert sound.state == "done"


def test_claimed_job_is_not_claimed_again(db, done):
    ask()
    assert jobs.claim(worker="one", at=NOON) is not None
    assert jobs.claim(worker="two", at=NOON + timedelta(seconds=30)) is None


def test_job_of_a_dead_worker_is_taken_over(db, done, settings):
    settings.JOB_LEASE_SECONDS = 60
    ask()
    jobs.claim(worker="dies", at=NOON)
    taken = jobs.claim(worker="lives", at=NOON + timedelta(seconds=61))
    assert taken is not None
    assert (taken.claimed_by, taken.attempts) == ("lives", 2)


def test_sign_of_life_keeps_the_claim(db, done, settings):
    settings.JOB_LEASE_SECONDS = 60
    ask()
    job = jobs.claim(worker="slow", at=NOON)
    jobs.Run(job=job, at=NOON, claimed_by="slow", clock=lambda: NOON + timedelta(seconds=50)).progress("Still here")
    assert jobs.claim(worker="eager", at=NOON + timedelta(seconds=70)) is None


def test_worker_that_lost_its_claim_cannot_write_the_end(db, done, settings):
    settings.JOB_LEASE_SECONDS = 60
    ask()
    job = jobs.claim(worker="lost", at=NOON)
    jobs.claim(worker="new", at=NOON + timedelta(hours=1))
    jobs.carry_out(jobs.Run(job=job, at=NOON, claimed_by="lost", clock=lambda: NOON))
    job.refresh_from_db()
    assert (job.state, job.claimed_by) == ("running", "new")


def test_job_that_kills_its_workers_is_given_up(db, done, settings):
    settings.JOB_LEASE_SECONDS = 60
    job = ask()
    for attempt in range(jobs.MOST_ATTEMPTS + 1):
        claimed = jobs.claim(worker=f"w{attempt}", at=NOON + timedelta(hours=attempt))
    jobs.carry_out(jobs.Run(job=claimed, at=NOON, claimed_by=claimed.claimed_by, clock=lambda: NOON))
    job.refresh_from_db()
    assert job.state == "failed"
    assert done == []


def test_unknown_kind_is_refused_at_once(db, done):
    with pytest.raises(jobs.UnknownKindOfWork):
        ask("never heard of it")


def test_two_workers_do_each_job_once(transactional_db, done, django_db_blocker):
    from django.db import connection, connections

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection; the file and PostgreSQL runs cover this")
    for minute in range(20):
        ask(word=str(minute), at=NOON + timedelta(minutes=minute))

    def worker():
        with django_db_blocker.unblock():
            jobs.work(once=True, clock=lambda: NOON + timedelta(hours=2))
            connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done, key=int) == [str(minute) for minute in range(20)]


def test_person_follows_own_work_and_not_that_of_others(browser_of, done, example):
    from django.urls import reverse

    job = ask(word="mine")
    address = reverse("job", args=[job.id])
    assert browser_of("analyst").get(address).status_code == 200
    assert browser_of("board").get(address).status_code == 404
    assert browser_of("steward").get(address).status_code == 200


def test_page_of_finished_work_leads_to_what_it_made(browser_of, done, example):
    from django.urls import reverse

    job = ask()
    Job.objects.filter(pk=job.pk).update(state="done", result={"address": "/know/builds/"})
    address = reverse("job", args=[job.id])
    assert browser_of("analyst").get(address).headers["Location"] == "/know/builds/"
    asked_by_htmx = browser_of("analyst").get(address, headers={"HX-Request": "true"})
    assert asked_by_htmx.headers["HX-Redirect"] == "/know/builds/"


def test_waiting_page_asks_for_itself_again(browser_of, done, example):
    from django.urls import reverse

    job = ask()
    page = browser_of("analyst").get(reverse("job", args=[job.id]), headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" in page
    assert "<html" not in page
