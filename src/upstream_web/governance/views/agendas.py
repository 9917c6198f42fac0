"""The page on which the chair makes an agenda from what is proposed."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.words import count_words
from upstream_web.governance import agenda
from upstream_web.governance.forms import ItemForm
from upstream_web.governance.meeting_page import kept_items
from upstream_web.governance.models import AgendaItem, Meeting
from upstream_web.governance.operations import agendas
from upstream_web.governance.policies import AGENDA_OPEN
from upstream_web.governance.register import MEETINGS
from upstream_web.governance.views.asking import do_and_return, done, get_present
from upstream_web.records.views.pages import frame
from upstream_web.records.views.writing import offer_undo

ACTS = ("up", "down", "drop", "back")
LEFT_NAMED = 4


def shown(request: SignedInRequest, meeting: Meeting, form: ItemForm) -> HttpResponse:
    """Show the agenda, what is proposed for it, and whether it fits."""
    items = kept_items(meeting)
    alone, groups = agenda.grouped(agenda.proposals(meeting, request.user))
    context = {
        **frame(MEETINGS, meeting, here="Agenda"),
        "items": items,
        "dropped": list(meeting.items.present().filter(is_dropped=True)),
        "alone": alone,
        "groups": groups,
        "budget": agenda.budget(items, meeting.minutes_allowed),
        "is_open": meeting.state in AGENDA_OPEN,
        "form": form,
    }
    return render(request, "governance/agenda.html", context)


@requires(Permission.MEETING_CHANGE)
def meeting_agenda(request: SignedInRequest, key: int) -> HttpResponse:
    """Show the agenda, and add an item by hand."""
    meeting = get_present(MEETINGS, request, key)
    item = AgendaItem(meeting=meeting)
    form = ItemForm(request.POST or None, instance=item, person=request.user)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(partial(agendas.add, item=form.instance, by=request.user, at=timezone.now()), form)
    ):
        messages.success(request, f"“{item}” is on the agenda.")
        return redirect("meeting-agenda", key)
    return shown(request, meeting, form)


@requires(Permission.MEETING_CHANGE)
@require_POST
def meeting_agenda_fill(request: SignedInRequest, key: int) -> HttpResponse:
    """Put on the agenda what is proposed, as far as the time goes; it can be taken back."""
    meeting = get_present(MEETINGS, request, key)

    def fill() -> None:
        offered = agenda.proposals(meeting, request.user)
        filled = agendas.fill(meeting=meeting, offered=offered, by=request.user, at=timezone.now())
        if not filled.made:
            messages.info(request, "Nothing more is proposed.")
            return
        made = ",".join(str(item.pk) for item in filled.made)
        offer_undo(request, _said(filled), "meeting-agenda-unfill", meeting.pk, items=made)

    return do_and_return(request, fill, f"{_agenda(meeting)}#agenda")


def _said(filled: agendas.Filled) -> str:
    put = f"{count_words(len(filled.made), 'item')} put on the agenda, the most urgent first."
    if not filled.left:
        return put
    named = [item.title for item in filled.left[:LEFT_NAMED]]
    more = len(filled.left) - len(named)
    told = "; ".join([*named, f"and {more} more"] if more else named)
    return f"{put} No time is left for what stays proposed: {told}."


@requires(Permission.MEETING_CHANGE)
@require_POST
def meeting_agenda_unfill(request: SignedInRequest, key: int) -> HttpResponse:
    """Take back the items that one press of the button put on the agenda."""
    meeting = get_present(MEETINGS, request, key)
    asked = request.GET.get("items", "").split(",")
    keys = [key for key in meeting.items.values_list("pk", flat=True) if str(key) in asked]

    def unfill() -> None:
        taken = agendas.unfill(meeting=meeting, keys=keys, by=request.user, at=timezone.now())
        stay = len(keys) - len(taken)
        changed = f" What was changed since stays: {count_words(stay, 'item')}." if stay else ""
        messages.success(request, f"{count_words(len(taken), 'item')} taken back.{changed}")

    return do_and_return(request, unfill, f"{_agenda(meeting)}#agenda")


@requires(Permission.MEETING_CHANGE)
@require_POST
def meeting_agenda_take(request: SignedInRequest, key: int) -> HttpResponse:
    """Put one proposal on the agenda: a record by its kind and key, or else a title."""
    meeting = get_present(MEETINGS, request, key)
    wanted = (request.POST.get("kind", ""), request.POST.get("key", ""), request.POST.get("title", ""))
    offered = agenda.proposals(meeting, request.user)
    chosen = [each for each in offered if (each.kind, each.key, "" if each.kind else each.title) == wanted]
    if not chosen:
        messages.info(request, "This is no longer proposed; it may be on the agenda already.")
        return redirect(_agenda(meeting))
    take = partial(agendas.take, meeting=meeting, proposal=chosen[0], by=request.user, at=timezone.now())
    return do_and_return(request, take, _agenda(meeting))


def _agenda(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}agenda/"


def _item(request: SignedInRequest, key: int) -> AgendaItem:
    """Give an item of a meeting that the person may see."""
    item = get_object_or_404(AgendaItem.objects.present().select_related("meeting__board"), pk=key)
    item.meeting = get_present(MEETINGS, request, item.meeting_id)
    return item


@requires(Permission.MEETING_CHANGE)
@require_POST
def agenda_item_act(request: SignedInRequest, key: int, act: str) -> HttpResponse:
    """Move an item up or down, drop it, or put it back."""
    item = _item(request, key)
    if act not in ACTS:
        raise Http404(f"There is no {act!r}.")

    def carry_out() -> None:
        if act in ("up", "down"):
            agendas.shift(item=item, up=act == "up", by=request.user, at=timezone.now())
        else:
            agendas.drop(item=item, dropped=act == "drop", by=request.user, at=timezone.now())

    # The button that was pressed is where the keyboard goes on.
    return do_and_return(request, carry_out, f"{_agenda(item.meeting)}#item-{item.pk}")


@requires(Permission.MEETING_CHANGE)
def agenda_item_edit(request: SignedInRequest, key: int) -> HttpResponse:
    """Change an item."""
    item = _item(request, key)
    form = ItemForm(request.POST or None, instance=item, person=request.user)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(partial(agendas.change, item=item, by=request.user, at=timezone.now()), form)
    ):
        return redirect(f"{_agenda(item.meeting)}#item-{item.pk}")
    context = {
        **frame(MEETINGS, item.meeting, here="Change an item"), "form": form,
        "heading": "Change an item of the agenda", "button": "Save",
    }  # fmt: skip
    return render(request, "governance/ask.html", context)
