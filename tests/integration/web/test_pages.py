"""What the pages of feeds, builds, search and today say of the worked example."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.urls import reverse

from upstream_web.assets import queries as assets
from upstream_web.assets.feed_views import span_list
from upstream_web.core.month_strip import MonthState
from upstream_web.today.changes import changes_since, since_when

TODAY = date(2026, 2, 12)


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_street_crime_strip_shows_what_the_folder_holds(example, db):
    # shared open data: October 2018 to February 2019, January to April 2024, all of 2025.
    feed = assets.get_feed("police_street", TODAY)
    states = dict(feed.strip.months)
    assert states[date(2025, 12, 1)] == states[date(2018, 10, 1)] == MonthState.RECEIVED
    assert states[date(2024, 5, 1)] == states[date(2019, 3, 1)] == MonthState.MISSING
    assert states[date(2026, 1, 1)] == MonthState.DUE
    assert feed.missing_words == "March 2019 to December 2023 and May to December 2024"
    assert feed.state == "on time"


def test_month_that_should_have_come_is_missing_not_left_out(example, db):
    feed = assets.get_feed("police_street", date(2026, 6, 1))
    states = dict(feed.strip.months)
    assert states[date(2026, 1, 1)] == MonthState.MISSING
    assert feed.state == "late"


def test_spans_are_said_shortly():
    assert span_list([date(2024, 5, 1), date(2024, 6, 1), date(2025, 1, 1)]) == "May to June 2024 and January 2025"
    assert span_list([]) == ""


def test_list_of_feeds_names_every_contract(browser_of, example):
    page = text_of(browser_of("board").get(reverse("feed-list")))
    assert "Police recorded crime at street level" in page
    assert "Never received" in page


def test_page_of_a_feed_says_its_terms(browser_of, example):
    page = text_of(browser_of("board").get(reverse("feed", args=["police_street"])))
    assert "Open Government Licence v3.0" in page
    assert "UK GDPR article 6(1)(e)" in page
    assert page.count("-staffordshire-street.csv.gz</a>") == 21


def test_button_to_load_is_only_for_those_who_may(browser_of, example):
    address = reverse("feed", args=["police_street"])
    assert "Load a file" in text_of(browser_of("steward").get(address))
    assert "Load a file" not in text_of(browser_of("board").get(address))


def test_build_names_its_feeds_and_rows(browser_of, example):
    from upstream import store

    build = store.current_build(example)
    page = text_of(browser_of("board").get(reverse("build", args=[build.id])))
    assert f"Build {build.id}" in page
    assert "183,523" in page  # lines of the 21 street files less their headers, counted with zcat and wc


def test_unknown_build_is_not_found(browser_of, example):
    response = browser_of("board").get(reverse("build", args=["1999-01-01.1"]))
    assert response.status_code == 404
    assert "no build" in response.content.decode()


def test_search_finds_each_kind(browser_of, example):
    browser = browser_of("board")
    assert reverse("measure", args=["violence_rate"]) in text_of(browser.get(reverse("search"), {"q": "violence"}))
    assert "E06000021" in text_of(browser.get(reverse("search"), {"q": "stoke-on-trent"}))
    assert reverse("feed", args=["police_street"]) in text_of(browser.get(reverse("search"), {"q": "street level"}))


def test_search_for_nothing_known_says_what_to_try(browser_of, example):
    page = text_of(browser_of("board").get(reverse("search"), {"q": "<script>alert(1)</script>"}))
    assert "Nothing holds" in page
    assert "<script>alert" not in page


def test_search_while_typing_gives_a_fragment(browser_of, example):
    page = text_of(browser_of("board").get(reverse("search"), {"q": "robbery"}, headers={"HX-Request": "true"}))
    assert page.startswith('<div id="results"')
    assert "<html" not in page


def test_today_shows_the_december_count(browser_of, example):
    page = text_of(browser_of("manager").get(reverse("today")))
    # 3,733 violence and sexual offences in December 2025: counted in 2025-12-staffordshire-street.csv.
    assert "3,733 offences in December 2025" in page
    assert "Ordinary variation" in page
    assert "May to December 2024 is unknown, not zero" in page


def test_today_before_the_first_build_says_what_would_be_there(browser_of, settings, tmp_path):
    settings.DATA_ROOT = str(tmp_path / "empty")
    page = text_of(browser_of("manager").get(reverse("today")))
    assert "No figures yet" in page


def test_changes_begin_at_the_visit_before(cast, example):
    person, now = cast["board"], datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    assert since_when(person, "", now).is_first_visit
    person.visit_before_at = now - timedelta(days=3)
    assert since_when(person, "", now).moment == now - timedelta(days=3)
    assert since_when(person, "7", now).moment == now - timedelta(days=7)
    assert since_when(person, "nonsense", now).key == "visit"


def test_many_files_at_once_are_told_as_one_change(cast, example):
    changes = changes_since(datetime(2026, 1, 1, tzinfo=UTC))
    told = [change.title for change in changes]
    assert any("feeds loaded" in title for title in told)
    assert sum(title.startswith("Build ") for title in told) == 1
    assert changes_since(datetime(2030, 1, 1, tzinfo=UTC)) == []


def test_glossary_is_that_of_the_project(browser_of):
    page = text_of(browser_of("board").get(reverse("glossary")))
    assert "the alliance of bodies" in page


def test_address_that_only_takes_what_is_sent_leads_back_to_its_button(browser_of, example):
    response = browser_of("manager").get("/account/plan-updates/3/publish/", headers={"accept": "text/html"})
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    page = response.content.decode()
    assert "Nothing was done yet" in page
    assert 'href="/account/plan-updates/3/"' in page


def test_program_that_reads_what_is_only_sent_gets_the_bare_answer(browser_of, example):
    response = browser_of("manager").get("/account/plan-updates/3/publish/")
    assert (response.status_code, response.content) == (405, b"")


def test_whoever_was_overtaken_is_told_so_on_a_page(browser_of, monkeypatch):
    from upstream.exceptions import Overtaken
    from upstream_web.today import views

    def overtaken(*_):
        raise Overtaken("Action 3 was changed by somebody else since it was read.", do="Look at it as it is now.")

    monkeypatch.setattr(views, "headlines", overtaken)
    answer = browser_of("manager").get(reverse("today"))
    assert answer.status_code == 409
    for said in ("Somebody else was faster", "Action 3 was changed by somebody else", "Look at it as it is now"):
        assert said in answer.content.decode()
