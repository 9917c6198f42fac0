"""A file sent through the browser: checked, loaded, refused; its receipt, its refused rows, and what is kept."""

from __future__ import annotations

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from upstream_web.assets.operations import uploads
from upstream_web.audit.models import Event
from upstream_web.core import jobs
from upstream_web.core.models import Job

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
FORCE = "Staffordshire Police,Staffordshire Police"


def row(number, month="2026-01", crime_type="Robbery"):
    place = "-2.17,53.02,On or near High Street,E01014370,Stoke-on-Trent 015D"
    return f"{number:064x},{month},{FORCE},{place},{crime_type},Under investigation,"


def street_file(*rows, name="2026-01-staffordshire-street.csv"):
    return SimpleUploadedFile(name, "\n".join([HEADER, *rows, ""]).encode(), "text/csv")


def send(browser, file, act="load", feed="police_street", **more):
    return browser.post(reverse("feed-load", args=[feed]), {"file": file, "act": act, **more})


def finish():
    """Do the background work and give the job that was asked for last."""
    jobs.work(once=True)
    return Job.objects.latest("queued_at")


def test_loaded_file_gets_a_receipt_and_a_line_in_the_trail(browser_of, site_of):
    browser = browser_of("steward")
    response = send(browser, street_file(row(1), row(2)))
    job = finish()
    assert (job.state, job.failure) == ("done", "")
    assert response.headers["Location"] == reverse("job", args=[job.id])
    page = browser.get(response.headers["Location"], follow=True)
    assert page.redirect_chain[-1][0] == job.result["address"]
    assert "2 rows taken" in " ".join(page.content.decode().split())
    line = Event.objects.get(action="file loaded")
    assert (line.actor, line.about, line.detail["rows_taken"]) == ("steward@test", "police_street", 2)


def test_upload_is_not_kept_once_it_is_loaded(browser_of, site_of, settings):
    send(browser_of("steward"), street_file(row(1)))
    kept = settings.UPLOADS
    assert len(list(kept.rglob("*.csv"))) == 1
    finish()
    assert list(kept.rglob("*.csv")) == []


def test_new_build_is_made_when_asked_for(browser_of, site_of):
    from upstream import store

    before = store.current_build(site_of).id
    send(browser_of("analyst"), street_file(row(1)), then_build="on")
    assert finish().state == "done"
    assert store.current_build(site_of).id != before
    assert Event.objects.filter(action="build made", actor="analyst@test").count() == 1


def test_checked_file_lands_nothing_and_can_be_loaded_from_the_result(browser_of, site_of):
    from upstream import ingestion

    before = len(ingestion.receipts(site_of, "police_street"))
    browser = browser_of("analyst")
    send(browser, street_file(row(1)), act="check")
    job = finish()
    assert len(ingestion.receipts(site_of, "police_street")) == before
    page = browser.get(reverse("job", args=[job.id])).content.decode()
    assert "Load this file" in page
    again = {"upload": job.payload["upload"], "name": job.payload["name"]}
    assert browser.post(reverse("feed-load", args=["police_street"]), again).status_code == 302
    assert finish().state == "done"
    assert len(ingestion.receipts(site_of, "police_street")) == before + 1
    assert set(Event.objects.values_list("action", flat=True)) >= {"file checked", "file loaded"}


def test_refused_rows_are_listed_and_can_be_sent_back(browser_of, site_of):
    browser = browser_of("steward")
    rows = [row(number) for number in range(1, 60)]
    send(browser, street_file(*rows, row(99, crime_type="Piracy")))
    job = finish()
    page = browser.get(job.result["address"])
    assert "Piracy" in page.content.decode()
    address = next(part for part in page.content.decode().split('"') if part.endswith("/rejected.csv"))
    answer = browser.get(address)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert b"Piracy" in b"".join(answer.streaming_content)
    assert Event.objects.filter(action="refused rows downloaded", actor="steward@test").count() == 1


def test_board_sees_the_receipt_but_not_the_refused_rows(browser_of, site_of):
    send(browser_of("steward"), street_file(*[row(n) for n in range(1, 60)], row(99, crime_type="Piracy")))
    address = finish().result["address"]
    page = browser_of("board").get(address)
    assert page.status_code == 200
    assert "rejected.csv" not in page.content.decode()
    assert browser_of("board").get(f"{address}rejected.csv").status_code == 403


def test_file_without_its_columns_is_refused_with_a_receipt(browser_of, site_of):
    browser = browser_of("steward")
    send(browser, SimpleUploadedFile("odd.csv", b"a,b\n1,2\n", "text/csv"))
    job = finish()
    page = " ".join(browser.get(job.result["address"]).content.decode().split())
    assert "Nothing of this file was loaded" in page
    assert Event.objects.filter(action="file refused").count() == 1


def test_empty_file_gets_a_receipt_too(browser_of, site_of):
    send(browser_of("steward"), SimpleUploadedFile("empty.csv", b"", "text/csv"))
    job = finish()
    assert job.state == "done"
    assert Event.objects.get(kind="feed").action == "file refused"


def test_packed_file_is_taken(browser_of, site_of):
    packed = gzip.compress("\n".join([HEADER, row(1), ""]).encode())
    send(browser_of("steward"), SimpleUploadedFile("2026-01-staffordshire-street.csv.gz", packed))
    finish()
    assert Event.objects.get(kind="feed").detail["rows_taken"] == 1


def test_form_without_a_file_says_so(browser_of, example):
    response = browser_of("steward").post(reverse("feed-load", args=["police_street"]), {"act": "load"})
    assert response.status_code == 400
    assert b"Choose a file" in response.content
    assert Job.objects.count() == 0


def test_file_larger_than_the_setting_is_not_taken(browser_of, example, settings):
    settings.UPLOAD_BYTES = 10
    response = send(browser_of("steward"), street_file(row(1)))
    assert response.status_code == 400
    assert b"the most that can be sent here is 10 bytes" in response.content


def test_unknown_feed_is_not_found(browser_of, example):
    response = browser_of("steward").get(reverse("feed-load", args=["no_such_feed"]))
    assert response.status_code == 404
    assert b"no feed called no_such_feed" in response.content


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026-01.csv", "2026-01.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\data.csv", "data.csv"),
        (".hidden", "hidden"),
        ("...", "file"),
        ("a\x00b;c|d.csv", "a_b_c_d.csv"),
        ("x" * 400 + ".csv", "x" * 146 + ".csv"),
    ],
)
def test_name_of_an_upload_is_made_safe(given, kept):
    assert uploads.safe_name(given) == kept


def test_upload_outside_its_folder_cannot_be_asked_for(browser_of, example):
    form = {"upload": "../../secret", "name": "secret_key"}
    response = browser_of("steward").post(reverse("feed-load", args=["police_street"]), form)
    assert response.status_code == 302
    assert Job.objects.count() == 0


def test_upload_that_is_gone_is_said_to_be_gone(browser_of, example):
    form = {"upload": "0" * 32, "name": "x.csv"}
    response = browser_of("steward").post(reverse("feed-load", args=["police_street"]), form)
    assert response.status_code == 400
    assert b"no longer kept" in response.content


def test_upload_left_for_a_week_is_removed(settings, tmp_path):
    import os
    from datetime import UTC, datetime, timedelta

    settings.UPLOADS = tmp_path
    now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    for name, age in (("old", timedelta(days=8)), ("new", timedelta(days=6))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file.csv").touch()
        moment = (now - age).timestamp()
        os.utime(tmp_path / name, (moment, moment))
    assert uploads.forget_old(at=now) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
