"""The whole worked example, loaded as set-up loads it: every document is made from it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.urls import URLResolver, get_resolver, reverse
from integration.web.conftest import loaded_once, put_site

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
BEGINS = {"html": b"<!doctype html>", "pdf": b"%PDF-", "docx": b"PK\x03\x04", "pptx": b"PK\x03\x04"}
PAPER, DECK, FILED = ("html", "pdf", "docx"), ("html", "pdf", "docx", "pptx"), ("pdf", "docx")
# Every address that gives a document, with a record of the example that has it.
DOCUMENTS = {
    "bid-letter": ({"key": 1, "number": 1}, PAPER),
    "brief-file": ({"key": 1, "number": 1}, DECK),
    "brief-preview": ({"key": 1}, DECK),
    "consultation-letter": ({"key": 7}, FILED),
    "contribution-letter": ({"key": 7}, FILED),
    "duty-evaluation-file": ({"key": 1, "number": 1}, PAPER),
    "duty-evaluation-preview": ({"key": 2}, PAPER),
    "duty-return-file": ({"key": 1, "number": 1}, PAPER),
    "duty-return-preview": ({"key": 1}, PAPER),
    "grant-paper": ({"key": 1}, FILED),
    "meeting-paper": ({"key": 17, "paper": "minutes"}, PAPER),
    "panel-update-file": ({"key": 1, "number": 1}, DECK),
    "panel-update-preview": ({"key": 1}, DECK),
    "public-file": ({"shelf": "response", "key": 1, "number": 1}, PAPER),
    "response-preview-file": ({"key": 1}, PAPER),
    "response-version-file": ({"key": 1, "number": 1}, PAPER),
}
# Nobody signs in on paper, a sentence ends once, and what is missing has a name of its own.
NEVER_SAID = ("@example", ".;", ".,", "..", "None.", ": None", "True", "False", "{", "indicator:")
MADE_HERE = {"board-pack-file"}  # the example holds none: a person asks for it, as the test below does


@pytest.fixture(scope="module")
def kept_example(django_db_setup, django_db_blocker, pristine, tmp_path_factory):
    """Everything that set-up loads, as on 29 November 2026."""
    from upstream_web.access.operations.users import ensure_example_users
    from upstream_web.example import load_example

    with loaded_once(django_db_blocker, pristine, tmp_path_factory.mktemp("kept") / "var") as site:
        ensure_example_users(site.data, at=NOW)
        load_example(site.folder, at=NOW)
        yield site


@pytest.fixture
def loaded(kept_example, db, settings):
    """The example, which the test may change for itself."""
    return put_site(settings, kept_example)


def addresses_of_documents():
    """Give the names of all addresses that have a form, but for lists as files."""
    patterns, found = list(get_resolver().url_patterns), set()
    while patterns:
        each = patterns.pop()
        if isinstance(each, URLResolver):
            patterns += each.url_patterns
        elif "form" in getattr(each.pattern, "converters", {}) and not each.name.endswith("-export"):
            found.add(each.name)
    return found


def readable(page):
    """Give the words of a page, without its head and its drawings."""
    body = page.decode().partition("<body>")[2]
    return unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", body, flags=re.DOTALL))


def test_no_document_is_forgotten():
    assert addresses_of_documents() == DOCUMENTS.keys() | MADE_HERE


def test_every_document_is_made(loaded, browser_of):
    browser = browser_of("manager")
    for name, (which, forms) in DOCUMENTS.items():
        for form in forms:
            response = browser.get(reverse(name, kwargs={**which, "form": form}))
            sent = b"".join(response) if response.streaming else response.content
            assert (name, form, response.status_code) == (name, form, 200)
            assert sent.lower().startswith(BEGINS[form].lower()), (name, form)
            if form == "html":
                assert [words for words in NEVER_SAID if words in readable(sent)] == [], name


def test_board_pack_tells_every_part_and_is_the_same_when_made_again(loaded):
    from upstream.papers import FORMS, Decision, Text, render
    from upstream_web.records.papers import content_of, file_of
    from upstream_web.reports.operations import board_packs

    kept = board_packs.make(starts_on=date(2026, 7, 1), by="manager@example", at=NOW)
    paper = content_of(kept)
    headings = [section.heading for section in paper.sections]
    assert headings[0] == "At a glance"
    assert [each for each in headings if not each[0].isdigit()][1:] == [
        "The delivery plan", "Risks, escalations and decisions", "Inspections", "Self-evaluation 2025",
        "Incident reviews", "Education and awareness", "Money", "What we do not know",
    ]  # fmt: skip
    # Every part counts what is late on the day on which the pack is made.
    said = [block.markdown for section in paper.sections for block in section.blocks[:1] if isinstance(block, Text)]
    counted = [re.search(r"(\d+) late", words) for words in said if words.startswith("**The plan.** On 29 Nov 2026")]
    assert len(counted) == 6
    assert "10 late" in next(words for words in said if words.startswith("On 29 Nov 2026"))
    assert sum(int(found[1]) for found in counted if found) == 10
    # The one action for which somebody asks comes first, and no risk outside appetite is left out.
    (decision,) = [block for block in paper.blocks() if isinstance(block, Decision)]
    assert "Only the trust’s chief executive can move the supplier" in decision.points[0]
    assert sum("a risk outside appetite" in point for point in decision.points) == 4
    assert paper.summary[-1] == f"The board is asked for {len(decision.points)} decisions."
    assert [words for words in NEVER_SAID if words in readable(file_of(kept, "html"))] == []
    (money,) = next(section for section in paper.sections if section.heading == "Money").blocks
    # From July to September the fund of the duty had planned and paid £114,500, by the payments in its file.
    assert ("£114,500", "£114,500", "as planned") in [row[1:] for row in money.rows]
    assert set(kept.files) == set(FORMS)
    assert all(file_of(kept, form) == render(paper, form) for form in FORMS)


def test_calendar_of_each_person_leads_only_to_pages_that_open_to_them(loaded):
    from urllib.parse import urlsplit

    import icalendar
    from django.urls import resolve

    from upstream_web.access.authorisation import may, rule_of
    from upstream_web.access.models import User
    from upstream_web.records.calendar import calendar_of

    told = {}
    for person in User.objects.filter(username__endswith="@example"):
        body, told[person.username] = calendar_of(person, at=NOW, site="https://upstream.example.org/")
        events = icalendar.Calendar.from_ical(body).walk("VEVENT")
        for path in {urlsplit(str(event["URL"])).path for event in events}:
            rule = rule_of(resolve(path).func)
            assert rule is not None
            assert rule.permission is not None
            assert may(person, rule.permission), (person.username, path)
    assert told["manager@example"] > told["navigator@example"] > 100
