"""What the public is told of a recommendation: written, approved, taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from upstream.exceptions import WrongUse
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.inspections.models import PublicRow
from upstream_web.records.operations.keeping import keep, keep_new


@operation("public row written")
def write(*, row: PublicRow, by: Any, at: datetime) -> PublicRow:
    """Write what the public is to read; it must be approved, and approved again after any change."""
    row.approved_on, row.approved_by = None, ""
    keep(row, by=by, at=at) if row.pk else keep_new(row, by=by, at=at)
    tell(row)
    return row


@operation("public row approved")
def approve(*, row: PublicRow, on: date, by: Any, at: datetime) -> PublicRow:
    """Approve exactly these words for the public."""
    if not all((row.inspectors_said.strip(), row.we_did.strip(), row.did_it_work.strip())):
        raise WrongUse("The row is not complete.", do="Write what inspectors said, what we did and whether it worked.")
    row.approved_on, row.approved_by = on, name_of(by)
    keep(row, by=by, at=at)
    tell(row)
    return row


@operation("public row taken back")
def take_back(*, row: PublicRow, by: Any, at: datetime) -> PublicRow:
    """Take a row off the public page."""
    row.approved_on, row.approved_by = None, ""
    keep(row, by=by, at=at)
    tell(row)
    return row
