"""Freezing a quarter, and freezing it again for a reason. A frozen version is never changed."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.core.operations import name_of, operation, tell
from upstream_web.core.words import short_day_words
from upstream_web.performance.freezing import content_of
from upstream_web.performance.models import Freeze, Quarter
from upstream_web.performance.models.quarter import digest_of
from upstream_web.records.operations import keeping


class QuarterNotFrozen(WrongUse):
    """The quarter cannot be frozen as asked; the message says why."""


@operation("quarter frozen")
def freeze(*, starts_on: date, reason: str = "", by: Any, at: datetime) -> Freeze:
    """Freeze every indicator as it stands on the last day of a quarter; again only for a reason.

    Raises `QuarterNotFrozen` when the quarter is not over, no reason is given for a second version, or nothing
    changed since the last one.
    """
    today = timezone.localdate(at)
    quarter = Quarter.objects.filter(starts_on=starts_on).first() or Quarter(starts_on=starts_on)
    if starts_on.day != 1 or starts_on.month % 3 != 1:
        raise QuarterNotFrozen(f"No quarter begins on {starts_on}.", do="Name the first day of one.")
    if quarter.ends_on >= today:
        raise QuarterNotFrozen(f"{quarter} is not over.", do=f"Freeze it after {short_day_words(quarter.ends_on)}.")
    if quarter.pk is None:
        keeping.keep_new(quarter, by=by, at=at)
    last = quarter.latest
    if last is not None and not reason.strip():
        raise QuarterNotFrozen(f"{quarter} is frozen already.", do="Say why it is frozen again.")
    content = content_of(quarter, today=today)
    digest = digest_of(content)
    if last is not None and last.digest == digest:
        raise QuarterNotFrozen(f"Nothing changed since {last}.", do="Nothing needs to be done.")
    made = Freeze(
        quarter=quarter, number=1 if last is None else last.number + 1, frozen_at=at, frozen_by=name_of(by),
        reason=reason.strip() if last else "", build=json.loads(content)["build"], content=content, digest=digest,
    )  # fmt: skip
    tell(quarter, version=made.number, digest=digest, **({"reason": reason} if last else {}))
    return keeping.keep_new(made, by=by, at=at)
