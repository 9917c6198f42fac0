"""One line of the trail in full, and the trail as it concerns one person."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from upstream_web.access.authorisation import requires
from upstream_web.access.models import User
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.audit import searching, verification
from upstream_web.audit.chain import clean
from upstream_web.audit.models import Event
from upstream_web.audit.views.looks import CRUMBS, SECTION, note_look

LINES_OF_A_PERSON = 20
LARGEST_NUMBER = 2**62  # the databases count to a little more


@requires(Permission.TRAIL_VIEW)
@require_safe
def trail_event(request: SignedInRequest, chain: int) -> HttpResponse:
    """Show one line in full between its neighbours, and whether it is as it was written."""
    if chain > LARGEST_NUMBER:
        raise Http404("No trail is that long.")
    around = {event.chain: event for event in Event.objects.filter(chain__range=(chain - 1, chain + 1))}
    if chain not in around:
        raise Http404(f"There is no line {chain:,} in the trail: it was never written, or its time was up.")
    note_look(request, f"line {chain}")
    context = {
        **SECTION,
        "event": around[chain],
        "before": around.get(chain - 1),
        "after": around.get(chain + 1),
        "faults": verification.verify_line(chain),
        "crumbs": [*CRUMBS, (f"Line {chain:,}", "")],
    }
    return render(request, "audit/trail_event.html", context)


@requires(Permission.TRAIL_VIEW)
@require_safe
def trail_person(request: SignedInRequest) -> HttpResponse:
    """Answer what a person did, and who did what with their record: looked at it, changed it, gave it away."""
    name = clean(request.GET.get("name", "")).strip()[: searching.LONGEST]
    if not name:
        return redirect("trail-list")
    user = User.objects.filter(username__iexact=name).first()
    username = user.username if user else name
    note_look(request, f"person {username}")
    doing, concerning = searching.Asked(actor=username), searching.Asked(kind="user", about=username)
    context = {
        **SECTION,
        "person": user,
        "username": username,
        "sections": [
            ("What they did", "Nothing is in the trail under this name.", doing, _newest(doing)),
            ("What was done with their record", "Nobody looked at it or changed it.", concerning, _newest(concerning)),
        ],
        "crumbs": [*CRUMBS, (user.name if user else name, "")],
    }
    return render(request, "audit/trail_person.html", context)


def _newest(asked: searching.Asked) -> searching.Found:
    return searching.find(asked, most=LINES_OF_A_PERSON)
