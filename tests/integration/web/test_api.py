"""The programming interface: the same records, rights and forms as the pages, described truly by its document."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from integration.web.access_matrix.rows import CAST, SIGNED_OUT
from integration.web.notebook.models import Note

from upstream_web.api.document import document
from upstream_web.api.models import Token
from upstream_web.api.operations import tokens
from upstream_web.audit.models import Event
from upstream_web.records.operations import keeping

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NOTES = "/api/v1/note/"


def make_note(title: str = "The plan", **fields) -> Note:
    return keeping.make(record=Note(title=title, **fields), by="tests", at=AT)


def send(browser, method: str, address: str, body=None, **headers):
    content = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    return getattr(browser, method)(address, **content, headers=headers)


def problem(response) -> dict:
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code
    assert body["found"]
    return body


def test_list_is_that_of_the_page(cast, browser_of):
    for number in range(7):
        make_note(f"Note {number}", amount=number, state="done" if number < 2 else "open")
    make_note("Hidden", closed=True, lead=cast["lead"])
    found = browser_of("analyst").get(f"{NOTES}?order=-amount&state=open").json()
    assert [one["title"] for one in found["records"]] == ["Note 6", "Note 5", "Note 4", "Note 3", "Note 2"]
    assert (found["count"], found["page"], found["pages"]) == (5, 1, 1)
    assert found["records"][0]["fields"]["amount"] == 6
    second = browser_of("analyst").get(f"{NOTES}?page=2").json()
    assert [one["title"] for one in second["records"]] == ["Note 5", "Note 6"]
    event = Event.objects.filter(action="list read by a program").first()
    assert (event.actor, event.about) == ("analyst@test", "state=open&order=-amount")


def test_record_is_made_and_changed_by_its_form(cast, browser_of):
    browser = browser_of("manager")
    made = send(browser, "post", NOTES, {"fields": {"title": "By program", "amount": 3, "due_on": "2026-12-01"}})
    assert made.status_code == 201
    key = made.json()["key"]
    changed = send(browser, "patch", f"{NOTES}{key}", {"version": 1, "fields": {"closed": False, "text": "New"}})
    assert changed.status_code == 200
    note = Note.objects.get()
    assert (note.title, note.text, note.amount, note.version) == ("By program", "New", 3, 2)
    assert note.changed_by == "manager@test"
    past = browser.get(f"{NOTES}{key}/history").json()
    assert [one["version"] for one in past] == [2, 1]
    assert past[0]["changes"] == [{"field": "text", "before": "", "after": "New"}]


def test_both_texts_come_back_when_two_changed_one_field(cast, browser_of):
    note, browser = make_note(text="First", lead=cast["analyst"]), browser_of("manager")
    send(browser, "patch", f"{NOTES}{note.pk}", {"version": 1, "fields": {"text": "Theirs", "amount": 5}})
    send(browser_of("analyst"), "patch", f"{NOTES}{note.pk}", {"version": 2, "fields": {"amount": 6}})
    answer = send(browser, "patch", f"{NOTES}{note.pk}", {"version": 1, "fields": {"text": "Yours"}})
    assert answer.status_code == 409
    body = problem(answer)
    assert body["found"] == "manager@test changed the same since version 1."  # not who saved something else since
    assert body["conflicts"] == [
        {"field": "text", "before": "First", "theirs": "Theirs", "by": "manager@test", "yours": "Yours"}
    ]
    assert body["version"] == 3
    merged = send(browser, "patch", f"{NOTES}{note.pk}", {"version": 1, "fields": {"title": "Only mine"}})
    assert merged.json()["fields"] | {"text": "Theirs", "amount": 6, "title": "Only mine"} == merged.json()["fields"]


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"fields": {"title": ""}}, 422, "Fill in “Title”"),
        ({"fields": {"title": "x", "due_on": "soon"}}, 422, "takes a day, such as"),
        ({"fields": {"title": "", "amount": -1}}, 422, "Fill in “Title”; “Amount”"),
        ({"fields": {"title": "x", "version": 9}}, 422, "no field version"),
        ({"fields": "x"}, 422, "not as the document"),
    ],
)
def test_faults_are_told(body, status, said, cast, browser_of):
    answer = send(browser_of("manager"), "post", NOTES, body)
    assert answer.status_code == status
    assert said in problem(answer)["found"]
    assert not Note.objects.exists()


def test_what_is_no_json_is_told(cast, browser_of):
    answer = browser_of("manager").post(NOTES, "{", content_type="application/json")
    assert answer.status_code == 400
    problem(answer)


def test_rights_are_those_of_the_pages(cast, browser_of):
    closed = make_note("Hidden", closed=True, lead=cast["lead"])
    ours, theirs = make_note("Ours", body="police"), make_note("Theirs", body="council")
    assert problem(browser_of("analyst").get(f"{NOTES}{closed.pk}"))["status"] == 404
    assert browser_of("lead").get(f"{NOTES}{closed.pk}").status_code == 200
    body = {"version": 1, "fields": {"title": "New"}}
    assert send(browser_of("lead"), "patch", f"{NOTES}{theirs.pk}", body).status_code == 403
    assert send(browser_of("lead"), "patch", f"{NOTES}{ours.pk}", body).status_code == 200
    assert send(browser_of("lead"), "post", NOTES, {"fields": {"title": "x", "body": "council"}}).status_code == 422
    assert browser_of("board").get(NOTES).status_code == 403  # uses no programs
    assert browser_of("analyst").get("/api/v1/nothing/").status_code == 404


def test_comment_is_read_and_made(cast, browser_of):
    note, browser = make_note(), browser_of("analyst")
    assert send(browser, "post", f"{NOTES}{note.pk}/comments", {"text": "Said"}).status_code == 201
    assert problem(send(browser, "post", f"{NOTES}{note.pk}/comments", {"text": " "}))["do"]
    (comment,) = browser.get(f"{NOTES}{note.pk}/comments").json()
    assert (comment["by"], comment["text"], comment["withdrawn"]) == ("analyst@test", "Said", False)


# ---- Tokens ----
def with_token(secret: str, address: str = NOTES):
    return Client().get(address, headers={"Authorization": f"Bearer {secret}"})


def test_token_acts_for_its_person_until_it_is_revoked(cast, browser_of):
    browser = browser_of("analyst")
    page = browser.post("/account/tokens/", {"name": "Notebook", "days": "30"})
    secret = page.context["secret"]
    assert secret.startswith("upstream_")
    assert secret not in browser.get("/account/tokens/").content.decode()
    assert secret not in str(Token.objects.values_list())
    for _ in range(3):
        assert with_token(secret).status_code == 200
    assert Event.objects.filter(action="token used").count() == 1
    token = Token.objects.get()
    assert browser_of("manager").post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    browser.post(f"/account/tokens/{token.pk}/revoke/")
    assert problem(with_token(secret))["status"] == 401
    assert "Bearer" in with_token(secret)["WWW-Authenticate"]


def test_token_ends_with_its_last_day_and_with_its_person(cast):
    _, old = tokens.make(name="Old", days=1, by=cast["analyst"], at=datetime.now(UTC) - timedelta(days=2))
    _, secret = tokens.make(name="New", days=1, by=cast["analyst"], at=datetime.now(UTC))
    assert with_token(old).status_code == 401
    assert with_token(secret).status_code == 200
    cast["analyst"].is_active = False
    cast["analyst"].save()
    assert with_token(secret).status_code == 401
    assert with_token("upstream_invented").status_code == 401


def test_session_writes_only_from_this_site(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast["manager"], backend="django.contrib.auth.backends.ModelBackend")
    body = {"fields": {"title": "Forged", "state": "open"}}
    assert send(browser, "post", NOTES, body).status_code == 403
    _, secret = tokens.make(name="Program", days=1, by=cast["manager"], at=datetime.now(UTC))
    assert (
        send(Client(enforce_csrf_checks=True), "post", NOTES, body, Authorization=f"Bearer {secret}").status_code == 201
    )


# ---- The document ----
def operations() -> list[tuple[str, str, dict]]:
    return [
        (method, path, operation)
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    ]


def test_document_is_openapi_and_names_the_fields_of_each_kind(example, browser_of):
    found = browser_of("analyst").get("/api/v1/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(names) == len(set(names))
    change = found["paths"]["/api/v1/note/{key}"]["patch"]["requestBody"]["content"]["application/json"]["schema"]
    assert change["properties"]["fields"]["properties"]["due_on"] == {
        "type": ["string", "null"], "format": "date", "title": "Day it is due",
    }  # fmt: skip
    assert "GET /api/v1/note/" in browser_of("analyst").get("/api/v1/").content.decode()
    assert "https://" not in str(found["paths"])


@pytest.mark.slow
@pytest.mark.parametrize("who", [*CAST, SIGNED_OUT])
def test_every_operation_of_the_document_answers_as_it_says(who, cast, browser_of):
    """Called as everybody with what the document asks for: an answer that it describes, and never a failure here."""
    from upstream_web.access.authorisation import may
    from upstream_web.access.permissions import Permission
    from upstream_web.records.register import get_register

    make_note(body="police", lead=cast["navigator"])
    browser = browser_of(who)
    for method, path, operation in operations():
        kind = path.split("/")[3]
        body = {"version": 1, "fields": {}, "text": "Said"} if "requestBody" in operation else None
        answer = send(browser, method, path.replace("{key}", "1"), body)
        assert str(answer.status_code) in operation["responses"], (method, path)
        if who == SIGNED_OUT:
            assert answer.status_code == 401
        elif not may(cast[who], Permission.API_USE) or not may(cast[who], get_register(kind).see):
            assert answer.status_code in (403, 404)
        if answer.status_code >= 400:
            problem(answer)
