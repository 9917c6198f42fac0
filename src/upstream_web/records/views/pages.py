"""The page of one record: what it says, what hangs on it, what happened to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from upstream_web.access.authorisation import may
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records import history
from upstream_web.records.register import AnyRecord, Register

STATES_SHOWN = 6


def frame(register: Register[AnyRecord], record: AnyRecord | None, *, here: str = "") -> dict[str, Any]:
    """Give what every page about a record shows around it; `here` is the page's own name beneath the record."""
    crumbs = register.crumbs(record)
    if record is not None and record.pk:
        crumbs = [*crumbs, (str(record), record.get_absolute_url() if here else "")]
    if here:
        crumbs = [*crumbs, (here, "")]
    return {
        "area": register.area,
        "section": register.section,
        "register": register,
        "record": record,
        "crumbs": crumbs,
    }


def record_page(request: SignedInRequest, register: Register[Any], key: int) -> HttpResponse:
    """Show one record."""
    record = register.get(request.user, key)
    may_change = register.may_change(request.user, record)
    reads_now = register.reads_now(request.user, record)
    closed = register.can_change(record)
    context = {
        **frame(register, record),
        "facts": register.facts(record),
        "may_change": may_change and not record.removed_at,
        "closed": closed if may_change else "",
        "acts": register.acts(record, request.user),
        "reads_now": reads_now,
        "states": history.states(record, most=STATES_SHOWN) if reads_now else [],
        "may_restore": may_change and may(request.user, Permission.RECORD_RESTORE),
        "may_remove": may_change and register.can_be_removed and not (closed or register.can_remove(record)),
        **register.context(record, request.user),
    }
    return render(request, register.page_template, context)


def record_history(request: SignedInRequest, register: Register[Any], key: int) -> HttpResponse:
    """Show every state of a record with what each change did."""
    record = register.get(request.user, key)
    register.check_reads_now(request.user, record)
    may_change = register.may_change(request.user, record) and may(request.user, Permission.RECORD_RESTORE)
    context = {**frame(register, record, here="History"), "states": history.states(record), "may_restore": may_change}
    return render(request, "records/record_history.html", context)
