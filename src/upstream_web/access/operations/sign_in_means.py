"""By which means people sign in, and where they are signed in: adding, taking away, ending."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from upstream_web.access.models import User
from upstream_web.core.acts import ActKind
from upstream_web.core.operations import operation, tell


@operation("sign-in service tied", ActKind.ACCESS)
def connect(*, sociallogin: Any, request: HttpRequest, user: User, by: User, at: datetime) -> User:
    """Remember by which name the sign-in service knows `user`."""
    sociallogin.connect(request, user)
    tell(user, provider=sociallogin.account.provider)
    return user


@operation("second factors taken away", ActKind.ACCESS)
def take_away(*, user: User, reason: str, by: User | str, at: datetime) -> User:
    """Take every second factor and passkey from somebody who has lost theirs, and sign them out everywhere."""
    count, _ = Authenticator.objects.filter(user=user).delete()
    _end_all(user)
    tell(user, taken=count, reason=reason)
    return user


@operation("sign-in service untied", ActKind.ACCESS)
def untie(*, user: User, by: User | str, at: datetime) -> User:
    """Forget by which name the sign-in service knows `user`, and sign them out everywhere."""
    SocialAccount.objects.filter(user=user).delete()
    _end_all(user)
    tell(user)
    return user


@operation("session ended", ActKind.ACCESS)
def end_session(*, session: UserSession, by: User | str, at: datetime) -> None:
    """Sign somebody out in one place."""
    tell(session.user)
    session.end()


@operation("all sessions ended", ActKind.ACCESS)
def end_sessions(*, user: User, besides: str = "", by: User | str, at: datetime) -> int:
    """Sign somebody out everywhere, or everywhere `besides` the session with that key; gives how many ended."""
    ended = _end_all(user, besides=besides)
    tell(user, ended=ended)
    return ended


def _end_all(user: User, besides: str = "") -> int:
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=besides))
    for session in sessions:
        session.end()
    return len(sessions)
