"""Changing many actions at once, by a choice or by a spreadsheet; looked at before it is applied."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upstream.exceptions import UpstreamFailure, WrongUse
from upstream_web.access.authorisation import requires
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.core.words import count_words
from upstream_web.organisations.models import Organisation
from upstream_web.records import spreadsheets
from upstream_web.strategy import plan_changes
from upstream_web.strategy.forms import BulkForm, ImportForm, current_commitments
from upstream_web.strategy.models import Action, ActionState, ChangeSet
from upstream_web.strategy.operations import changesets
from upstream_web.strategy.plan_changes import Proposal
from upstream_web.strategy.register import ACTIONS
from upstream_web.strategy.sheet_fields import KEY, VERSION, known_labels, sheet_fields

MOST_SELECTED = 1000
KINDS = (
    (plan_changes.CHANGED, "Changed", "open"),
    (plan_changes.NEW, "New", "done"),
    (plan_changes.CONFLICT, "Changed by somebody else too", "late"),
    (plan_changes.REFUSED, "Refused", "danger"),
    (plan_changes.UNCHANGED, "Unchanged", ""),
)


def _frame(heading: str) -> dict[str, Any]:
    return {
        "area": ACTIONS.area,
        "section": ACTIONS.section,
        "crumbs": [*ACTIONS.crumbs(), (heading, "")],
        "heading": heading,
    }


def selected(request: SignedInRequest) -> list[Action]:
    """Give the actions that were ticked, in the order of their numbers, as far as the person sees them."""
    keys = [int(key) for key in request.POST.getlist("key")[:MOST_SELECTED] if key.isdecimal() and len(key) < 18]
    return list(ACTIONS.visible_to(request.user).filter(pk__in=keys, removed_at__isnull=True).order_by("number"))


@requires(Permission.ACTION_CHANGE)
@require_POST
def action_bulk(request: SignedInRequest) -> HttpResponse:
    """Ask what to change on the ticked actions, and prepare it."""
    chosen = selected(request)
    if not chosen:
        messages.warning(request, "Tick the actions that you want to change first.")
        return redirect("action-list")
    form = BulkForm(request.POST if "reason" in request.POST else None)
    if form.is_bound and form.is_valid():
        wanted = {name: value for name, value in form.cleaned_data.items() if value and name != "reason"}
        reason = form.cleaned_data["reason"]
        found = plan_changes.propose_for_many(chosen, wanted, request.user, on=timezone.localdate(), reason=reason)
        made = changesets.prepare(
            title=f"Change of {count_words(len(chosen), 'action')}",
            proposals=found,
            is_from_file=False,
            reason=reason,
            by=request.user,
            at=timezone.now(),
        )
        return redirect("change-set", key=made.pk)
    context = {**_frame("Change the chosen actions"), "form": form, "chosen": chosen}
    return render(request, "strategy/action_bulk.html", context)


@requires(Permission.ACTION_CHANGE)
def action_import(request: SignedInRequest) -> HttpResponse:
    """Take a spreadsheet of actions, and prepare what it would change."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            if given.size > spreadsheets.MOST_BYTES:
                raise spreadsheets.SpreadsheetRefused(f"{given.name} is too large.", do="Send it in parts.")
            rows = spreadsheets.read(given.name, given.read(), known_labels())
        except UpstreamFailure as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("change-set", key=_prepared(request, given.name, rows, form.cleaned_data["reason"]).pk)
    return render(request, "strategy/action_import.html", {**_frame("Import actions"), "form": form})


def _prepared(request: SignedInRequest, name: str, rows: list[spreadsheets.SheetRow], reason: str) -> ChangeSet:
    found = plan_changes.propose(rows, sheet_fields(), request.user, on=timezone.localdate(), reason=reason)
    return changesets.prepare(
        title=f"Import of {name}",
        proposals=found,
        is_from_file=True,
        reason=reason,
        by=request.user,
        at=timezone.now(),
    )


@requires(Permission.ACTION_CHANGE)
@require_safe
def action_template(request: SignedInRequest) -> HttpResponse:
    """Send an empty spreadsheet with the columns and what may stand in them."""
    fields = sheet_fields()
    guide = [
        ("Column", "What stands in it"),
        *((each.label, f"{each.about}{' A new action needs it.' if each.needed else ''}") for each in fields),
        (KEY, "Empty for a new action; the export fills it in for those that are there."),
        (VERSION, "Filled in by the export; it lets two people change the same list without losing anything."),
    ]
    lists = {
        "Lead body": list(Organisation.objects.order_by("name").values_list("name", flat=True)),
        "Commitment": [each.code for each in current_commitments()],
        "State": list(ActionState.labels),
    }
    body = spreadsheets.template("Actions", [*(each.label for each in fields), KEY, VERSION], guide, lists)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = 'attachment; filename="actions-template.xlsx"'
    return response


def _own(request: SignedInRequest, key: int) -> ChangeSet:
    """Give prepared changes of the person; nobody sees those of others."""
    found = ChangeSet.objects.present().filter(pk=key, made_by=request.user.get_username()).first()
    if found is None:
        raise Http404("There are no such changes of yours.")
    return found


@requires(Permission.ACTION_CHANGE)
@require_safe
def change_set(request: SignedInRequest, key: int) -> HttpResponse:
    """Show what prepared changes would do, or what became of them."""
    changes = _own(request, key)
    found = [Proposal.from_kept(kept) for kept in changes.rows]
    counts = Counter(each.kind for each in found)
    groups = [(kind, words, tag, [each for each in found if each.kind == kind]) for kind, words, tag in KINDS]
    context = {
        **_frame(str(changes)),
        "changes": changes,
        "groups": [(kind, words, tag, those) for kind, words, tag, those in groups if those],
        "ready": counts[plan_changes.CHANGED] + counts[plan_changes.NEW],
        "counts": counts,
        "done": sum(each.outcome == changesets.DONE for each in found),
        "not_done": [each for each in found if each.outcome == changesets.NOT_DONE],
        "left": counts[plan_changes.REFUSED] + counts[plan_changes.CONFLICT],
    }
    return render(request, "strategy/change_set.html", context)


@requires(Permission.ACTION_CHANGE)
@require_POST
def change_set_undo(request: SignedInRequest, key: int) -> HttpResponse:
    """Prepare what takes applied changes back; it is looked at before it is applied, as they were."""
    changes = _own(request, key)
    applied = [row for row in map(Proposal.from_kept, changes.rows) if row.outcome == changesets.DONE]
    if not applied:
        messages.warning(request, "Nothing of this was applied, so there is nothing to undo.")
        return redirect("change-set", key=changes.pk)
    reason = f"Undone: {changes.reason or changes}"
    found = plan_changes.propose_undo(applied, request.user, on=timezone.localdate(), reason=reason)
    made = changesets.prepare(
        title=f"Undo: {changes}", proposals=found, is_from_file=False, reason=reason, by=request.user,
        at=timezone.now(),
    )  # fmt: skip
    return redirect("change-set", key=made.pk)


@requires(Permission.ACTION_CHANGE)
@require_POST
def change_set_apply(request: SignedInRequest, key: int) -> HttpResponse:
    """Apply prepared changes."""
    changes = _own(request, key)
    try:
        changesets.apply(changes=changes, by=request.user, at=timezone.now())
    except WrongUse as refused:
        messages.warning(request, str(refused))
    return redirect(reverse("change-set", args=[changes.pk]))
