"""The operations of the programming interface. Each asks the register that the pages ask, and writes by its form."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, NinjaAPI, Schema, Status
from ninja.errors import HttpError, ValidationError

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import check_may
from upstream_web.access.permissions import Permission
from upstream_web.api.problems import problem, problem_of
from upstream_web.api.shapes import form_data, plain, shape, unknown_fields
from upstream_web.core.acts import ActKind, announce, declare
from upstream_web.core.words import capital
from upstream_web.records import history
from upstream_web.records.forms import RecordForm
from upstream_web.records.models import Comment
from upstream_web.records.operations import comments
from upstream_web.records.register import Register, get_register
from upstream_web.records.saving import check_may_change, save_change, save_new
from upstream_web.records.views.lists import query_of, read_asked

READ_BY_PROGRAM = declare("list read by a program", ActKind.DISCLOSURE)

api = NinjaAPI(title="Upstream", version="1", urls_namespace="api", openapi_url=None, docs_url=None)


class NewRecord(Schema):
    """A record to be made: its fields under their names; those left out begin as in the form."""

    fields: dict[str, Any] = Field(default_factory=dict)


class ChangedRecord(Schema):
    """What is to be changed of a record, and the version from which the program began."""

    version: int
    fields: dict[str, Any]


class NewComment(Schema):
    """A comment."""

    text: str


@api.get("/{slug:kind}/", url_name="api-records", summary="List records")
def list_records(
    request: HttpRequest, kind: str, q: str = "", order: str = "", page: int = 1, removed: bool = False
) -> Any:
    """List the records that you may see, searched, filtered and sorted as on the page."""
    register = get_register(kind)
    check_may(request.user, register.see)
    given = {name: str(value) for name, value in request.GET.items()} | {"removed": "1" if removed else ""}
    asked = read_asked(register, given)
    found = Paginator(register.asked(request.user, asked), register.page_size).get_page(asked.page)
    announce(
        READ_BY_PROGRAM.words,
        by=request.user.get_username(),
        at=timezone.now(),
        kind=kind,
        about=query_of(asked)[:300],
        detail={"rows": len(found)},
    )
    return {
        "count": found.paginator.count,
        "page": found.number,
        "pages": found.paginator.num_pages,
        "records": [shape(record, told=register.reads_now(request.user, record)) for record in found],
    }


@api.post("/{slug:kind}/", url_name="api-records", summary="Make a record", response={201: dict[str, Any]})
def make_record(request: HttpRequest, kind: str, body: NewRecord) -> Any:
    """Make a record by the register's own form."""
    register = get_register(kind)
    check_may_change(register, request.user)
    if strange := unknown_fields(register, body.fields):
        return _unknown(register, strange)
    blank = register.form(instance=register.model(), person=request.user)
    data = form_data(blank, body.fields, None)
    form = register.form(data, instance=register.model(), person=request.user)
    record = save_new(register, form, person=request.user, at=timezone.now())
    return Status(201, shape(record)) if record is not None else _faults(form)


@api.get("/{slug:kind}/{int:key}", url_name="api-record", summary="Read one record")
def read_record(request: HttpRequest, kind: str, key: int) -> Any:
    """Read one record that you may see."""
    register = get_register(kind)
    record = register.get(request.user, key)
    return shape(record, told=register.reads_now(request.user, record))


@api.patch("/{slug:kind}/{int:key}", url_name="api-record", summary="Change a record")
def change_record(request: HttpRequest, kind: str, key: int, body: ChangedRecord) -> Any:
    """Change fields of a record. When somebody changed the same since, nothing is written: both texts come back."""
    register = get_register(kind)
    if strange := unknown_fields(register, body.fields):
        return _unknown(register, strange)
    record = register.get(request.user, key)
    check_may_change(register, request.user, record)
    data = form_data(register.form(instance=record, person=request.user), body.fields, body.version)
    done = save_change(register, key, data, person=request.user, at=timezone.now())
    if done.closed:
        return problem(409, done.closed, do="Look at the record as it is now.")
    if done.saved:
        return shape(done.record)
    assert done.form is not None
    if done.form.conflicts:
        now = register.get(request.user, key)
        others = " and ".join(sorted({one.by for one in done.form.conflicts}))
        both = [
            {"field": one.name, "before": one.before, "theirs": one.theirs, "by": one.by, "yours": one.yours}
            for one in done.form.conflicts
        ]
        return problem(
            409, f"{others} changed the same since version {body.version}.", expected=f"version {now.version}",
            do="Decide what is right and send it with that version.", conflicts=both, version=now.version,
        )  # fmt: skip
    return _faults(done.form)


@api.get("/{slug:kind}/{int:key}/history", url_name="api-history", summary="Read the history of a record")
def read_history(request: HttpRequest, kind: str, key: int) -> Any:
    """Read what a record was: each version with who saved it, when, and what it changed."""
    register = get_register(kind)
    record = register.get(request.user, key)
    register.check_reads_now(request.user, record)
    return [
        {
            "version": state.version,
            "at": plain(state.at),
            "by": state.by,
            "words": state.words,
            "changes": [{"field": one.name, "before": one.before, "after": one.after} for one in state.changes],
        }
        for state in history.states(record)
    ]


@api.get("/{slug:kind}/{int:key}/comments", url_name="api-comments", summary="Read the comments on a record")
def read_comments(request: HttpRequest, kind: str, key: int) -> Any:
    """Read what people said about a record; withdrawn words are shown to nobody."""
    record = get_register(kind).get(request.user, key)
    return [_comment(comment) for comment in Comment.objects.on(record).select_related("by")]


@api.post(
    "/{slug:kind}/{int:key}/comments", url_name="api-comments", summary="Comment on a record",
    response={201: dict[str, Any]},
)  # fmt: skip
def add_comment(request: HttpRequest, kind: str, key: int, body: NewComment) -> Any:
    """Say something about a record."""
    record = get_register(kind).get(request.user, key)
    check_may(request.user, Permission.RECORD_COMMENT, about=record)
    person: Any = request.user
    return Status(201, _comment(comments.add(record=record, text=body.text, by=person, at=timezone.now())))


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "key": comment.pk,
        "by": comment.by.username,
        "at": plain(comment.at),
        "text": comment.text if comment.withdrawn_at is None else "",
        "withdrawn": comment.withdrawn_at is not None,
        "adds_to": comment.adds_to_id,
    }


def _unknown(register: Register[Any], strange: list[str]) -> HttpResponse:
    known = ", ".join(name for name in register.form.base_fields if name != "began_from")
    return problem(
        422, f"{capital(register.plural)} have no field {', '.join(strange)}.", expected=known, do="Leave them out."
    )


def _faults(form: RecordForm) -> HttpResponse:
    faults = [
        {"field": "" if name == "__all__" else name, "found": str(error)}
        for name, errors in form.errors.items()
        for error in errors
    ]
    return problem(
        422, "; ".join(each["found"].rstrip(".") for each in faults) + ".", do="Put these fields right.", errors=faults
    )


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, str(error) or "It is not there.", do="Look at the list, which shows what is open to you.")


@api.exception_handler(PermissionDenied)
def _not_allowed(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, str(error) or "This is not open to you.", do="Ask whoever gives access.")


@api.exception_handler(UpstreamFailure)
def _failed(request: HttpRequest, error: UpstreamFailure) -> HttpResponse:
    return problem_of(422, error)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"field": ".".join(str(part) for part in one["loc"]), "found": one["msg"]} for one in error.errors]
    return problem(422, "The request is not as the document describes it.", do="Put these right.", errors=faults)


@api.exception_handler(HttpError)
def _not_understood(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(400, error.message, expected="JSON", do="Send a body as the document describes it.")
