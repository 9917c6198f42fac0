"""Keeping papers as they were given out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from upstream.clocks import say_day
from upstream.exceptions import WrongUse
from upstream.papers import FORMS, Form, Paper, render
from upstream.papers.storing import pack
from upstream_web.core.operations import name_of, tell, under_way
from upstream_web.records.models import Record
from upstream_web.records.models.kept_paper import KeptPaper
from upstream_web.records.operations.publications import open_to_public
from upstream_web.records.papers import CONTENT, is_public, papers_of, says_the_same, write_once


class CorrectionUnexplained(WrongUse):
    """A paper is kept beside an earlier version without saying what it corrects."""


class NothingCorrected(WrongUse):
    """A correction would say what is published already."""


@dataclass(frozen=True)
class Rendered:
    """A paper with the hashes of its content and of its files, which are written already.

    `basis` names what it was composed from, where composing is slow too and the paper is taken without asking again.
    """

    paper: Paper
    content: str
    files: dict[str, str]
    basis: str = ""

    def is_of(self, paper: Paper, forms: Sequence[Form]) -> bool:
        """Tell whether these are the files of just this paper, in just these forms."""
        return set(self.files) == set(forms) and self.content == hashlib.sha256(pack(paper)).hexdigest()


def render_ahead(paper: Paper, forms: Sequence[Form] = FORMS, *, basis: str = "") -> Rendered:
    """Render a paper in its forms and write the files under their hashes; which paper they are is kept by nobody yet.

    It takes seconds. An operation has it done `ahead` of its transaction, which on SQLite lets nobody else write.
    """
    files: dict[str, str] = {form: write_once(render(paper, form), form) for form in forms}
    return Rendered(paper, write_once(pack(paper), CONTENT), files, basis)


def check_corrects(stands: KeptPaper | None, paper_like: Callable[[KeptPaper], Paper]) -> None:
    """Raise `NothingCorrected` where the version that stands says what a correction of it would say.

    `paper_like` composes the paper from the records as they are now, with the moment, the number and the reason of a
    version. One that was withdrawn may be put out again as it was.
    """
    if stands is None or not is_public(stands) or not says_the_same(stands, paper_like(stands)):
        return
    raise NothingCorrected(
        f"Nothing differs from version {stands.number}, published on {say_day(timezone.localdate(stands.kept_at))}.",
        expected="A correction changes what is published.",
        do="Change what is wrong, then publish the correction.",
    )


def _rendered_of(paper: Paper, forms: Sequence[Form]) -> Rendered | None:
    ready = under_way().ready
    several = ready if isinstance(ready, tuple) else (ready,)
    return next((each for each in several if isinstance(each, Rendered) and each.is_of(paper, forms)), None)


def keep_paper(
    *, record: Record, paper: Paper, by: Any, at: datetime, reason: str = "", forms: Sequence[Form] = FORMS,
    public: bool = False,
) -> KeptPaper:  # fmt: skip
    """Keep a paper about a record in its forms, within an operation, under the next number of that record.

    `public` opens it to everybody at once. Files that were rendered ahead, of one paper or of several, are taken when
    they are of this very paper; otherwise it is rendered now. Raises `CorrectionUnexplained` when it corrects an
    earlier one without saying what.
    """
    kind, key = record.trail_name()
    last = papers_of(record).aggregate(last=Max("number"))["last"] or 0
    if last and not reason.strip():
        raise CorrectionUnexplained("There is an earlier version of this paper.", expected="what the new one corrects")
    ready = _rendered_of(paper, forms) or render_ahead(paper, forms)
    kept = KeptPaper(
        kind=kind, key=key, number=last + 1, title=paper.title[:300], kept_at=at, kept_by=name_of(by), reason=reason,
        content=ready.content, files=ready.files,
    )  # fmt: skip
    kept.save(force_insert=True)
    tell(paper=kept.number, files=kept.files)
    if public:
        open_to_public(kept, by=by, at=at)
    return kept
