"""People: the list, one person, adding, correcting, stopping."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from upstream.exceptions import WrongUse
from upstream_web.access import bodies
from upstream_web.access.authorisation import requires
from upstream_web.access.models import Grant, User
from upstream_web.access.operations import grants as grant_operations
from upstream_web.access.operations import sign_in_means, users
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest
from upstream_web.access.roles import ROLES
from upstream_web.organisations.forms import EndForm, NewPersonForm, PersonForm
from upstream_web.organisations.people import sorted_by_time
from upstream_web.organisations.queries import organisation_choices
from upstream_web.organisations.registers import ORGANISATIONS

PAGE_SIZE = 50
FRAME = {"area": "account", "section": "people"}


def _asked(request: SignedInRequest) -> QuerySet[User]:
    """Narrow the people to those whose name, role and organisation are asked for."""
    words, role, body, state = (request.GET.get(name, "").strip() for name in ("q", "role", "body", "state"))
    found = User.objects.order_by("name", "pk").prefetch_related("grants")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(username__icontains=words) | Q(email__icontains=words))
    if role or body:
        held = Grant.objects.in_force(timezone.localdate())
        held = held.filter(role=role) if role else held
        found = found.filter(pk__in=(held.filter(body=body) if body else held).values("user"))
    if state:
        found = found.filter(is_active=state == "active")
    return found


def _list(request: SignedInRequest) -> HttpResponse:
    found = _asked(request)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    names = bodies.names_by_key()
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **FRAME,
        "page": page,
        "people": [(user, bodies.with_names(user.grants_on(), names)) for user in page],
        "roles": ROLES,
        "organisations": organisation_choices(),
        "asked": request.GET,
        "query": query.urlencode(),
        "crumbs": [("People and access", ""), ("People", "")],
    }
    return render(request, "organisations/person_list.html", context)


def _means(user: User) -> list[str]:
    """Say by which means somebody signs in."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    passkeys = kinds.count(Authenticator.Type.WEBAUTHN)
    said = {
        "password": user.has_usable_password(),
        "passkey" if passkeys == 1 else f"{passkeys} passkeys": bool(passkeys),
        "authenticator app": Authenticator.Type.TOTP in kinds,
        "their organisation’s sign-in service": SocialAccount.objects.filter(user=user).exists(),
    }
    return [means for means, has in said.items() if has]


def _page(request: SignedInRequest, person_id: int) -> HttpResponse:
    user = get_object_or_404(User, pk=person_id)
    parted = sorted_by_time(user.all_grants, timezone.localdate())
    context = {
        **FRAME,
        "person": user,
        "now": bodies.with_names(parted.now),
        "to_come": bodies.with_names(parted.to_come),
        "before": bodies.with_names(parted.before),
        "means": _means(user),
        "has_factors": Authenticator.objects.filter(user=user).exists(),
        "is_own": user.pk == request.user.pk,
        "crumbs": crumbs_of(user, ""),
    }
    return render(request, "organisations/person.html", context)


def crumbs_of(user: User | None, here: str) -> list[tuple[str, str]]:
    """Say where a page about a person is; `here` is its own name beneath them."""
    found = [("People and access", ORGANISATIONS.address()), ("People", reverse("person-list"))]
    if user is not None:
        found.append((user.name, reverse("person", args=[user.pk]) if here else ""))
    return [*found, (here, "")] if here else found


def _new(request: SignedInRequest) -> HttpResponse:
    form = NewPersonForm(request.POST or None, initial={"body": request.GET.get("body", "")})
    provider = bool(settings.SOCIALACCOUNT_PROVIDERS)
    if not provider:
        del form.fields["without_password"]
    if request.method == "POST" and form.is_valid():
        return _made(request, form)
    return render(request, "organisations/person_new.html", {**FRAME, "form": form, "crumbs": crumbs_of(None, "Add")})


def _made(request: SignedInRequest, form: NewPersonForm) -> HttpResponse:
    """Make the person, and show the password once: it is kept nowhere that it could be read again."""
    given, at = form.cleaned_data, timezone.now()
    password = None if given.get("without_password") else users.new_password()
    user = users.make(
        username=given["username"], name=given["name"], email=given["email"], password=password, by=request.user, at=at
    )
    grant_operations.give(
        user=user, role=form.chosen_role, body=given["body"], starts_on=given["starts_on"], ends_on=given["ends_on"],
        reason=given["reason"], by=request.user, at=at,
    )  # fmt: skip
    context = {**FRAME, "person": user, "password": password, "crumbs": crumbs_of(user, "Added")}
    return render(request, "organisations/person_made.html", context)


def _edit(request: SignedInRequest, person_id: int) -> HttpResponse:
    user = get_object_or_404(User, pk=person_id)
    form = PersonForm(request.POST or None, user=user, initial={"name": user.name, "email": user.email})
    if request.method == "POST" and form.is_valid():
        users.change(user=user, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("person", user.pk)
    context = {**FRAME, "form": form, "person": user, "crumbs": crumbs_of(user, "Correct")}
    return render(request, "organisations/person_edit.html", context)


def _asks_why(request: SignedInRequest, user: User, heading: str, said: str, act: Any, done: str) -> HttpResponse:
    """Ask for the reason of something that takes from a person, do it, and go back to them."""
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except WrongUse as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("person", user.pk)
    context = {**FRAME, "form": form, "person": user, "heading": heading, "said": said}
    return render(request, "organisations/ask_why.html", {**context, "crumbs": crumbs_of(user, heading)})


def _stop(request: SignedInRequest, person_id: int) -> HttpResponse:
    user = get_object_or_404(User, pk=person_id)
    return _asks_why(
        request,
        user,
        "Stop signing in",
        f"{user.name} can then no longer sign in, and everything they were given ends today. What they did stays.",
        lambda **given: users.stop(user=user, **given),
        f"{user.name} can no longer sign in.",
    )


def _take_factors(request: SignedInRequest, person_id: int) -> HttpResponse:
    user = get_object_or_404(User, pk=person_id)
    return _asks_why(
        request,
        user,
        "Take away second factors",
        f"For when {user.name} has lost their telephone or key. Make sure that it is they who ask. They are signed out "
        "everywhere, and sign in with their password alone until they set up another.",
        lambda **given: sign_in_means.take_away(user=user, **given),
        f"{user.name} has no second factor now.",
    )


@require_POST
def _let_back(request: SignedInRequest, person_id: int) -> HttpResponse:
    user = get_object_or_404(User, pk=person_id)
    users.let_back(user=user, by=request.user, at=timezone.now())
    messages.success(request, f"{user.name} can sign in again. Now give them what they need.")
    return redirect("person", user.pk)


@require_POST
def _password(request: SignedInRequest, person_id: int) -> HttpResponse:
    user = get_object_or_404(User, pk=person_id)
    password = users.new_password()
    users.change_password(user=user, password=password, by=request.user, at=timezone.now())
    context = {
        **FRAME,
        "person": user,
        "password": password,
        "is_again": True,
        "crumbs": crumbs_of(user, "New password"),
    }
    return render(request, "organisations/person_made.html", context)


person_list = requires(Permission.ACCESS_VIEW)(_list)
person = requires(Permission.ACCESS_VIEW)(_page)
person_new = requires(Permission.ACCESS_CHANGE)(never_cache(_new))
person_edit = requires(Permission.ACCESS_CHANGE)(_edit)
person_stop = requires(Permission.ACCESS_CHANGE)(_stop)
person_let_back = requires(Permission.ACCESS_CHANGE)(_let_back)
person_factors = requires(Permission.ACCESS_CHANGE)(_take_factors)
person_password = requires(Permission.ACCESS_CHANGE)(never_cache(_password))
