"""What the public is told of a recommendation: written, approved, taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from upstream.exceptions import WrongUse
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.inspections.models import PublicRow
from upstream_web.inspections.papers import public_row_paper
from upstream_web.records.operations.keeping import keep, keep_new
from upstream_web.records.operations.papers import keep_paper
from upstream_web.records.operations.publications import withdraw
from upstream_web.records.papers import is_public, papers_of, says_the_same
from upstream_web.records.publications import publication_of


@operation("public row written")
def write(*, row: PublicRow, by: Any, at: datetime) -> PublicRow:
    """Write what the public is to read. It is shown once it was approved; till then what was approved before stays."""
    row.approved_on, row.approved_by = None, ""
    keep(row, by=by, at=at) if row.pk else keep_new(row, by=by, at=at)
    tell(row)
    return row


@operation("public row approved")
def approve(*, row: PublicRow, on: date, by: Any, at: datetime) -> PublicRow:
    """Approve exactly these words for the public: they are frozen, and everybody reads them from now on.

    Where they are what the public reads already, that version stands.
    """
    if not all((row.inspectors_said.strip(), row.we_did.strip(), row.did_it_work.strip())):
        raise WrongUse("The row is not complete.", do="Write what inspectors said, what we did and whether it worked.")
    row.approved_on, row.approved_by = on, name_of(by)
    keep(row, by=by, at=at)
    last = papers_of(row).first()
    if not (last and is_public(last) and says_the_same(last, public_row_paper(row, made_at=last.kept_at))):
        reason, paper = "Written anew" if last else "", public_row_paper(row, made_at=at)
        keep_paper(record=row, paper=paper, reason=reason, forms=(), public=True, by=by, at=at)
    tell(row)
    return row


@operation("public row taken back")
def take_back(*, row: PublicRow, by: Any, at: datetime, because: str = "It was taken off the page.") -> PublicRow:
    """Take the words of a row off the public page, which then says since when and `because` of what."""
    row.approved_on, row.approved_by = None, ""
    keep(row, by=by, at=at)
    if (shown := publication_of(row)) is not None:
        withdraw(publication=shown, because=because, by=by, at=at)
    tell(row)
    return row
