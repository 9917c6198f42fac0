"""Keeping papers as they were given out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from upstream.exceptions import WrongUse
from upstream.papers import FORMS, Form, Paper, render
from upstream.papers.storing import pack
from upstream_web.core.operations import name_of, tell, under_way
from upstream_web.records.models import Record
from upstream_web.records.models.kept_paper import KeptPaper
from upstream_web.records.operations.publications import open_to_public
from upstream_web.records.papers import CONTENT, papers_of, write_once


class CorrectionUnexplained(WrongUse):
    """A paper is kept beside an earlier version without saying what it corrects."""


def keep_paper(
    *, record: Record, paper: Paper, by: Any, at: datetime, reason: str = "", forms: Sequence[Form] = FORMS,
    public: bool = False,
) -> KeptPaper:  # fmt: skip
    """Keep a paper about a record in its forms, within an operation, under the next number of that record.

    `public` opens it to everybody at once.

    Raises `CorrectionUnexplained` when it corrects an earlier one without saying what.
    """
    under_way()
    kind, key = record.trail_name()
    last = papers_of(record).aggregate(last=Max("number"))["last"] or 0
    if last and not reason.strip():
        raise CorrectionUnexplained("There is an earlier version of this paper.", expected="what the new one corrects")
    kept = KeptPaper(
        kind=kind, key=key, number=last + 1, title=paper.title[:300], kept_at=at, kept_by=name_of(by), reason=reason,
        content=write_once(pack(paper), CONTENT), files={form: write_once(render(paper, form), form) for form in forms},
    )  # fmt: skip
    kept.save(force_insert=True)
    tell(paper=kept.number, files=kept.files)
    if public:
        open_to_public(kept, by=by, at=at)
    return kept
