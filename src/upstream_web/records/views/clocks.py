"""The list of clocks: what is due and late, and how often time was kept, rule by rule."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.acts import ActKind, announce, declare
from upstream_web.core.drawing.numbers import interval
from upstream_web.records import kept_time
from upstream_web.records.exports import csv_of

EXPORTED = declare("list of clocks downloaded", ActKind.DISCLOSURE)
PER_CENT, MOST = 100, 200
STATES = (("", "Every one"), ("late", "Late"), ("soon", "Due soon"))
HEAD = ("Rule", "Limit", "First day", "Last day", "Fell due", "In time", "Done late", "Late", "Share in time, %",
        "Likely from, %", "Likely to, %", "Running now", "Late now")  # fmt: skip


def _share(kept: kept_time.Kept) -> tuple[str, str]:
    """Write a share and where it likely lies, in whole per cents."""
    found = kept.result
    if found.rate is None or found.lower is None or found.upper is None:
        return "", ""
    return f"{found.rate * PER_CENT:.0f}%", interval(found.lower * PER_CENT, found.upper * PER_CENT, 0)


def _asked(request: SignedInRequest) -> dict[str, Any]:
    """Read which period, rule and state are asked for, and count."""
    on = timezone.localdate()
    offered = kept_time.periods(on)
    period = next((each for each in offered if each[0] == request.GET.get("period")), offered[0])
    clocks = kept_time.timed(request.user, on - kept_time.LOOKS_BACK)
    running = kept_time.open_lines(clocks, on)
    kept = kept_time.kept_by_rule(clocks, running, period[2], period[3], on)
    rule, state = request.GET.get("rule", ""), request.GET.get("state", "")
    wanted = kept_time.SHOWN.get(state)
    lines = [
        line
        for line in running
        if (not rule or line.timed.clock.rule.name == rule) and (wanted is None or line.stand.state in wanted)
    ]
    return {"on": on, "periods": offered, "period": period, "kept": kept, "rule": rule, "state": state, "lines": lines}


@requires(Permission.HOME_VIEW)
@require_safe
def clock_list(request: SignedInRequest) -> HttpResponse:
    """Show every clock that the person may see: what runs and how it stands, and how often time was kept."""
    asked = _asked(request)
    lines = asked.pop("lines")
    context = {
        "area": "act",
        "section": "clocks",
        "section_page": not request.GET,
        **asked,
        "kept": [(each, *_share(each)) for each in asked["kept"]],
        "lines": lines[:MOST],
        "more": max(0, len(lines) - MOST),
        "states": STATES,
        "late": sum(line.look == "late" for line in lines),
        "soon": sum(line.look == "soon" for line in lines),
        "query": request.GET.urlencode(),
    }
    return render(request, "records/clock_list.html", context)


@requires(Permission.HOME_VIEW)
@require_safe
def clock_export(request: SignedInRequest) -> HttpResponse:
    """Send the shares as a table; the trail keeps that it went out."""
    asked = _asked(request)
    _, _, since, until = asked["period"]
    rows = []
    for each in asked["kept"]:
        found = each.result
        shares = [None if one is None else round(one * PER_CENT, 1) for one in (found.rate, found.lower, found.upper)]
        rows.append([
            each.rule.title, each.rule.limit, since, until, found.counted, found.met, found.met_late, found.late,
            *shares, each.running, each.late_now,
        ])  # fmt: skip
    response = HttpResponse(csv_of(HEAD, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="time-limits-{since}-{until}.csv"'
    announce(
        EXPORTED.words,
        by=request.user.get_username(),
        at=timezone.now(),
        detail={"since": str(since), "until": str(until)},
    )
    return response
