"""What is done to an indicator beyond writing it: retiring it, and taking it up again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.core.operations import operation, tell
from upstream_web.performance.models import Indicator, IndicatorState
from upstream_web.records.operations import keeping


class NotInThatState(WrongUse):
    """The indicator is retired already, or was not."""


@operation("indicator retired")
def retire(*, indicator: Indicator, reason: str, by: Any, at: datetime) -> Indicator:
    """Retire an indicator: it counts no more and stays readable. Raises `NotInThatState`."""
    if indicator.state == IndicatorState.RETIRED:
        raise NotInThatState(f"“{indicator}” is retired already.", do="Nothing needs to be done.")
    indicator.state, indicator.retired_on = IndicatorState.RETIRED, timezone.localdate(at)
    indicator.retired_because = reason.strip()
    tell(indicator, reason=reason)
    return keeping.keep(indicator, by=by, at=at)


@operation("indicator taken up again")
def take_up(*, indicator: Indicator, by: Any, at: datetime) -> Indicator:
    """Let a retired indicator count again; raises `NotInThatState`."""
    if indicator.state == IndicatorState.ADOPTED:
        raise NotInThatState(f"“{indicator}” is adopted already.", do="Nothing needs to be done.")
    indicator.state, indicator.retired_on, indicator.retired_because = IndicatorState.ADOPTED, None, ""
    tell(indicator)
    return keeping.keep(indicator, by=by, at=at)
