"""One's own account: what one may do, how one signs in, where one is signed in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from upstream_web.access import bodies, second_factor
from upstream_web.access.authorisation import requires
from upstream_web.access.models import EmergencyAccess
from upstream_web.access.operations import sign_in_means
from upstream_web.access.permissions import Permission
from upstream_web.access.requests import SignedInRequest

EMERGENCIES_SHOWN = 20
# What browsers and systems write of themselves; the first that fits, because most also name those that they resemble.
BROWSERS = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def device_words(user_agent: str) -> str:
    """Say which browser it is on which system: `Firefox on Windows`."""
    browser = next((said for mark, said in BROWSERS.items() if mark in user_agent), "A browser")
    system = next((said for mark, said in SYSTEMS.items() if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser


def _account(request: SignedInRequest) -> HttpResponse:
    means = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    sessions = sorted(UserSession.objects.purge_and_list(request.user), key=lambda each: each.created_at)
    of_type = {kind: [each for each in means if each.type == kind] for kind in Authenticator.Type.values}
    context = {
        "grants": bodies.with_names(request.user.grants_on()),
        "coming": bodies.with_names(
            [each for each in request.user.all_grants if each.starts_on > timezone.localdate()]
        ),
        "passkeys": [each.wrap() for each in of_type["webauthn"]],
        "app": next(iter(of_type["totp"]), None),
        "recovery": next((each.wrap() for each in of_type["recovery_codes"]), None),
        "provider": SocialAccount.objects.filter(user=request.user).first(),
        "sessions": [(session, device_words(session.user_agent)) for session in sessions],
        "here": request.session.session_key,
        "emergencies": EmergencyAccess.objects.filter(user=request.user)[:EMERGENCIES_SHOWN],
        "factor_required": second_factor.is_required_of(request.user),
        "area": "none",
    }
    return render(request, "access/account.html", context)


@require_POST
def _end_session(request: SignedInRequest, session_id: int) -> HttpResponse:
    session = UserSession.objects.filter(user=request.user, pk=session_id).first()
    if session is None:
        raise Http404("That session has ended already.")
    sign_in_means.end_session(session=session, by=request.user, at=timezone.now())
    messages.success(request, "You are signed out there.")
    return redirect("account")


@require_POST
def _end_other_sessions(request: SignedInRequest) -> HttpResponse:
    sign_in_means.end_sessions(
        user=request.user, besides=request.session.session_key or "", by=request.user, at=timezone.now()
    )
    messages.success(request, "You are signed out everywhere else.")
    return redirect("account")


account = requires(Permission.OWN_ACCOUNT_CHANGE)(_account)
session_end = requires(Permission.OWN_ACCOUNT_CHANGE)(_end_session)
session_end_others = requires(Permission.OWN_ACCOUNT_CHANGE)(_end_other_sessions)
