"""A published response taken in from a file: kept, read, confirmed field by field by a person, taken over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from upstream.exceptions import InputRefused, UpstreamFailure, WrongUse
from upstream.responses import read_response
from upstream_web.core.acts import ActKind
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.inspections import reading
from upstream_web.inspections.models import ImportedField, ImportedResponse
from upstream_web.inspections.operations.taking_over import taken_over
from upstream_web.records.operations.keeping import ChangedMeanwhile, keep, keep_new

State = ImportedResponse.State


class FileHeldAlready(InputRefused):
    """The very same file was handed in before; `held` is what became of it."""

    def __init__(self, held: ImportedResponse) -> None:
        self.held = held
        super().__init__(
            f"This file is held already: it came as “{held.file_name}” and is {held.get_state_display().lower()}.",
            do="Open what it became instead of importing it again.",
        )


class NotConfirmedYet(WrongUse):
    """Fields are left that nobody has confirmed."""


@dataclass(frozen=True)
class Handed:
    """A file as it was handed in."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Its hash, by which it is known again."""
        return hashlib.sha256(self.content).hexdigest()


@operation("response handed in", ActKind.COLLECTION)
def hand_in(*, handed: Handed, by: Any, at: datetime) -> ImportedResponse:
    """Keep a file and read it. What cannot be read is kept too, with the reason; raises `FileHeldAlready`."""
    held = ImportedResponse.objects.present().filter(sha256=handed.sha256).first()
    if held is not None:
        raise FileHeldAlready(held)
    name = Path(handed.name).name[:200] or "file"
    imported = ImportedResponse(file_name=name, sha256=handed.sha256, size_bytes=len(handed.content))
    path = imported.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(handed.content)
    keep_new(imported, by=by, at=at)
    _read(imported, handed, by=by, at=at)
    tell(imported, sha256=imported.sha256, state=imported.state)
    return imported


def _read(imported: ImportedResponse, handed: Handed, *, by: Any, at: datetime) -> None:
    try:
        record = read_response(handed.content, file_name=handed.name)
    except UpstreamFailure as failure:
        imported.state, imported.fault = State.FAILED, str(failure)
        keep(imported, by=by, at=at)
        return
    imported.state, imported.form = State.CONFIRMING, record.form[:100]
    imported.lines = [[line.number, line.text, line.page] for line in record.lines]
    imported.unplaced = [line.number for line in record.unplaced if line.text.strip()]
    keep(imported, by=by, at=at)
    for row in reading.rows_of(record):
        field = ImportedField(
            imported=imported, item=row.item, place=row.place, name=row.name, was_read=row.value, value=row.value,
            certainty=row.certainty, found_by=row.found_by, source_lines=row.lines, doubts=row.doubts, said=row.said,
        )  # fmt: skip
        keep_new(field, by=by, at=at)


def _check_open(imported: ImportedResponse) -> None:
    if imported.state != State.CONFIRMING:
        raise WrongUse(
            f"This import is {imported.get_state_display().lower()}.", do="Only one that waits is confirmed."
        )


@operation("imported field confirmed")
def confirm(*, field: ImportedField, value: str, seen: int, by: Any, at: datetime) -> ImportedField:
    """Confirm a field with the value that a person stands by; raises `WrongUse` for an impossible one.

    `seen` is the version that the person looked at: raises `ChangedMeanwhile` where the field says something else now.
    """
    _check_open(field.imported)
    value = value.replace("\r\n", "\n").strip()
    if field.version != seen and field.value != value:
        raise ChangedMeanwhile(field)
    if fault := reading.find_fault(field.name, field.item, value):
        raise WrongUse(fault)
    field.value, field.confirmed_at, field.confirmed_by = value, at, name_of(by)
    keep(field, by=by, at=at)
    tell(field.imported, field=field.name, item=field.item, corrected=field.was_corrected)
    return field


@operation("sure fields confirmed")
def confirm_sure(*, imported: ImportedResponse, seen: dict[int, int], by: Any, at: datetime) -> list[ImportedField]:
    """Confirm at once what the reader was sure of and doubted nothing in, and what the document does not say.

    Only fields that were shown to the person (`seen`, the version of each by its key) are confirmed, as they were.
    """
    _check_open(imported)
    done = []
    for field in imported.fields.filter(pk__in=seen, confirmed_at__isnull=True):
        if field.is_unclear or field.version != seen[field.pk]:
            continue
        if reading.find_fault(field.name, field.item, field.value):
            continue
        field.confirmed_at, field.confirmed_by = at, name_of(by)
        done.append(keep(field, by=by, at=at))
    tell(imported, fields=len(done))
    return done


@operation("confirmation undone")
def undo_last(*, imported: ImportedResponse, by: Any, at: datetime) -> list[ImportedField]:
    """Open again what this person confirmed last, one field or all at once; what was typed stays to be confirmed."""
    _check_open(imported)
    mine = imported.fields.filter(confirmed_at__isnull=False, confirmed_by=name_of(by))
    last = mine.order_by("-confirmed_at").first()
    if last is None:
        raise WrongUse("You confirmed nothing here yet.")
    opened = []
    for field in mine.filter(confirmed_at=last.confirmed_at):
        field.confirmed_at, field.confirmed_by = None, ""
        opened.append(keep(field, by=by, at=at))
    tell(imported, fields=len(opened))
    return opened


@operation("unplaced line put into a field")
def place_line(*, field: ImportedField, number: int, by: Any, at: datetime) -> ImportedField:
    """Put a line that went to no field into one; that field is to be confirmed again."""
    imported = field.imported
    _check_open(imported)
    if number not in imported.unplaced:
        raise WrongUse(f"Line {number} is in a field already.", do="Look at the field.")
    text = next(text for line, text, _ in imported.lines if line == number)
    field.value = f"{field.value}\n\n{text}".strip() if reading.kind_of(field.name, field.item).sort == "long" else text
    field.source_lines = sorted({*field.source_lines, number})
    field.confirmed_at, field.confirmed_by = None, ""
    imported.unplaced = [line for line in imported.unplaced if line != number]
    keep(imported, by=by, at=at)
    keep(field, by=by, at=at)
    tell(imported, field=field.name, line=number)
    return field


@operation("imported response taken over")
def take_over(*, imported: ImportedResponse, is_ours: bool, by: Any, at: datetime) -> ImportedResponse:
    """Make the report and the response of what was confirmed; raises `NotConfirmedYet` while a field is open."""
    _check_open(imported)
    waiting = imported.fields.filter(confirmed_at__isnull=True).count()
    if waiting:
        raise NotConfirmedYet(f"{waiting} fields were not confirmed.", do="Confirm or correct each of them.")
    response = taken_over(imported, is_ours=is_ours, by=by, at=at)
    imported.inspection, imported.response, imported.state = response.inspection, response, State.DONE
    keep(imported, by=by, at=at)
    tell(imported, response=response.pk)
    return imported


@operation("import set aside")
def set_aside(*, imported: ImportedResponse, by: Any, at: datetime) -> ImportedResponse:
    """Put an import away without taking anything over; the same file may be handed in again afterwards."""
    if imported.state == State.DONE:
        raise WrongUse("This import was taken over.", do="Change the records it became.")
    imported.state, imported.removed_at = State.SET_ASIDE, at
    keep(imported, by=by, at=at)
    tell(imported)
    return imported
