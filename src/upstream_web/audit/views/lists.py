"""The trail as a list: filtered, page by page, and as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.models import User
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.audit import background, searching
from upstream_web.audit.models import Head
from upstream_web.audit.operations import checks, exporting
from upstream_web.audit.views.looks import SECTION, note_look
from upstream_web.core.acts import ActKind, acts


@requires(Permission.TRAIL_VIEW)
@require_safe
def trail_list(request: SignedInRequest) -> HttpResponse:
    """Show the newest lines that answer what is asked, and how the last check of the trail ended."""
    asked = searching.read_asked(request.GET)
    below = request.GET.get("below", "")
    number = int(below) if below.isdecimal() and len(below) < 19 else None
    note_look(request, asked.query or "all lines", asked.parts | ({"below": below} if number else {}))
    context = {
        **SECTION,
        **choices(),
        "section_page": not asked.parts,
        "asked": asked,
        "found": searching.find(asked, below=number),
        "below": number,
        "head": Head.objects.get(),
        "last_check": background.last_check(),
        "under_way": background.check_under_way(),
        "most_exported": exporting.MOST_LINES_AS_TABLE,
        "crumbs": [("Account", ""), ("Trust and audit", "")],
    }
    return render(request, "audit/trail_list.html", context)


def choices() -> dict[str, Any]:
    """Give what the filters offer: the acts by their kind, kinds of records, and the names of people."""
    by_kind = {kind: [act for act in acts() if act.kind is kind] for kind in ActKind}
    return {
        "acts_by_kind": {str(kind): found for kind, found in by_kind.items() if found},
        "kinds": searching.kinds_of_records(),
        "people": User.objects.order_by("username").values_list("username", "name"),
    }


@requires(Permission.TRAIL_VIEW)
@require_safe
def trail_export(request: SignedInRequest) -> HttpResponse:
    """Send the lines that answer what is asked as a table; the trail keeps what was asked and how many went out."""
    at = timezone.now()
    table = exporting.export_table(asked=searching.read_asked(request.GET), by=request.user, at=at)
    # The mark at the beginning tells spreadsheets how the text is encoded.
    response = HttpResponse(table.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-trail-{at:%Y-%m-%d}.csv"'
    return response


@requires(Permission.TRAIL_VIEW)
@require_POST
def trail_check(request: SignedInRequest) -> HttpResponse:
    """Ask for a check of the whole trail and show how far it has got."""
    return redirect("job", checks.ask_for_check(by=request.user, at=timezone.now()).id)
