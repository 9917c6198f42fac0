"""Giving, changing and ending what a person may do."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from upstream.exceptions import WrongUse
from upstream_web.access import bodies
from upstream_web.access.authorisation import requires
from upstream_web.access.models import Grant, User
from upstream_web.access.operations import grants
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.access.roles import ROLES
from upstream_web.organisations.forms import EndForm, GrantForm, LastDayForm
from upstream_web.organisations.views.people import FRAME, crumbs_of


def _give(request: SignedInRequest, person_id: int) -> HttpResponse:
    user = get_object_or_404(User, pk=person_id)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "role"}
        try:
            grants.give(user=user, role=form.chosen_role, by=request.user, at=timezone.now(), **given)
        except WrongUse as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{user.name} has the role {form.chosen_role.title}.")
            return redirect("person", user.pk)
    context = {**FRAME, "form": form, "person": user, "roles": ROLES, "crumbs": crumbs_of(user, "Give a role")}
    return render(request, "organisations/grant_give.html", context)


def _change(request: SignedInRequest, grant_id: int) -> HttpResponse:
    """Change the last day of a grant, or end it now: two forms on one page."""
    grant = get_object_or_404(Grant.objects.select_related("user"), pk=grant_id)
    ends_now = request.POST.get("act") == "end"
    posted = request.POST or None
    last_day = LastDayForm(None if ends_now else posted, initial={"ends_on": grant.ends_on})
    end = EndForm(posted if ends_now else None)
    form = end if ends_now else last_day
    if request.method == "POST" and form.is_valid():
        try:
            if ends_now:
                grants.end(grant=grant, by=request.user, at=timezone.now(), **form.cleaned_data)
            else:
                grants.change_end(grant=grant, by=request.user, at=timezone.now(), **form.cleaned_data)
        except WrongUse as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It has ended." if ends_now else "The last day is changed.")
            return redirect("person", grant.user.pk)
    context = {
        **FRAME,
        "grant": grant,
        "body": bodies.with_names([grant])[0][1],
        "last_day": last_day,
        "end": end,
        "form": form,
        "person": grant.user,
        "is_over": grant.is_over(timezone.localdate()),
        "crumbs": crumbs_of(grant.user, grant.role_title),
    }
    return render(request, "organisations/grant_change.html", context)


grant_give = requires(Permission.ACCESS_CHANGE)(_give)
grant_change = requires(Permission.ACCESS_CHANGE)(_change)
