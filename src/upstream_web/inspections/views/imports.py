"""Importing a published response: hand in a file, confirm what was read, take it over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upstream.exceptions import UpstreamFailure
from upstream.responses import LIMIT_BYTES
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.words import capital, count_words, size_words
from upstream_web.inspections import reading
from upstream_web.inspections.models import ImportedField, ImportedResponse
from upstream_web.inspections.operations import imports
from upstream_web.inspections.operations.imports import FileHeldAlready, Handed
from upstream_web.inspections.queries import waiting_imports
from upstream_web.inspections.register import INSPECTIONS
from upstream_web.records.operations.keeping import ChangedMeanwhile

KEEP = Permission.INSPECTION_CHANGE


def _frame(here: str) -> dict[str, Any]:
    crumbs = [(INSPECTIONS.title, INSPECTIONS.address()), ("Import a response", reverse("response-import-new"))]
    return {"area": "account", "section": "inspections", "crumbs": [*crumbs, (here, "")] if here else crumbs}


@requires(KEEP)
@require_http_methods(["GET", "POST"])
def import_new(request: SignedInRequest) -> HttpResponse:
    """Take a file in and read it, or say what is wrong with it."""
    fault, held = "", None
    if request.method == "POST":
        handed = request.FILES.get("file")
        if handed is None:
            fault = "Choose the file of a response."
        elif (handed.size or 0) > LIMIT_BYTES:
            fault = f"The file has {size_words(handed.size or 0)}; at most {size_words(LIMIT_BYTES)} are taken."
        else:
            try:
                imported = imports.hand_in(
                    handed=Handed(str(handed.name), handed.read()), by=request.user, at=timezone.now()
                )
            except FileHeldAlready as failure:
                fault, held = str(failure), failure.held
            else:
                return redirect("response-import", key=imported.pk)
    context = {
        **_frame(""),
        "fault": fault,
        "held": held,
        "limit": LIMIT_BYTES,
        "waiting": waiting_imports(),
        "done": ImportedResponse.objects.present().filter(state=ImportedResponse.State.DONE).select_related("response"),
    }
    return render(request, "inspections/import_new.html", context, status=400 if fault else 200)


def _open_import(key: int) -> ImportedResponse:
    found: ImportedResponse = get_object_or_404(ImportedResponse.objects.present(), pk=key)
    return found


@dataclass(frozen=True)
class Refused:
    """What a person typed into a field that was not kept, and why."""

    value: str
    why: str


def _shown(
    field: ImportedField, lines: dict[int, tuple[str, int | None]], of: str, refused: Refused | None
) -> dict[str, Any]:
    kind = reading.kind_of(field.name, field.item)
    source = [(number, *lines[number]) for number in field.source_lines if number in lines]
    return {
        "field": field,
        "value": refused.value if refused else field.value,
        "refused": refused.why if refused else "",
        "label": kind.label,
        "of": of,
        "is_long": kind.sort == "long",
        "is_day": kind.sort == "day",
        "choices": reading.CHOICES.get(kind.sort),
        "how": reading.HOW_FOUND.get(field.found_by, ""),
        "rows": min(14, max(3, len(field.value) // 90 + field.value.count("\n") + 1)),
        "source": source,
    }


def _names_of_items(fields: list[ImportedField]) -> dict[int, str]:
    """Give each recommendation the name that the document has for it: its sort and its number."""
    held = {(field.item, field.name): field.value for field in fields}
    names = {0: ""}
    for item in sorted({field.item for field in fields} - {0}):
        sort = held.get((item, "kind"), "") or "recommendation"
        names[item] = f"{capital(sort)} {held.get((item, 'number'), '') or f'({item} in the document)'}"
    return names


def _place(field: ImportedField) -> tuple[bool, bool, int, int]:
    """Sort what is unclear before what is sure, and what is confirmed to the end."""
    return field.is_confirmed, not field.is_unclear, field.item, field.place


def _groups(shown: list[dict[str, Any]]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Part the fields by what is to be done with them: the key of the part, its heading, the fields."""
    found = ImportedField.Certainty.NOT_FOUND
    waiting = [each for each in shown if not each["field"].is_confirmed]
    sure = [each for each in waiting if not each["field"].is_unclear]
    parts = (
        ("unclear", "Look at these first", [each for each in waiting if each["field"].is_unclear]),
        ("sure", "Read with certainty", [each for each in sure if each["field"].certainty != found]),
        ("absent", "Not found in the document", [each for each in sure if each["field"].certainty == found]),
        ("confirmed", "Confirmed", [each for each in shown if each["field"].is_confirmed]),
    )
    return [part for part in parts if part[2]]


@requires(KEEP)
@require_safe
def import_confirm(request: SignedInRequest, key: int) -> HttpResponse:
    """Show every field with what was read, how sure that is, and the lines it came from; what is unclear first."""
    return _fields_page(request, _open_import(key))


def _fields_page(
    request: SignedInRequest, imported: ImportedResponse, refused: dict[int, Refused] | None = None
) -> HttpResponse:
    """Show the fields; one whose value was refused holds what the person typed, with the reason."""
    refused = refused or {}
    lines = {number: (text, page) for number, text, page in imported.lines}
    fields = sorted(imported.fields.all(), key=_place)
    names = _names_of_items(fields)
    shown = [_shown(field, lines, names[field.item], refused.get(field.pk)) for field in fields]
    waiting = [field for field in fields if not field.is_confirmed]
    context = {
        **_frame(imported.file_name),
        "imported": imported,
        "groups": _groups(shown),
        "seen": [f"{field.pk}:{field.version}" for field in fields],
        "confirmed": len(fields) - len(waiting),
        "number": len(fields),
        "unclear_number": sum(field.is_unclear for field in waiting),
        "is_waiting": bool(waiting),
        "next_key": next(iter((*refused, *(field.pk for field in waiting))), None),
        "sure_number": sum(not field.is_unclear for field in waiting),
        "can_undo": any(field.confirmed_by == request.user.get_username() for field in fields),
        "unplaced": [(number, *lines[number]) for number in imported.unplaced if number in lines],
        "targets": [(each["field"].pk, _target(each)) for each in sorted(shown, key=_in_form)],
        "is_open": imported.state == ImportedResponse.State.CONFIRMING,
    }
    return render(request, "inspections/import_confirm.html", context, status=400 if refused else 200)


def _in_form(each: dict[str, Any]) -> tuple[int, int]:
    return each["field"].item, each["field"].place


def _target(each: dict[str, Any]) -> str:
    return f"{each['of']}: {each['label']}" if each["of"] else str(each["label"])


def _to_next(imported: ImportedResponse) -> HttpResponse:
    """Lead on to the first field that waits, so that a keyboard goes through all of them."""
    waiting = sorted(imported.fields.filter(confirmed_at__isnull=True), key=_place)
    anchor = f"#field-{waiting[0].pk}" if waiting else "#take-over"
    return redirect(reverse("response-import", args=[imported.pk]) + anchor)


@requires(KEEP)
@require_POST
def confirm_field(request: SignedInRequest, key: int, field: int) -> HttpResponse:
    """Confirm or correct one field."""
    return _confirmed_or_placed(request, key, field)


def _confirmed_or_placed(request: SignedInRequest, key: int, field: int) -> HttpResponse:
    imported = _open_import(key)
    found = get_object_or_404(imported.fields, pk=field)
    found.imported = imported
    value, seen = request.POST.get("value", ""), request.POST.get("version", "")
    seen = seen if seen.isdecimal() else "0"  # of no version, so that nothing is overwritten unseen
    try:
        if request.POST.get("line", "").isdecimal():
            imports.place_line(field=found, number=int(request.POST["line"]), by=request.user, at=timezone.now())
            return redirect(reverse("response-import", args=[imported.pk]) + f"#field-{found.pk}")
        imports.confirm(field=found, value=value, seen=int(seen), by=request.user, at=timezone.now())
    except ChangedMeanwhile:
        return _fields_page(request, imported, {found.pk: Refused(value, _meanwhile(imported, found.pk))})
    except UpstreamFailure as failure:
        return _fields_page(request, imported, {found.pk: Refused(value, str(failure))})
    return _to_next(imported)


def _meanwhile(imported: ImportedResponse, key: int) -> str:
    now = imported.fields.get(pk=key)
    who = now.confirmed_by or now.changed_by
    return f"{who} wrote here meanwhile: “{now.value}”. Your words stand below: confirm what is right."


@requires(KEEP)
@require_POST
def place_line(request: SignedInRequest, key: int) -> HttpResponse:
    """Put an unplaced line into the field that is chosen beside it."""
    target = request.POST.get("field", "")
    if not target.isdecimal():
        messages.error(request, "Choose the field that the line belongs to.")
        return redirect("response-import", key=key)
    return _confirmed_or_placed(request, key, int(target))


@requires(KEEP)
@require_POST
def confirm_sure(request: SignedInRequest, key: int) -> HttpResponse:
    """Confirm at once what the reader was sure of, of the fields that this page showed."""
    imported = _open_import(key)
    pairs = (each.partition(":") for each in request.POST.getlist("seen"))
    seen = {int(pk): int(version) for pk, _, version in pairs if pk.isdecimal() and version.isdecimal()}
    try:
        done = imports.confirm_sure(imported=imported, seen=seen, by=request.user, at=timezone.now())
    except (UpstreamFailure, ChangedMeanwhile) as failure:
        messages.error(request, str(failure))
    else:
        messages.success(request, f"{len(done)} fields confirmed. The doubtful ones are left for you.")
    return _to_next(imported)


@requires(KEEP)
@require_POST
def undo(request: SignedInRequest, key: int) -> HttpResponse:
    """Open again what this person confirmed last."""
    imported = _open_import(key)
    try:
        opened = imports.undo_last(imported=imported, by=request.user, at=timezone.now())
    except (UpstreamFailure, ChangedMeanwhile) as failure:
        messages.error(request, str(failure))
        return redirect("response-import", key=imported.pk)
    messages.success(request, f"{count_words(len(opened), 'field is', 'fields are')} open again.")
    return redirect(reverse("response-import", args=[imported.pk]) + f"#field-{opened[0].pk}")


@requires(KEEP)
@require_POST
def take_over(request: SignedInRequest, key: int) -> HttpResponse:
    """Make the records of what was confirmed."""
    imported = _open_import(key)
    try:
        imports.take_over(
            imported=imported, is_ours=request.POST.get("whose") == "ours", by=request.user, at=timezone.now()
        )
    except UpstreamFailure as failure:
        messages.error(request, str(failure))
        return _to_next(imported)
    messages.success(request, "Taken over. Give each recommendation a title in your own words.")
    return redirect("response", key=imported.response_id)


@requires(KEEP)
@require_POST
def set_aside(request: SignedInRequest, key: int) -> HttpResponse:
    """Put an import away."""
    imported = _open_import(key)
    try:
        imports.set_aside(imported=imported, by=request.user, at=timezone.now())
    except UpstreamFailure as failure:
        messages.error(request, str(failure))
        return redirect("response-import", key=imported.pk)
    messages.success(request, "Set aside. Nothing was taken over; the file can be handed in again.")
    return redirect("response-import-new")


@requires(Permission.INSPECTION_VIEW)
@require_safe
def import_file(request: SignedInRequest, key: int) -> HttpResponse:
    """Send the file that was handed in, as a download and never as a page."""
    imported = _open_import(key)
    path = imported.path
    if not path.is_file():
        raise Http404("The file is not there; restore it from a backup.")
    answer = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    name = "".join(letter if letter.isalnum() or letter in "._- " else "_" for letter in imported.file_name)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
