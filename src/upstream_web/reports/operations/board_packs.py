"""Making a board pack and keeping it as it was given out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream.measures.periods import add_months
from upstream.papers import Paper
from upstream_web.core.operations import operation, tell, under_way
from upstream_web.core.workbench import get_partnership
from upstream_web.performance.calculation import calculate
from upstream_web.performance.freezing import indicators_of, results_of
from upstream_web.performance.models import Freeze, Quarter
from upstream_web.records.models import KeptPaper
from upstream_web.records.operations import keeping
from upstream_web.records.operations.papers import Rendered, keep_paper, render_ahead
from upstream_web.records.papers import papers_of
from upstream_web.reports.board_pack.composing import About, compose
from upstream_web.reports.board_pack.other_parts import Period, told_by_all


class NothingToPack(WrongUse):
    """There is no quarter of that name, or it is not frozen and no draft was asked for."""


def _rendered(*, starts_on: date, at: datetime, draft: bool = False, **_: Any) -> Rendered | None:
    quarter = Quarter.objects.filter(starts_on=starts_on).first()
    freeze = quarter.latest if quarter else None
    if freeze is None and not draft:
        return None
    quarter = quarter or Quarter(starts_on=starts_on)
    number, used = _next_number(quarter), None if draft else freeze
    return render_ahead(_paper(quarter, used, number, at), basis=_basis(number, used))


def _basis(number: int, freeze: Freeze | None) -> str:
    return f"version {number} from {freeze.digest if freeze else 'what is held'}"


def _next_number(quarter: Quarter) -> int:
    earlier = papers_of(quarter).first() if quarter.pk else None
    return (earlier.number if earlier else 0) + 1


@operation("board pack made", ahead=_rendered)
def make(*, starts_on: date, draft: bool = False, by: Any, at: datetime) -> KeptPaper:
    """Make the pack of a frozen quarter, or a draft from what is held now, in all its forms, and keep it.

    Raises `NothingToPack`.
    """
    quarter = Quarter.objects.filter(starts_on=starts_on).first()
    freeze = quarter.latest if quarter else None
    if freeze is None and not draft:
        raise NothingToPack("This quarter is not frozen.", do="Freeze it, or ask for a draft from what is held now.")
    if quarter is None:
        quarter = keeping.keep_new(Quarter(starts_on=starts_on), by=by, at=at)
    number, used = _next_number(quarter), None if draft else freeze
    # What was composed ahead is taken as it is, if it is still the next version of the same quarter: composing it
    # once more would hold the lock for as long as rendering.
    ready = under_way().ready
    still_holds = isinstance(ready, Rendered) and ready.basis == _basis(number, used)
    paper = ready.paper if still_holds else _paper(quarter, used, number, at)
    reason = _reason(freeze, draft=draft) if number > 1 else ""
    tell(
        quarter, draft=draft, **({} if draft or freeze is None else {"frozen": freeze.number, "digest": freeze.digest})
    )
    return keep_paper(record=quarter, paper=paper, by=by, at=at, reason=reason)


def _reason(freeze: Freeze | None, *, draft: bool) -> str:
    return (
        "A draft from what is held now"
        if draft or freeze is None
        else f"From version {freeze.number} of the frozen quarter"
    )


def _paper(quarter: Quarter, freeze: Freeze | None, number: int, at: datetime) -> Paper:
    config, today = get_partnership().config, timezone.localdate(at)
    until = min(quarter.ends_on, today)
    results = (
        results_of(freeze.data) if freeze is not None else calculate(indicators_of(until), until=until, today=today)
    )
    about = About(
        partnership=config.name,
        period=str(quarter),
        label=quarter.label,
        version=str(number),
        made_at=at,
        digest=freeze.digest if freeze else "",
        build=freeze.build if freeze else "",
        attribution=tuple(config.attribution),
        worked_example=config.worked_example,
    )
    return compose(results, told_by_all(Period(quarter.starts_on, quarter.ends_on, today)), about)


def quarter_start(day: date) -> date:
    """Give the first day of the quarter in which a day lies."""
    return add_months(day, -((day.month - 1) % 3))
