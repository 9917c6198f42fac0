"""The needs assessment on line: versions, chapters, files, changes, and making another."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from upstream import assessments
from upstream.assessments.document import Sentence
from upstream.assessments.versions import keep_version
from upstream_web.audit.actions import Action
from upstream_web.audit.models import Event
from upstream_web.core.models import Job

AT = datetime(2026, 2, 12, 9, tzinfo=UTC)
pytestmark = pytest.mark.slow


def text_of(response) -> str:
    assert response.status_code == 200
    bare = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())


@pytest.fixture(scope="session")
def document(example):
    return assessments.needs_assessment(example, at=AT)


def write(document, folder) -> None:
    (folder / "needs-assessment.pdf").write_bytes(b"%PDF-1.7 made in a test")
    (folder / "notes.txt").write_text("not for download")


@pytest.fixture
def version(site_of, document):
    return keep_version(site_of, document, write, made_by="ash")


def test_without_a_version_the_page_says_so(site_of, browser_of):
    page = text_of(browser_of("analyst").get(reverse("assessment-list")))
    assert "No version has been made yet" in page
    assert "Make a new version" in page


def test_button_is_only_for_those_who_may(site_of, browser_of):
    assert "Make a new version" not in text_of(browser_of("board").get(reverse("assessment-list")))


def test_every_chapter_is_read_on_line(version, document, browser_of):
    board = browser_of("board")
    for chapter in document.chapters:
        page = text_of(board.get(reverse("assessment-chapter", args=[version.id, chapter.slug])))
        assert chapter.title in page
        for section in chapter.sections:
            assert section.heading.replace("'", "&#x27;") in page


def test_number_in_a_sentence_leads_to_its_measure(version, browser_of):
    page = browser_of("board").get(reverse("assessment", args=[version.id])).content.decode()
    assert re.search(r'<a class="term term--number" href="/know/measures/violence_\w+/" title="[^"]+">41,429</a>', page)


def test_only_the_four_files_are_served(version, browser_of):
    board = browser_of("board")
    sent = board.get(reverse("assessment-file", args=[version.id, "needs-assessment.pdf"]))
    assert sent.headers["Content-Type"] == "application/pdf"
    assert b"".join(sent.streaming_content).startswith(b"%PDF")
    assert Event.objects.order_by("-pk").first().action == Action.DOCUMENT_DOWNLOADED
    for name in ("notes.txt", "version.json", "document.json.gz", "..%2Fversion.json"):
        assert board.get(f"/know/assessments/{version.id}/files/{name}").status_code == 404


@pytest.mark.parametrize("address", ["2020-01-01.1/", "nonsense/", "2026-02-12.1/no-such-chapter/"])
def test_unknown_version_and_chapter_are_not_found(version, browser_of, address):
    assert browser_of("board").get(f"/know/assessments/{address}").status_code == 404


def test_changed_sentences_stand_on_the_newer_version(site_of, version, document, browser_of):
    changed = replace(document, summary=(Sentence("Everything is different now."), *document.summary[1:]))
    newer = keep_version(site_of, changed, write, made_by="sam")
    board = browser_of("board")
    page = board.get(reverse("assessment", args=[newer.id])).content.decode()
    assert "<ins>Everything is different now.</ins>" in page
    assert "Read version" in board.get(reverse("assessment", args=[version.id])).content.decode()


def test_making_is_queued_once_and_shown(site_of, browser_of):
    analyst = browser_of("analyst")
    for _ in range(2):
        assert analyst.post(reverse("assessment-make")).status_code == 302
    assert Job.objects.count() == 1
    progress = analyst.get(reverse("assessment-list"), {"part": "progress"})
    assert b'hx-trigger="every 1s"' in progress.content
    Job.objects.update(state=Job.State.DONE)
    done = analyst.get(reverse("assessment-list"), {"part": "progress"})
    assert done.headers["HX-Refresh"] == "true"


def test_failure_of_the_last_attempt_is_said(site_of, browser_of):
    analyst = browser_of("analyst")
    analyst.post(reverse("assessment-make"))
    Job.objects.update(state=Job.State.FAILED, failure="The disk is full.")
    assert "The last attempt failed. The disk is full." in text_of(analyst.get(reverse("assessment-list")))


def test_worker_makes_a_version(site_of, browser_of, monkeypatch, document):
    from upstream_web.core.jobs import work

    monkeypatch.setattr(assessments, "needs_assessment", lambda partnership, at: document)
    monkeypatch.setattr(assessments, "write", write)
    analyst = browser_of("analyst")
    analyst.post(reverse("assessment-make"))
    assert work(once=True) == 1
    job = Job.objects.get()
    assert job.state == Job.State.DONE, job.failure
    assert job.result["version"] in text_of(analyst.get(reverse("assessment-list")))
