"""Linking a record with others, and its whole chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream.exceptions import UpstreamFailure
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.records.chain import chain, node_of
from upstream_web.records.columns import Asked
from upstream_web.records.models import Link, Record
from upstream_web.records.operations import links
from upstream_web.records.register import Register, find_register, registers
from upstream_web.records.relations import RELATIONS
from upstream_web.records.saving import check_may_change
from upstream_web.records.seeing import records_open_to
from upstream_web.records.views.hanging import back_to, get_hung_on
from upstream_web.records.views.pages import frame
from upstream_web.records.views.writing import offer_undo

MOST_OFFERED = 12


@dataclass(frozen=True)
class Way:
    """One way in which a record may be linked: the relation, from which end, and the kind at the other."""

    relation: str
    is_forward: bool
    words: str
    register: Register[Any]

    @property
    def key(self) -> str:
        """Write the way as a form sends it."""
        return f"{self.relation} {'to' if self.is_forward else 'from'} {self.register.kind}"


def ways_of(kind: str, person: Any) -> Iterator[Way]:
    """Give the ways in which records of a kind may be linked to kinds of which the person may see something."""
    for register in registers():
        for relation in RELATIONS:
            if relation.fits(kind, register.kind):
                yield Way(relation.name, True, f"{relation.forward} {_a(register.noun)}", register)
            if relation.fits(register.kind, kind) and relation.name != "duplicates":
                yield Way(relation.name, False, f"{relation.backward} {_a(register.noun)}", register)


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _get_linked(request: SignedInRequest, kind: str, key: int) -> tuple[Register[Any], Record]:
    register, record = get_hung_on(request, kind, key)
    check_may_change(register, request.user, record)
    return register, record


def _offer(request: SignedInRequest, record: Record) -> dict[str, Any]:
    """Find the records that fit what was typed, with what the template needs to show them."""
    ways = list(ways_of(record.kind, request.user))
    way = next((way for way in ways if way.key == request.GET.get("how")), None)
    words = request.GET.get("q", "").strip()[:200]
    found: list[Record] = []
    if way is not None and words:
        records = way.register.asked(request.user, Asked(words=words))
        if way.register.kind == record.kind:
            records = records.exclude(pk=record.pk)
        found = list(records[:MOST_OFFERED])
    return {"record": record, "ways": ways, "way": way, "words": words, "found": found}


@requires(Permission.RECORD_COMMENT)
@require_safe
def link_search(request: SignedInRequest, kind: str, key: int) -> HttpResponse:
    """Offer records to link with while one types."""
    _, record = _get_linked(request, kind, key)
    return render(request, "records/parts/link_found.html", _offer(request, record))


@requires(Permission.RECORD_COMMENT)
def link_add(request: SignedInRequest, kind: str, key: int) -> HttpResponse:
    """Find a record and link it."""
    register, record = _get_linked(request, kind, key)
    if request.method != "POST":
        context = {**frame(register, record, here="Link"), **_offer(request, record)}
        return render(request, "records/link_form.html", context)
    way = next((way for way in ways_of(kind, request.user) if way.key == request.POST.get("how")), None)
    chosen = request.POST.get("other", "")
    if way is None or not chosen.isdecimal():
        messages.warning(request, "Nothing was linked: choose how, and a record.")
        return back_to(record, "chain")
    other = way.register.get(request.user, int(chosen))
    start, end = (record, other) if way.is_forward else (other, record)
    try:
        link = links.make(relation=way.relation, start=start, end=end, by=request.user, at=timezone.now())
    except UpstreamFailure as failure:
        messages.warning(request, str(failure))
    else:
        offer_undo(request, "Linked.", "link-remove", link.pk)
    return back_to(record, "chain")


def _get_link(request: SignedInRequest, link_id: int) -> tuple[Link, Record]:
    """Give a link with one of its records that the person may change; raises Http404 or `PermissionDenied`."""
    link = Link.objects.filter(pk=link_id).first()
    seen = records_open_to(request.user, (link.start, link.end)) if link else {}
    if link is None or not seen:
        raise Http404("There is no such link, or it is not open to you.")
    for name, record in seen.items():
        register = find_register(name[0])
        if register is not None and register.may_change(request.user, record):
            return link, record
    raise PermissionDenied("Removing a link takes the right to change one of its two records.")


@requires(Permission.RECORD_COMMENT)
@require_POST
def link_remove(request: SignedInRequest, link_id: int) -> HttpResponse:
    """Take a link away; sent again with `back`, bring it back."""
    link, record = _get_link(request, link_id)
    try:
        if request.GET.get("back") and link.removed_at:
            links.bring_back(link=link, by=request.user, at=timezone.now())
            messages.success(request, "The link is back.")
        elif not request.GET.get("back") and not link.removed_at:
            links.remove(link=link, by=request.user, at=timezone.now())
            offer_undo(request, "Link removed.", "link-remove", link.pk, back=1)
    except UpstreamFailure as failure:
        messages.warning(request, str(failure))
    return back_to(record, "chain")


@requires(Permission.HOME_VIEW)
@require_safe
def record_chain(request: SignedInRequest, kind: str, key: int) -> HttpResponse:
    """Show everything that a record comes from and that comes of it."""
    register, record = get_hung_on(request, kind, key)
    found = chain(record, request.user)
    context = {**frame(register, record, here="Chain"), "chain": found, "track": found.track(node_of(record))}
    return render(request, "records/record_chain.html", context)
